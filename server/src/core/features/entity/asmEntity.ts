/**
 * What stands at a place of an assembly file or a header, by its syntax tree. Only what a name alone can mean is
 * looked for elsewhere: a label in the function around it, a macro in the files that are included. It must not
 * know what any symbol, register or instruction is.
 */
import { memo, memoByKey, RecentCache } from "../../base/memo.ts";
import type { Span } from "../../base/span.ts";
import { arches } from "../../facts/arch.ts";
import { packagePath } from "../../linking/linkTable.ts";
import { linkName } from "../../linking/symbolName.ts";
import type { AsmText } from "../../model/asm/asmUnit.ts";
import { includedTexts } from "../../model/asm/macroClasses.ts";
import type {
  AsmFile,
  DefineDirective,
  Expr,
  Operand,
  RegisterRef,
  Statement,
  SymbolRef,
} from "../../syntax/asm/ast.ts";
import { evaluate } from "../../syntax/asm/evaluate.ts";
import { type AsmTokens, isTrivia, Kind } from "../../syntax/asm/lexer.ts";
import { parseAsm } from "../../syntax/asm/parser.ts";
import { isTextFlag } from "../../syntax/asm/textFlags.ts";
import { selection } from "../../workspace/selection.ts";
import type { Snapshot } from "../../workspace/snapshot.ts";
import type { AsmSource, HeaderSource } from "../../workspace/sourceFile.ts";
import { commentEntity } from "./commentEntity.ts";
import type { Entity, SymbolEntity } from "./entity.ts";
import { systemName } from "./systemName.ts";

export type AsmLikeSource = AsmSource | HeaderSource;

/** The tree of a file as written; of the files asked about last, since a tree is many times as large as its text. */
export function asmTree(source: AsmLikeSource): AsmFile {
  return trees.get(
    source,
    () => true,
    () => parseAsm(source.text),
  );
}

const trees = new RecentCache<AsmLikeSource, AsmFile>(3);

/** A tree, and what names in it may mean. */
interface Scope {
  readonly snapshot: Snapshot;
  readonly directory: string;
  readonly source: AsmLikeSource;
  readonly tree: AsmFile;
  /** Of the tree's text in that of the file: a macro's body is a tree of its own. */
  readonly shift: number;
  /** The macro whose body the tree is. */
  readonly macro: DefineDirective | undefined;
}

export function asmEntity(
  snapshot: Snapshot,
  directory: string,
  source: AsmLikeSource,
  offset: number,
): Entity | undefined {
  const tree = asmTree(source);
  const scope = { snapshot, directory, source, tree, shift: 0, macro: undefined };
  return tokenEntity(scope, tokenAt(tree, offset), offset);
}

/** `offset` counts in the file's text, and decides in a comment. */
function tokenEntity(scope: Scope, token: number, offset: number): Entity | undefined {
  const { tree, shift, source, snapshot } = scope;
  const kind = tree.tokens.kinds[token];
  if (kind === undefined) return undefined;
  const span = tokenSpan(tree, token);
  if (kind === Kind.LineComment || kind === Kind.BlockComment) {
    const { header } = selection(snapshot.world, source);
    return commentEntity(source.text, moved(span, shift), offset, header);
  }
  if (isTrivia(kind) || kind === Kind.Newline) return undefined;
  const statement = statementAt(tree.statements, span.start);
  const found = statement && statementEntity(scope, statement, span);
  return found ?? plainEntity(scope, kind, span);
}

/** The token that an offset stands in; of two that meet there, a word rather than what is none. -1 for none. */
function tokenAt({ tokens, text }: AsmFile, offset: number): number {
  const last = tokenBefore(tokens, offset + 1);
  const here = offset < text.length ? last : -1;
  const isStart = here < 0 || tokens.starts[here] === offset;
  if (!isStart || isWord(tokens.kinds[here])) return here;
  const before = here < 0 ? last : here - 1;
  return isWord(tokens.kinds[before]) || here < 0 || isBlank(tokens.kinds[here]) ? before : here;
}

