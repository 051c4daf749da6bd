/**
 * Where a Go file names something of a package, and in what role. Go files are many and long, so they are read for
 * one name at a time, and only declarations whose text has it. Bodies have no syntax tree here; this goes by tokens, and
 * means to miss a place rather than to name one that is another's: from where a function declares the name for itself,
 * nothing of that block counts. It must not know targets, other files, or what the name is: a conversion looks like a call.
 */
import { memoByKey } from "../base/memo.ts";
import type { DeclSpans, GoDecl } from "../syntax/go/ast.ts";
import { Scanner, type Token } from "../syntax/go/scanner.ts";
import type { GoSource } from "../workspace/sourceFile.ts";
import type { Occurrence, Role } from "./occurrence.ts";
import { remoteName } from "./symbolName.ts";

/** Of a name of the file's own package, `f`, or of another by the file's name for that, `pkg.F`; in the order of the text. */
export function goOccurrences(file: GoSource, name: string): readonly Occurrence[] {
  return mayHave(file, name) ? found(file, name) : none;
}

/** Of a symbol in the directives that name it as the linker does, in the order of the text. */
export function symbolsInDirectives(file: GoSource, symbol: string): readonly Occurrence[] {
  // The dot may be escaped, the name behind it never.
  const name = symbol.slice(symbol.lastIndexOf(".") + 1);
  if (!file.text.includes("//go:") || !file.text.includes(name)) return none;
  return inDirectives(file, (directive, position, word) => {
    if (remoteName(word) !== symbol) return undefined;
    if (isLinkname(directive)) return position === 1 ? "refers" : undefined;
    if (position > 0) return undefined;
    if (directive.startsWith("go:cgo_import_")) return "declares";
    return directive.startsWith("go:cgo_export_") ? "refers" : undefined;
  });
}

const none: readonly never[] = [];

function mayHave({ text }: GoSource, name: string): boolean {
  return text.includes(name.slice(name.indexOf(".") + 1));
}

const found = memoByKey((file: GoSource, name: string): readonly Occurrence[] => {
  const { text, go } = file;
  const { decls } = go.summary;
  const last = name.slice(name.indexOf(".") + 1);
  const all: Occurrence[] = [];
  if (last === name)
    all.push(
      ...inDirectives(file, (directive, position, word) =>
        word === name && position === 0 && (isLinkname(directive) || directive === "export")
          ? "refers"
          : undefined,
      ),
    );
  let at = 0;
  for (let index = text.indexOf(last); index >= 0; index = text.indexOf(last, index + 1)) {
    // Names and declarations both come in the order of the text.
    while (at < go.declSpans.length && endOf(go.declSpans[at]!) <= index) at++;
    const spans = go.declSpans[at];
    if (!spans) break;
    if (index < spans.header.start) continue;
    scanDecl(text, decls[at]!, spans, name, all);
    index = endOf(spans) - 1;
  }
  return all.sort((a, b) => a.span.start - b.span.start);
});

function endOf({ header, body }: DeclSpans): number {
  return (body ?? header).end;
}

function isLinkname(directive: string): boolean {
  return directive === "go:linkname" || directive === "go:linknamestd";
}

/** The words of directives for which `roleOf` has a role. */
function inDirectives(
  { go }: GoSource,
  roleOf: (directive: string, position: number, word: string) => Role | undefined,
): Occurrence[] {
  const { text } = go;
  return go.summary.directives.flatMap(({ name, args }, i) => {
    if (!isLinkname(name) && name !== "export" && !name.startsWith("go:cgo_")) return [];
    const from = text.indexOf(args, go.directiveSpans[i]!.start + "//".length + name.length);
    return [...args.matchAll(/[^ \t]+/g)].flatMap(({ 0: word, index }, position): Occurrence[] => {
      const role = roleOf(name, position, word);
      const start = from + index;
      return role ? [{ span: { start, end: start + word.length }, role, isInMacro: false }] : [];
    });
  });
}

/** A bracket that is open. */
interface Open {
  readonly kind:
    /** Parentheses of declarations: `const ( … )`. */
    | "group"
    /** Parameters, results or type parameters. */
    | "params"
    | "struct"
    | "interface"
    /** The elements of an array, slice or map: what stands before a colon is a value. */
    | "elements"
    /** Another `{`: of a block, or of a literal that may be a struct's. */
    | "braces"
    /** Another `(` or `[`. */
    | "other";
  /** Of parameters: whether they have names, and whether the name that is looked for begins one. */
  hasNames: boolean;
  hasName: boolean;
  /** Of parameters: the occurrences, by their index, that are none if these are names. */
  readonly doubtful: number[];
}

const assigns: ReadonlySet<string> = new Set("= += -= *= /= %= &= |= ^= <<= >>= &^= ++ --".split(" "));

