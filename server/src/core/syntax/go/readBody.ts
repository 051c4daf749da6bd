/**
 * Reads a function body as the steps that it takes: calls, assignments, variables and
 * returns, in the order of their evaluation, each with the conditions it stands
 * under. That is enough to say which system calls a function makes with which
 * arguments, and what it stores where; it is no tree of statements.
 *
 * Bodies of function literals are read in the place where the literal stands, as if
 * they were called there: so the runtime uses them (`systemstack(func() { … })`).
 *
 * Any text is answered, in linear time: what cannot be read is a bad expression or
 * no step. It must not know where the body stands or what a name in it means.
 */
import type { Expr, FuncLit } from "./ast.ts";
import { parseExpr } from "./parseDecl.ts";
import { Scanner, skipSpace, type Token } from "./scanner.ts";

export type BodyStep = CallStep | AssignStep | VarStep | ReturnStep;

interface Step {
  /** Offsets in the body's text, which starts with its "{". */
  readonly start: number;
  readonly end: number;
  /** The outermost first. */
  readonly conditions: readonly Condition[];
  /** Where the innermost function literal around it begins, which a return leaves; -1 for none. */
  readonly literal: number;
}

/** An expression, with its text; its own offsets count from `origin` in the body's text. */
export interface BodyExpr {
  readonly expr: Expr;
  readonly text: string;
  readonly origin: number;
}

export interface CallStep extends Step {
  readonly kind: "call";
  /** What is called, as written: "clone", "linux.EpollCtl", "mp.x.f". */
  readonly name: string;
  readonly fun: BodyExpr;
  readonly args: readonly BodyExpr[];
  readonly how: "call" | "go" | "defer";
}

export interface AssignStep extends Step {
  readonly kind: "assign";
  /** "=", ":=", "|=", "++" … */
  readonly op: string;
  readonly left: readonly BodyExpr[];
  /** Empty for "++" and "--"; one for a call with several results, and for what is ranged over. */
  readonly right: readonly BodyExpr[];
}

export interface VarStep extends Step {
  readonly kind: "var";
  readonly names: readonly string[];
  readonly type: BodyExpr | undefined;
  readonly values: readonly BodyExpr[];
}

export interface ReturnStep extends Step {
  readonly kind: "return";
  readonly values: readonly BodyExpr[];
}

/** "if": the expression holds, or where `negated` does not. "case": the tag is one of the expressions, or there is no tag and one of them holds. "loop": any number of times. */
export interface Condition {
  readonly kind: "if" | "case" | "loop";
  /** As a person reads it: `ns < 0`, of its else `ns >= 0`, `GOARCH == "386"`, `for ns > 0`; "default" of a switch. */
  readonly text: string;
  readonly negated: boolean;
  readonly tag: Expr | undefined;
  readonly exprs: readonly Expr[];
}

/** Function literals in function literals beyond this are left out, so that reading stays linear. */
const deepestLiteral = 12;
/** No more conditions than this are kept, the outermost; no real code comes near. */
const mostConditions = 100;

function joined(outer: readonly Condition[], ...inner: readonly Condition[]): readonly Condition[] {
  return outer.length + inner.length > mostConditions ? outer : [...outer, ...inner];
}

/** The steps of a body; `text` starts with its "{". */
export function readBody(text: string): readonly BodyStep[] {
  const steps: BodyStep[] = [];
  readBlock(text, 0, text.length, [], -1, 0, steps);
  return steps;
}