/** The last token that begins before an offset, -1 for none. */
function tokenBefore({ starts, count }: AsmTokens, offset: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle]! < offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function isWord(kind: number | undefined): boolean {
  return kind !== undefined && kind >= Kind.Ident && kind <= Kind.String;
}

function isBlank(kind: number | undefined): boolean {
  return kind === Kind.Space || kind === Kind.Newline;
}

function tokenSpan({ tokens }: AsmFile, token: number): Span {
  return { start: tokens.starts[token]!, end: tokens.starts[token + 1]! };
}

function moved({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}

function isIn(span: Span, at: Span): boolean {
  return span.start <= at.start && at.start < span.end;
}

/** The last statement that begins at or before `at`, if it reaches it. */
function statementAt(statements: readonly Statement[], at: number): Statement | undefined {
  let low = 0;
  let high = statements.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (statements[middle]!.start <= at) low = middle + 1;
    else high = middle;
  }
  const found = statements[low - 1];
  return found && at < found.end ? found : undefined;
}

/** What a token is whose place in its statement says nothing. */
function plainEntity(scope: Scope, kind: number, at: Span): Entity {
  const span = moved(at, scope.shift);
  if (kind === Kind.Ident) return nameEntity(scope, textOf(scope, at), at) ?? wordEntity(scope, at);
  return isWord(kind) ? { kind: "literal", span } : { kind: "punctuation", span };
}

function wordEntity(scope: Scope, at: Span): Entity {
  return { kind: "word", text: textOf(scope, at), span: moved(at, scope.shift) };
}

function textOf({ tree }: Scope, { start, end }: Span): string {
  return tree.text.slice(start, end);
}

/** `at` is a token of the statement. */
function statementEntity(scope: Scope, statement: Statement, at: Span): Entity | undefined {
  const span = moved(at, scope.shift);
  switch (statement.kind) {
    case "text":
    case "globl":
    case "data":
      if (at.start === statement.start) return { kind: "mnemonic", name: textOf(scope, at), span };
      return definingEntity(scope, statement, at);
    case "pcdata":
    case "funcdata":
    case "pcalign":
      if (at.start === statement.start) return { kind: "mnemonic", name: textOf(scope, at), span };
      return operandsEntity(scope, statement, statement.operands, at);
    case "label": {
      const { name, start, nameEnd } = statement;
      if (at.start >= nameEnd) return undefined;
      return { kind: "label", name, role: "definition", span: moved({ start, end: nameEnd }, scope.shift) };
    }
    case "instruction": {
      const { name, start, operands } = statement;
      const end = operands[0]?.start ?? statement.end;
      if (at.start >= end) return operandsEntity(scope, statement, operands, at);
      return { kind: "mnemonic", name, span: moved({ start, end: lastTokenEnd(scope, end) }, scope.shift) };
    }
    case "macroUse": {
      if (at.start === statement.start) return nameEntity(scope, statement.name, at) ?? macroUse(scope, at);
      const argument = statement.args?.find((arg) => isIn(arg, at));
      return argument
        ? pieceEntity(scope, argument, at)
        : operandsEntity(scope, statement, statement.operands, at);
    }
    case "include":
      return isIn(statement.pathSpan, at)
        ? { kind: "include", path: statement.path, span: moved(statement.pathSpan, scope.shift) }
        : directiveEntity(scope, statement, at);
    case "define":
      return defineEntity(scope, statement, at);
    case "undef":
    case "ifdef":
    case "ifndef": {
      if (!isIn(statement.nameSpan, at)) return directiveEntity(scope, statement, at);
      const role = statement.kind === "undef" ? "undef" : "condition";
      return { kind: "macro", name: statement.name, role, span };
    }
    case "else":
    case "endif":
    case "line":
    case "badDirective":
      return directiveEntity(scope, statement, at);
    case "bad":
      return undefined;
  }
}