/** What a type begins with, where it stands behind a parameter's name. */
const beginsType: ReadonlySet<string> = new Set(
  "ident * [ ( func map chan struct interface ... <- ~".split(" "),
);

/** The tokens of one declaration, the last of them EOF. */
interface Tokens {
  readonly toks: readonly Token[];
  readonly spellings: readonly string[];
  /** Of each token, and one more: offsets in the declaration. */
  readonly starts: readonly number[];
}

function tokensOf(text: string): Tokens {
  const scanner = new Scanner(text);
  const toks: Token[] = [];
  const spellings: string[] = [];
  const starts: number[] = [];
  for (; scanner.tok !== "EOF"; scanner.next()) {
    toks.push(scanner.tok);
    spellings.push(scanner.literal);
    starts.push(scanner.start);
  }
  toks.push("EOF");
  return { toks, spellings, starts };
}

/** Adds the occurrences of a name in one declaration. */
function scanDecl(text: string, decl: GoDecl, spans: DeclSpans, name: string, all: Occurrence[]): void {
  const from = spans.header.start;
  const tokens = tokensOf(text.slice(from, endOf(spans)));
  const { toks, spellings, starts } = tokens;
  const dot = name.indexOf(".");
  const first = dot < 0 ? name : name.slice(0, dot);
  const member = dot < 0 ? undefined : name.slice(dot + 1);
  const open: Open[] = [];
  const occurrences: (Occurrence | undefined)[] = [];
  const isFunc = decl.kind === "func";
  /** The name means something else while at least so many brackets are open, and will from the next statement or block on. */
  let hiddenFrom = Infinity;
  let hiddenSoon = Infinity;
  /** A parameter has the name: how many brackets are open where the function's body begins, if it has one. */
  let hiddenInBody = Infinity;
  /** Whether the names of a declaration or of fields are being read; a type's is one. */
  let inNames: "values" | "type" | undefined = decl.kind === "type" ? "type" : undefined;
  let declares: "values" | "type" = "values";
  /** How many brackets were open at `case`, before its colon. */
  let caseDepth = -1;
  /** In a function's header: before its name, its parameters and its body. */
  let isHeader = isFunc;
  /** The next parenthesis holds parameters: of a function literal or type, or its results. */
  let isSignature = false;

  const hide = (): void => {
    hiddenSoon = Math.min(hiddenSoon, open.length - (open.at(-1)?.kind === "group" ? 1 : 0));
  };
  const add = (at: number, role: Role): void => {
    const start = from + starts[at]!;
    occurrences.push({ span: { start, end: start + spellings[at]!.length }, role, isInMacro: false });
  };
  const push = (kind: Open["kind"]): void => {
    open.push({ kind, hasNames: false, hasName: false, doubtful: [] });
  };

  for (let i = 0; toks[i] !== "EOF"; i++) {
    const tok = toks[i]!;
    const top = open.at(-1);
    switch (tok) {
      case "var":
      case "const":
      case "type":
        declares = tok === "type" ? "type" : "values";
        if (toks[i + 1] !== "(") inNames = declares;
        continue;
      case "func":
        isSignature = true;
        continue;
      case "case":
      case "default":
        caseDepth = open.length;
        // What a clause declares goes no further than to the next.
        if (hiddenFrom === open.length) hiddenFrom = Infinity;
        continue;
      case ":":
        if (caseDepth !== open.length) continue;
        caseDepth = -1;
        hiddenFrom = Math.min(hiddenFrom, hiddenSoon);
        hiddenSoon = Infinity;
        continue;
      case "(":
      case "[": {
        const before = toks[i - 1];
        const isGroup = before === "var" || before === "const" || before === "type";
        const isParams = isSignature || (isHeader && open.length === 0);
        push(isGroup ? "group" : isParams ? "params" : "other");
        inNames = isGroup ? declares : undefined;
        isSignature = false;
        continue;
      }
      case "{": {
        hiddenFrom = Math.min(hiddenFrom, hiddenSoon);
        hiddenSoon = Infinity;
        const before = toks[i - 1];
        const isType = before === "struct" || before === "interface";
        push(isType ? before : isElements(toks, i) ? "elements" : "braces");
        inNames = isType ? "values" : undefined;
        isSignature = false;
        if (isType) continue;
        if (open.length > hiddenInBody) {
          hiddenFrom = Math.min(hiddenFrom, open.length);
          hiddenInBody = Infinity;
        }
        if (open.length === 1) isHeader = false;
        continue;
      }
      case ")":
      case "]":
      case "}":
        open.pop();
        inNames = undefined;
        if (open.length < hiddenFrom) hiddenFrom = Infinity;
        if (open.length < hiddenSoon) hiddenSoon = Infinity;
        if (open.length < hiddenInBody) hiddenInBody = Infinity;
        if (top?.kind === "params") {
          // The name is that of a parameter: what was taken for types are names.
          if (top.hasNames && top.hasName) {
            for (const index of top.doubtful) occurrences[index] = undefined;
            hiddenInBody = open.length;
          }
          // Results may follow.
          isSignature = tok === ")" && toks[i + 1] === "(" && !isHeader;
        }
        continue;
      case ";":
        hiddenFrom = Math.min(hiddenFrom, hiddenSoon);
        hiddenSoon = hiddenInBody = Infinity;
        inNames =
          top?.kind === "group"
            ? declares
            : top?.kind === "struct" || top?.kind === "interface"
              ? "values"
              : undefined;
        continue;
      case "ident":
        break;
      default:
        if (tok !== "," && tok !== "*") inNames = undefined;
        continue;
    }
    // Only names are left.
    const isStart = toks[i - 1] !== "." && spellings[i] === first;
    const wasNames = inNames;
    if (toks[i + 1] !== "," || inNames === "type") inNames = undefined;
    if (top?.kind === "params" && beginsParameter(i)) {
      if (beginsType.has(toks[i + 1]!)) top.hasNames = true;
      if (isStart) top.hasName = true;
    }
    const isMethod = wasNames && top?.kind === "interface" && toks[i + 1] === "(";
    if (isMethod) isSignature = true;
    if (!isStart || isMethod) continue;
    if (wasNames && top?.kind !== "interface") {
      if (top?.kind === "struct") {
        if (toks[i - 1] !== "," && endsField.has(toks[i + 1]!)) addUse(i);
        continue;
      }
      const isOwn = !isFunc && (open.length === 0 || (open.length === 1 && top?.kind === "group"));
      if (!isOwn) hide();
      else if (!member) add(i, "defines");
      continue;
    }
    if (isHeader && isFunc && open.length === 0) {
      // The name of the function, or its only result.
      if (toks[i - 1] === "func") {
        if (!member) add(i, decl.hasBody ? "defines" : "declares");
        continue;
      }
      // A method's name is nobody's but its type's.
      if (decl.isMethod && toks[i - 1] === ")" && toks[i + 1] === "(") continue;
    }
    addUse(i);
  }
  for (const occurrence of occurrences) if (occurrence) all.push(occurrence);

  function beginsParameter(i: number): boolean {
    return toks[i - 1] === "(" || toks[i - 1] === "[" || toks[i - 1] === ",";
  }

  /** The name at token `i` is no declaration: it is used, unless it means something else there. */
  function addUse(i: number): void {
    let end = i;
    if (member !== undefined) {
      if (toks[i + 1] !== "." || toks[i + 2] !== "ident") {
        if (declaresFrom(tokens, i)) hide();
        return;
      }
      end = i + 2;
      if (spellings[end] !== member) return;
    } else if (declaresFrom(tokens, i)) return hide();
    if (open.length >= hiddenFrom) return;
    const before = toks[i - 1];
    const next = toks[end + 1]!;
    if (before === "goto" || before === "break" || before === "continue") return;
    const top = open.at(-1);
    // A label, or the name of a field.
    if (next === ":" && top?.kind === "braces" && caseDepth !== open.length) return;
    if (top?.kind === "params" && beginsParameter(i)) top.doubtful.push(occurrences.length);
    add(end, roleOf(tokens, i, end));
  }
}