interface Block {
  readonly kind: "plain" | "if" | "switch";
  /** In force inside the block; of a switch, those of the case that is being read. */
  conditions: readonly Condition[];
  readonly outer: readonly Condition[];
  /** Of an if: what must not hold for its else. */
  readonly failed: readonly Condition[];
  readonly tag: Range | undefined;
  /** Of a for: the statement that ends each round. */
  readonly post: Range | undefined;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

interface Reader {
  readonly scanner: Scanner;
  readonly text: string;
  /** Where `text` starts in the body's text. */
  readonly origin: number;
  readonly literal: number;
  readonly depth: number;
  readonly steps: BodyStep[];
  conditions: readonly Condition[];
}

const closing: ReadonlySet<Token> = new Set<Token>([")", "]", "}"]);
const opening: ReadonlySet<Token> = new Set<Token>(["(", "[", "{"]);
// prettier-ignore
const assignments: ReadonlySet<Token> = new Set<Token>([
  "=", ":=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>=", "&^=", "++", "--",
]);

function readBlock(
  whole: string,
  start: number,
  end: number,
  conditions: readonly Condition[],
  literal: number,
  depth: number,
  steps: BodyStep[],
): void {
  const text = whole.slice(start, end);
  const r: Reader = { scanner: new Scanner(text), text, origin: start, literal, depth, steps, conditions };
  const { scanner } = r;
  const blocks: Block[] = [];
  const open = (block: Omit<Block, "outer">): void => {
    blocks.push({ ...block, outer: r.conditions });
    r.conditions = block.conditions;
    if (scanner.tok === "{") scanner.next();
  };
  const plain = { kind: "plain", failed: [], tag: undefined, post: undefined } as const;
  while (scanner.tok !== "EOF") {
    const block = blocks.at(-1);
    switch (scanner.tok) {
      case ";":
      case ":":
        scanner.next();
        break;
      case "{":
        open({ ...plain, conditions: r.conditions });
        break;
      case "}":
      case ")":
      case "]":
        scanner.next();
        if (!block) break;
        if (block.post) readSimple(r, block.post, "call");
        blocks.pop();
        r.conditions = block.outer;
        if (block.kind === "if" && at(r, "else")) {
          r.conditions = joined(block.outer, ...block.failed);
          scanner.next();
          if (at(r, "if")) openIf(r, open, block.failed, block.outer);
          else {
            r.conditions = block.outer;
            open({ ...plain, conditions: joined(block.outer, ...block.failed) });
          }
        }
        break;
      case "if":
        openIf(r, open, [], r.conditions);
        break;
      case "for": {
        const { parts } = readHeader(r);
        const [init, cond, post] = parts.length > 1 ? parts : [undefined, parts[0], undefined];
        if (init) readSimple(r, init, "call");
        const text = ["for", sliceOf(r, cond)].join(" ").trimEnd();
        const loop: Condition = { kind: "loop", text, negated: false, tag: undefined, exprs: [] };
        const outer = r.conditions;
        r.conditions = joined(outer, loop);
        if (cond) readSimple(r, cond, "call");
        const inner = r.conditions;
        r.conditions = outer;
        open({ ...plain, conditions: inner, post: isEmpty(post) ? undefined : post });
        break;
      }
      case "switch":
      case "select": {
        const { parts } = readHeader(r);
        for (const part of parts) readSimple(r, part, "call");
        const tag = parts.at(-1);
        open({ ...plain, kind: "switch", conditions: r.conditions, tag: isEmpty(tag) ? undefined : tag });
        break;
      }
      case "case":
      case "default":
        readCase(r, block);
        break;
      case "go":
      case "defer": {
        const how = scanner.tok;
        scanner.next();
        readSimple(r, simpleRange(r), how);
        break;
      }
      case "return": {
        const { start: at, end: after } = scanner;
        scanner.next();
        const range = simpleRange(r);
        const values = range.end > range.start ? expressions(r, range) : [];
        for (const value of values) walk(r, value, "call");
        const last = Math.max(after, range.end);
        const here = {
          start: at + r.origin,
          end: last + r.origin,
          conditions: r.conditions,
          literal: r.literal,
        };
        steps.push({ kind: "return", values, ...here });
        break;
      }
      case "var":
        readVar(r);
        break;
      case "const":
      case "type":
        simpleRange(r);
        break;
      default: {
        const before = scanner.start;
        const range = simpleRange(r);
        readSimple(r, range, "call");
        // Nothing is left where it stands, whatever the text.
        if (scanner.start === before && !at(r, "EOF")) scanner.next();
      }
    }
  }
}

function openIf(
  r: Reader,
  open: (block: Omit<Block, "outer">) => void,
  failedBefore: readonly Condition[],
  outer: readonly Condition[],
): void {
  const { parts } = readHeader(r);
  const cond = parts.at(-1);
  for (const part of parts) readSimple(r, part, "call");
  const expr = cond ? parseExpr(sliceOf(r, cond)) : undefined;
  const text = sliceOf(r, cond);
  const condition: Condition = {
    kind: "if",
    text,
    negated: false,
    tag: undefined,
    exprs: expr ? [expr] : [],
  };
  r.conditions = outer;
  open({
    kind: "if",
    conditions: joined(outer, ...failedBefore, condition),
    failed: joined(failedBefore, contrary(condition)),
    tag: undefined,
    post: undefined,
  });
}

const contraries: Readonly<Record<string, string>> = {
  "==": "!=",
  "!=": "==",
  "<": ">=",
  ">=": "<",
  ">": "<=",
  "<=": ">",
};

/** The condition under which the code stands that an "if" passes over. */
export function contrary(condition: Condition): Condition {
  const { text, negated, exprs } = condition;
  const [expr] = exprs;
  return { ...condition, negated: !negated, text: contraryText(text, negated ? undefined : expr) };
}

/** `x >= y` of `x < y`, `x` of `!x`. */
function contraryText(text: string, expr: Expr | undefined): string {
  if (text.startsWith("!(") && text.endsWith(")")) return text.slice(2, -1);
  const op = expr?.kind === "binary" ? contraries[expr.op] : undefined;
  if (expr?.kind === "binary" && op !== undefined)
    return `${text.slice(0, expr.x.end).trimEnd()} ${op} ${text.slice(expr.y.start)}`;
  if (expr?.kind === "unary" && expr.op === "!") return text.slice(expr.x.start, expr.x.end);
  const isOne = expr?.kind === "ident" || expr?.kind === "selector" || expr?.kind === "call";
  return isOne ? `!${text}` : `!(${text})`;
}

/** Asked anew each time: what is current changes behind the compiler's back. */
function at({ scanner }: Reader, tok: Token): boolean {
  return scanner.tok === tok;
}

function isEmpty(range: Range | undefined): boolean {
  return range === undefined || range.end <= range.start;
}

function sliceOf(r: Reader, range: Range | undefined): string {
  return range ? r.text.slice(range.start, range.end).trim() : "";
}

/** Reads from a keyword to the "{" of its block, which becomes the current token; the parts between are divided by semicolons. */
function readHeader({ scanner }: Reader): { readonly parts: readonly Range[] } {
  scanner.next();
  const parts: Range[] = [];
  let { start } = scanner;
  let end = start;
  let depth = 0;
  // `] T {` can only be a literal: two operands never stand side by side. A func has a body of its own.
  let afterBracket = false;
  let hasFunc = false;
  for (; scanner.tok !== "EOF"; scanner.next()) {
    const { tok } = scanner;
    if (tok === "{" && depth === 0 && !afterBracket && !hasFunc) break;
    if (tok === "}" && depth === 0) break;
    if (tok === "{" && depth === 0) hasFunc = false;
    if (tok === "func" && depth === 0) hasFunc = true;
    if (tok === ";" && depth === 0) {
      parts.push({ start, end });
      start = scanner.end;
      end = start;
      continue;
    }
    if (opening.has(tok)) depth++;
    else if (closing.has(tok)) depth = Math.max(0, depth - 1);
    afterBracket = tok === "]" || (afterBracket && (tok === "ident" || tok === "."));
    end = scanner.end;
  }
  parts.push({ start, end });
  return { parts: parts.map((part) => trimmed(scanner.text, part)) };
}

function trimmed(text: string, { start, end }: Range): Range {
  const first = Math.min(skipSpace(text, start), end);
  return { start: first, end };
}

/** `case a, b:` or `default:`: sets what is in force until the next. */
function readCase(r: Reader, block: Block | undefined): void {
  const { scanner } = r;
  const isDefault = scanner.tok === "default";
  scanner.next();
  const { start } = scanner;
  let end = start;
  let depth = 0;
  for (; scanner.tok !== "EOF"; scanner.next()) {
    const { tok } = scanner;
    if (tok === ":" && depth === 0) break;
    if (opening.has(tok)) depth++;
    else if (closing.has(tok) && depth-- === 0) break;
    end = scanner.end;
  }
  if (block?.kind !== "switch") return;
  r.conditions = block.outer;
  const range = { start, end };
  const alternatives = isDefault ? [] : readSimple(r, range, "call");
  const tag = sliceOf(r, block.tag);
  const texts = alternatives.map(({ text }) => (tag === "" ? text : `${tag} == ${text}`));
  const condition: Condition = {
    kind: "case",
    text: isDefault ? (tag === "" ? "default" : `${tag}: default`) : texts.join(" || "),
    negated: isDefault,
    tag: tag === "" ? undefined : parseExpr(tag),
    exprs: alternatives.map(({ expr }) => expr),
  };
  block.conditions = joined(block.outer, condition);
  r.conditions = block.conditions;
}

/** `var x T = v`, or a group of them. */
function readVar(r: Reader): void {
  const { scanner } = r;
  scanner.next();
  if (!at(r, "(")) return readVarSpec(r, simpleRange(r));
  scanner.next();
  while (!at(r, "EOF") && !at(r, ")")) {
    const before = scanner.start;
    if (!at(r, ";")) readVarSpec(r, simpleRange(r));
    if (at(r, ";") || scanner.start === before) scanner.next();
  }
  scanner.next();
}

function readVarSpec(r: Reader, range: Range): void {
  const { start, end } = range;
  const text = r.text.slice(start, end);
  const [names = ""] = /^[\p{L}\p{Nd}_]+(?:\s*,\s*[\p{L}\p{Nd}_]+)*/u.exec(text) ?? [];
  const equals = topLevel(text, names.length, (tok) => tok === "=");
  const typeRange = { start: start + names.length, end: equals < 0 ? end : start + equals };
  const type = sliceOf(r, typeRange) === "" ? undefined : expression(r, typeRange);
  const values = equals < 0 ? [] : expressions(r, { start: start + equals + 1, end });
  for (const value of values) walk(r, value, "call");
  const place = {
    start: start + r.origin,
    end: end + r.origin,
    conditions: r.conditions,
    literal: r.literal,
  };
  r.steps.push({ kind: "var", names: names.split(/\s*,\s*/), type, values, ...place });
}

/** The offset of the first token outside of brackets that `wanted` accepts; -1 where there is none. */
function topLevel(text: string, from: number, wanted: (tok: Token) => boolean): number {
  const scanner = new Scanner(text.slice(from));
  let depth = 0;
  for (; scanner.tok !== "EOF"; scanner.next()) {
    if (depth === 0 && wanted(scanner.tok)) return from + scanner.start;
    if (opening.has(scanner.tok)) depth++;
    else if (closing.has(scanner.tok)) depth--;
  }
  return -1;
}

/** Passes a statement without a block of its own. What ends it becomes the current token. */
function simpleRange({ scanner }: Reader): Range {
  const { start } = scanner;
  let end = start;
  let depth = 0;
  for (; scanner.tok !== "EOF"; scanner.next()) {
    const { tok } = scanner;
    if (depth === 0 && (tok === ";" || tok === ":")) break;
    if (opening.has(tok)) depth++;
    else if (closing.has(tok) && depth-- === 0) break;
    end = scanner.end;
  }
  return { start, end };
}

/** A statement that is no block: the steps it takes, and its expressions where it is a list of them. */
function readSimple(r: Reader, range: Range, how: CallStep["how"]): readonly BodyExpr[] {
  if (isEmpty(range)) return [];
  const { start, end } = range;
  const text = r.text.slice(start, end);
  let op = "";
  const at = topLevel(text, 0, (tok) => {
    if (!assignments.has(tok)) return false;
    op = tok;
    return true;
  });
  const place = {
    start: start + r.origin,
    end: end + r.origin,
    conditions: r.conditions,
    literal: r.literal,
  };
  if (at < 0) {
    const ranged = /^range\b/.exec(text);
    const arrow = ranged ? -1 : topLevel(text, 0, (tok) => tok === "<-");
    const whole = ranged || arrow > 0 ? { start: start + (ranged ? 5 : arrow + 2), end } : range;
    const list = expressions(r, whole);
    for (const value of list) walk(r, value, how);
    return list;
  }
  const left = expressions(r, { start, end: start + at });
  const values = r.text.slice(start + at + op.length, end);
  const skipped = /^\s*range\b/.exec(values)?.[0].length ?? 0;
  const right =
    op === "++" || op === "--" ? [] : expressions(r, { start: start + at + op.length + skipped, end });
  for (const value of [...right, ...left]) walk(r, value, how);
  r.steps.push({ kind: "assign", op, left, right, ...place });
  return [];
}

function expression(r: Reader, range: Range): BodyExpr {
  const { start, end } = trimmed(r.text, range);
  const text = r.text.slice(start, end).trimEnd();
  return { expr: parseExpr(text), text, origin: start + r.origin };
}

/** The parts of a list that commas divide. */
function expressions(r: Reader, { start, end }: Range): BodyExpr[] {
  const text = r.text.slice(start, end);
  const scanner = new Scanner(text);
  const list: BodyExpr[] = [];
  let from = 0;
  let depth = 0;
  for (; scanner.tok !== "EOF"; scanner.next()) {
    const { tok } = scanner;
    if (tok === "," && depth === 0) {
      list.push(expression(r, { start: start + from, end: start + scanner.start }));
      from = scanner.end;
    } else if (opening.has(tok)) depth++;
    else if (closing.has(tok)) depth--;
  }
  list.push(expression(r, { start: start + from, end }));
  return list;
}

/** Notes the calls in an expression, inner ones first, and the bodies of its function literals. */
function walk(r: Reader, { expr, text, origin }: BodyExpr, how: CallStep["how"]): void {
  const part = (x: Expr): BodyExpr => ({ expr: x, text: text.slice(x.start, x.end), origin });
  const literal = (x: FuncLit): void => {
    if (r.depth >= deepestLiteral) return;
    const open = skipSpace(text, x.type.end);
    if (text[open] !== "{") return;
    // The literal's text is a slice of the same whole, so that its offsets are the body's.
    const inner: BodyStep[] = [];
    readBlock(text, open, x.end, r.conditions, open, r.depth + 1, inner);
    for (const step of inner) r.steps.push(moved(step, origin));
  };
  const visit = (x: Expr): void => {
    switch (x.kind) {
      case "call":
        visit(x.fun);
        x.args.forEach(visit);
        r.steps.push({
          kind: "call",
          name: text.slice(x.fun.start, x.fun.end),
          fun: part(x.fun),
          args: x.args.map(part),
          how,
          start: origin + x.start,
          end: origin + x.end,
          conditions: r.conditions,
          literal: r.literal,
        });
        return;
      case "funcLit":
        return literal(x);
      case "selector":
      case "star":
      case "paren":
      case "unary":
      case "slice":
      case "typeAssert":
        return visit(x.x);
      case "index":
        visit(x.x);
        return x.indices.forEach(visit);
      case "binary": {
        const chain: Expr[] = [];
        let left: Expr = x;
        for (; left.kind === "binary"; left = left.x) chain.push(left.y);
        visit(left);
        return chain.reverse().forEach(visit);
      }
      case "composite":
        return x.elements.forEach(visit);
      case "keyValue":
        visit(x.key);
        return visit(x.value);
      default:
        return;
    }
  };
  visit(expr);
}

/** A step that was read from a part of the text that starts at `by`. */
function moved(step: BodyStep, by: number): BodyStep {
  const move = (x: BodyExpr): BodyExpr => ({ ...x, origin: x.origin + by });
  const place = { start: step.start + by, end: step.end + by, literal: step.literal + by };
  switch (step.kind) {
    case "call":
      return { ...step, ...place, fun: move(step.fun), args: step.args.map(move) };
    case "assign":
      return { ...step, ...place, left: step.left.map(move), right: step.right.map(move) };
    case "var":
      return {
        ...step,
        ...place,
        type: step.type && move(step.type),
        values: step.values.map(move),
      };
    case "return":
      return { ...step, ...place, values: step.values.map(move) };
  }
}