/** Where the last token before `end` that is no trivia ends. */
function lastTokenEnd({ tree: { tokens } }: Scope, end: number): number {
  let last = tokenBefore(tokens, end);
  while (last > 0 && isTrivia(tokens.kinds[last]!)) last--;
  return tokens.starts[last + 1]!;
}

function definingEntity(
  scope: Scope,
  statement: Extract<Statement, { kind: "text" | "globl" | "data" }>,
  at: Span,
): Entity | undefined {
  const { symbol, kind } = statement;
  if (symbol && isIn(symbol, at)) return symbolEntity(scope, symbol, at, kind);
  if (kind === "data")
    return (
      (statement.value && operandsEntity(scope, statement, [statement.value], at)) ??
      exprEntity(scope, statement.width, at)
    );
  const { flags } = statement;
  if (flags && isIn(flags, at)) {
    const name = textOf(scope, at);
    if (isTextFlag(name)) return { kind: "flag", name, span: moved(at, scope.shift) };
    return exprEntity(scope, flags.value, at);
  }
  if (kind === "globl") return statement.size && operandsEntity(scope, statement, [statement.size], at);
  return exprEntity(scope, statement.frame?.size, at) ?? exprEntity(scope, statement.frame?.args, at);
}

/** A word of a line of the preprocessor. */
function directiveEntity(scope: Scope, statement: Statement, at: Span): Entity {
  const { tree, shift } = scope;
  const [hash = "", ...rest] = tree.text
    .slice(statement.start, statement.end)
    .replace(/^#[ \t]*/, "#")
    .split(/[ \t]+/);
  const isName = /^[#\s]*\w*$/.test(tree.text.slice(statement.start, at.end));
  const words = [hash, ...rest];
  return { kind: "directive", name: hash, index: isName ? 0 : 1, words, span: moved(at, shift) };
}

function defineEntity(scope: Scope, statement: DefineDirective, at: Span): Entity | undefined {
  const { tree, shift } = scope;
  if (isIn(statement.nameSpan, at))
    return (
      systemName(statement.name, moved(at, shift)) ?? {
        kind: "macro",
        name: statement.name,
        role: "definition",
        span: moved(at, shift),
      }
    );
  const body = bodySpan(tree, statement);
  if (isIn(body, at)) {
    const inner = bodyTree(tree, statement);
    const scopeOfBody = { ...scope, tree: inner, shift: shift + body.start, macro: statement };
    const start = at.start - body.start;
    return tokenEntity(scopeOfBody, tokenBefore(inner.tokens, start + 1), at.start + shift);
  }
  const param = statement.params?.find((param) => isIn(param, at));
  if (param) return parameterEntity(statement, param.name, moved(at, shift), shift);
  return directiveEntity(scope, statement, at);
}

function bodySpan({ tokens }: AsmFile, { body }: DefineDirective): Span {
  return { start: tokens.starts[body.from]!, end: tokens.starts[body.to]! };
}

/** A macro's body as code of its own: a backslash that continues the line ends a statement there. */
const bodyTree = memoByKey((tree: AsmFile, define: DefineDirective): AsmFile => {
  const { start, end } = bodySpan(tree, define);
  return parseAsm(tree.text.slice(start, end).replace(/\\(?=\r?\n)/g, " "));
});

/** The statements around a place, and how far their offsets are from the file's: those of a macro's body, or the file's. */
export function statementsAround(
  source: AsmLikeSource,
  offset: number,
): { readonly statements: readonly Statement[]; readonly shift: number } {
  const tree = asmTree(source);
  const around = statementAt(tree.statements, offset);
  if (around?.kind !== "define") return { statements: tree.statements, shift: 0 };
  const { start } = bodySpan(tree, around);
  if (offset < start) return { statements: tree.statements, shift: 0 };
  return { statements: bodyTree(tree, around).statements, shift: start };
}

function parameterEntity(
  macro: DefineDirective,
  name: string,
  span: Span,
  shift: number,
): Entity | undefined {
  const param = macro.params?.find((param) => param.name === name);
  return param && { kind: "macroParameter", name, macro: macro.name, definition: moved(param, shift), span };
}

/** Stands before a piece of a statement where that is read by itself. */
const lead = "_ ";

/** A piece of a statement that is no operand of the tree, an argument of a macro, read as one. */
const pieceTree = memoByKey((tree: AsmFile, { start, end }: Span): AsmFile => {
  const text = `${lead}${tree.text.slice(start, end)}`;
  const alone = parseAsm(text);
  // The macro may put the base behind a symbol: `CALL(f<>)`.
  const withBase = alone.errors.length > 0 ? parseAsm(`${text}(SB)`) : alone;
  return withBase.errors.length > 0 ? alone : withBase;
});

function pieceEntity(scope: Scope, piece: Span, at: Span): Entity | undefined {
  const tree = pieceTree(scope.tree, piece);
  const by = piece.start - lead.length;
  const inner: Scope = { ...scope, tree, shift: scope.shift + by };
  const [statement] = tree.statements;
  if (!statement || !("operands" in statement)) return undefined;
  const found = operandsEntity(inner, statement, statement.operands, moved(at, -by));
  return found && found.span.end <= piece.end + scope.shift ? found : undefined;
}

function operandsEntity(
  scope: Scope,
  statement: Statement,
  operands: readonly Operand[],
  at: Span,
): Entity | undefined {
  const operand = operands.find((operand) => isIn(operand, at));
  return operand && operandEntity(scope, statement, operand, at);
}

function operandEntity(scope: Scope, statement: Statement, operand: Operand, at: Span): Entity | undefined {
  switch (operand.kind) {
    case "name":
      // `*` before it is an operator.
      if (textOf(scope, at) !== operand.name) return undefined;
      return (
        nameEntity(scope, operand.name, at) ??
        loneSymbol(scope, operand.name, at) ??
        labelOrRegister(scope, statement, operand.name, moved(at, scope.shift))
      );
    case "register":
      return registerEntity(scope, [operand.register], at);
    case "registerList":
      return registerEntity(
        scope,
        operand.items.flatMap(({ first, last }) => (last ? [first, last] : [first])),
        at,
      );
    case "registerSelect":
      return (
        registerEntity(scope, [operand.register, operand.predicate], at) ??
        exprEntity(scope, operand.index, at)
      );
    case "registerPair":
      return registerEntity(scope, [operand.first, operand.second], at);
    case "colonPair":
      return operandsEntity(scope, statement, [operand.first, operand.second], at);
    case "immediate":
      return exprEntity(scope, operand.value, at);
    case "memory": {
      const named = exprEntity(scope, operand.offset, at) ?? exprEntity(scope, operand.scale, at);
      if (named && named.kind !== "literal") return named;
      const { base } = operand;
      if (base && !operand.index && isStackRegister(scope, base.name)) {
        const offset = numberOf(operand.offset) ?? (operand.offset ? undefined : 0);
        const span = moved(operand, scope.shift);
        return { kind: "frameSlot", name: undefined, base: base.name, offset, span };
      }
      return named ?? registerEntity(scope, present([base, operand.index]), at);
    }
    case "symbol":
      if (isIn(operand.symbol, at))
        return symbolEntity(scope, operand.symbol, at, operand.prefix === "$" ? "address" : "reference");
      return registerEntity(scope, present([operand.index]), at) ?? exprEntity(scope, operand.scale, at);
    case "macroCall":
      return exprEntity(scope, operand.call, at);
    case "bad":
      return undefined;
  }
}

function present(registers: readonly (RegisterRef | undefined)[]): RegisterRef[] {
  return registers.filter((register) => register !== undefined);
}

/** A reference by its base: an argument, a slot of the frame, or a symbol of the linker. */
function symbolEntity(
  scope: Scope,
  symbol: SymbolRef,
  at: Span,
  role: SymbolEntity["role"],
): Entity | undefined {
  const named = exprEntity(scope, symbol.offset, at);
  if (named && (named.kind !== "literal" || symbol.base === "SB")) return named;
  const { name, base } = symbol;
  const offset = symbol.offset ? numberOf(symbol.offset) : 0;
  const span = moved(symbol, scope.shift);
  const macro = isIn(symbol.nameSpan, at) ? ownMacro(scope, name, at) : undefined;
  if (macro) return macro;
  // `g_m(SP)` reads as a slot of that name, which nobody has without an offset.
  const isPlain = base === "SP" && !symbol.offset && !symbol.isStatic;
  const field = isPlain ? unknownName(scope, name, symbol.nameSpan) : undefined;
  if (field?.kind === "goAsmName") return field;
  if (base === "FP") return { kind: "argument", name, offset, span };
  if (base === "SP") return { kind: "frameSlot", name, base: "SP", offset, span };
  const { world, directories } = scope.snapshot;
  const directory = directories.get(scope.directory);
  return {
    kind: "symbol",
    name,
    linkName: directory ? linkName(packagePath(world, directory), name) : name,
    isStatic: symbol.isStatic,
    abi: symbol.abi,
    role,
    span: isIn(symbol.nameSpan, at) ? moved(symbol.nameSpan, scope.shift) : span,
  };
}

function numberOf(expr: Expr | undefined): number | undefined {
  const value = expr && evaluate(expr, () => undefined);
  return value === undefined ? undefined : Number(value);
}

/** SP, or what the architecture of a target that builds the file calls its stack pointer. */
function isStackRegister({ snapshot, source }: Scope, name: string): boolean {
  if (name === "SP" || name === "RSP") return true;
  if (!stackRegisters.has(name)) return false;
  const { world } = snapshot;
  const { targets } = selection(world, source);
  return (
    !targets.isEmpty && [...targets].every((i) => arches[world.targets[i]!.goarch].registers.stack === name)
  );
}

const stackRegisters: ReadonlySet<string> = new Set(
  Object.values(arches).map(({ registers }) => registers.stack),
);

function registerEntity(scope: Scope, registers: readonly RegisterRef[], at: Span): Entity | undefined {
  const register = registers.find((register) => isIn(register, at));
  if (!register) return undefined;
  const { number, element, shift, name } = register;
  for (const expr of [number, element, shift?.by]) {
    const found = exprEntity(scope, expr, at);
    if (found && found.kind !== "literal") return found;
  }
  const first = { start: register.start, end: register.start + name.length };
  const macro = isIn(first, at) ? nameEntity(scope, name, first) : undefined;
  return macro ?? { kind: "register", name, span: moved(register, scope.shift) };
}

/** Not deeper than expressions nest: the parser bounds that. */
function exprEntity(scope: Scope, expr: Expr | undefined, at: Span): Entity | undefined {
  if (!expr || !isIn(expr, at)) return undefined;
  const span = moved(at, scope.shift);
  switch (expr.kind) {
    case "name":
      return nameEntity(scope, expr.name, at) ?? unknownName(scope, expr.name, at);
    case "int":
    case "float":
    case "string":
      return { kind: "literal", span };
    case "unary":
      return exprEntity(scope, expr.operand, at);
    case "paren":
      return exprEntity(scope, expr.inner, at);
    case "binary":
      return exprEntity(scope, expr.left, at) ?? exprEntity(scope, expr.right, at);
    case "call": {
      if (at.start === expr.start) return nameEntity(scope, expr.name, at) ?? macroUse(scope, at);
      const argument = expr.args.find((arg) => isIn(arg, at));
      return argument && pieceEntity(scope, argument, at);
    }
    case "bad":
      return undefined;
  }
}

/** What a name is whatever surrounds it: a parameter of the macro, something of the system, a macro. */
function nameEntity(scope: Scope, name: string, at: Span): Entity | undefined {
  const span = moved(at, scope.shift);
  const own = scope.macro && parameterEntity(scope.macro, name, span, 0);
  if (own) return own;
  return systemName(name, span) ?? ownMacro(scope, name, at);
}

function ownMacro(scope: Scope, name: string, at: Span): Entity | undefined {
  const { macro } = scope;
  const span = moved(at, scope.shift);
  const own = macro && parameterEntity(macro, name, span, 0);
  if (own) return own;
  return definesMacro(scope, name) ? { kind: "macro", name, role: "use", span } : undefined;
}

/** A name where only a macro can stand: of a header that is not at hand, as go_asm.h, which the compiler writes. */
function unknownName(scope: Scope, name: string, at: Span): Entity {
  if (!name.includes("_") || !includesGoAsm(scope)) return macroUse(scope, at);
  return { kind: "goAsmName", name, span: moved(at, scope.shift) };
}

function macroUse(scope: Scope, at: Span): Entity {
  return { kind: "macro", name: textOf(scope, at), role: "use", span: moved(at, scope.shift) };
}

/** A symbol without its base, as macros are given them: only symbols have a dot. */
function loneSymbol(scope: Scope, name: string, at: Span): Entity | undefined {
  if (!name.includes("·")) return undefined;
  const offset = undefined;
  const symbol = { name, nameSpan: at, ...at, isStatic: false, abi: undefined, offset, base: undefined };
  return symbolEntity(scope, symbol, at, "reference");
}

/** A name alone: a label that the function has, a register, or where neither is known what its letters say. */
function labelOrRegister(scope: Scope, statement: Statement, name: string, span: Span): Entity {
  if (isLabelOf(scope.tree, statement.text, name)) return { kind: "label", name, role: "use", span };
  // Registers are in capitals, but for that of the goroutine.
  if (name === "g" || name === name.toUpperCase()) return { kind: "register", name, span };
  if (name.includes("_") && includesGoAsm(scope)) return { kind: "goAsmName", name, span };
  return { kind: "label", name, role: "use", span };
}

/** Whether the function that begins with the statement of this index has the label. */
function isLabelOf(tree: AsmFile, text: number, name: string): boolean {
  return labelsOf(tree).get(text)?.has(name) ?? false;
}

const labelsOf = memo(({ statements }: AsmFile): ReadonlyMap<number, ReadonlySet<string>> => {
  const labels = new Map<number, Set<string>>();
  for (const statement of statements) {
    if (statement.kind !== "label") continue;
    const known = labels.get(statement.text);
    if (known) known.add(statement.name);
    else labels.set(statement.text, new Set([statement.name]));
  }
  return labels;
});

/** Whether a file or one that it includes defines a macro. */
function definesMacro({ snapshot, directory, source }: Scope, name: string): boolean {
  return withIncluded(snapshot, `${directory}/${source.name}`).some(({ outline }) =>
    outline.defines.has(name),
  );
}

/** Whether the compiler's header is among what a file includes. */
function includesGoAsm({ snapshot, directory, source }: Scope): boolean {
  return withIncluded(snapshot, `${directory}/${source.name}`).some(({ outline }) =>
    outline.includes.includes("go_asm.h"),
  );
}

/** The file with this path, and those that it includes. */
const withIncluded = memoByKey((snapshot: Snapshot, path: string): readonly AsmText[] => {
  const slash = path.lastIndexOf("/");
  const directory = path.slice(0, slash);
  const source = snapshot.file(directory, path.slice(slash + 1));
  if (!source || !("asm" in source)) return [];
  const included = includedTexts(source.asm, (path) => snapshot.included(directory, path)?.text);
  return [source.asm, ...included.values()];
});