const endsField: ReadonlySet<Token> = new Set<Token>([";", "}", ".", "string"]);

/** Whether the names from token `at` on are declared by `:=`; a list longer than this nobody writes. */
function declaresFrom(tokens: Tokens, at: number): boolean {
  return tokens.toks[listEnd(tokens, at)] === ":=";
}

function roleOf(tokens: Tokens, start: number, end: number): Role {
  const { toks } = tokens;
  const before = toks[start - 1];
  if (before === "&" && !endsOperand.has(toks[start - 2]!)) return "refers";
  if (toks[end + 1] === "(") return "calls";
  if (before === "*") return "reads";
  return assigns.has(toks[listEnd(tokens, end)]!) ? "writes" : "reads";
}

/** The token behind a list of names. */
function listEnd({ toks }: Tokens, at: number): number {
  let end = at + 1;
  while (toks[end] === "," && toks[end + 1] === "ident" && end < at + 40) end += 2;
  return end;
}

/** What `&` is arithmetic behind. */
const endsOperand: ReadonlySet<string> = new Set("ident int rune string float imaginary ) ] }".split(" "));

/** Whether the `{` at token `at` opens the elements of an array, slice or map: a type in brackets stands before it. */
function isElements(toks: readonly Token[], at: number): boolean {
  let before = at - 1;
  while (toks[before] === "ident" || toks[before] === "." || toks[before] === "*") before--;
  return before < at - 1 && toks[before] === "]";
}
