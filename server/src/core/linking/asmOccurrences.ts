/**
 * Where assembly names symbols, and in what role. The table is built once for a text, when first asked for, from its
 * tokens alone: it knows no target, so what stands under any condition is in it, and no other file. It is held as
 * numbers, for a tree has hundreds of thousands of them.
 */
import { memo, once } from "../base/memo.ts";
import { arches } from "../facts/arch.ts";
import { isAddressMove, onlyReads, writesAll } from "../facts/dataFlow.ts";
import { type AsmTokens, isTrivia, Kind, lexAsm } from "../syntax/asm/lexer.ts";
import type { AsmSource, HeaderSource } from "../workspace/sourceFile.ts";
import { type Occurrence, type Role, roles } from "./occurrence.ts";

/** Names are as written, `·f` and `runtime·f`; `f<>` is the symbol of one file. */
export interface AsmOccurrences {
  readonly names: Iterable<string>;
  /** How many there are of all names together. */
  readonly count: number;
  /** In the order of the text. */
  of(name: string): readonly Occurrence[];
}

export const asmOccurrences = memo(({ text }: AsmSource | HeaderSource): AsmOccurrences => {
  const scan: Scan = { text, ...lexAsm(text).tokens, ids: new Map(), found: [], offsets: [], marks: [] };
  scanText(scan);
  return tableOf(scan);
});

/** A text that is being read, and what was found: of each occurrence the number of its name, offset and mark. */
interface Scan extends AsmTokens {
  readonly text: string;
  readonly ids: Map<string, number>;
  readonly found: number[];
  readonly offsets: number[];
  readonly marks: number[];
}

/** A mark is the index of a role, with this bit set in a macro. */
const inMacro = 8;

/** Groups by name what was found in the order of the text. */
function tableOf({ ids, found, offsets: allOffsets, marks: allMarks }: Scan): AsmOccurrences {
  const starts = new Uint32Array(ids.size + 1);
  for (const id of found) starts[id + 1]!++;
  for (let id = 0; id < ids.size; id++) starts[id + 1]! += starts[id]!;
  const next = starts.slice();
  const offsets = new Uint32Array(found.length);
  const marks = new Uint8Array(found.length);
  for (const [i, id] of found.entries()) {
    const at = next[id]!++;
    offsets[at] = allOffsets[i]!;
    marks[at] = allMarks[i]!;
  }
  return {
    get names() {
      return ids.keys();
    },
    count: offsets.length,
    of(name) {
      const id = ids.get(name);
      if (id === undefined) return [];
      const length = name.endsWith("<>") ? name.length - 2 : name.length;
      const first = starts[id]!;
      return Array.from(offsets.subarray(first, starts[id + 1]), (start, i): Occurrence => {
        const mark = marks[first + i]!;
        const isInMacro = mark >= inMacro;
        return { span: { start, end: start + length }, role: roles[mark % inMacro]!, isInMacro };
      });
    },
  };
}

function scanText(scan: Scan): void {
  const { kinds, count } = scan;
  /** The parameters of the macro whose body is being read. */
  let macro: ReadonlySet<string> | undefined;
  let isLineStart = true;
  for (let at = 0; at < count;) {
    const kind = kinds[at]!;
    if (kind === Kind.Hash && isLineStart) {
      const define = macroHead(scan, at);
      macro = define?.parameters;
      at = define?.body ?? directiveEnd(scan, at);
      isLineStart = false;
    } else if (kind === Kind.Ident) {
      at = scanStatement(scan, at, macro);
      isLineStart = false;
    } else if (kind === Kind.Backslash) {
      at = afterBackslash(scan, at);
    } else {
      at++;
      if (kind === Kind.Newline) macro = undefined;
      if (!isTrivia(kind)) isLineStart = kind === Kind.Newline;
    }
  }
}

/** The macro that is defined at the token `hash`, and where its body begins; undefined for another directive. */
function macroHead(
  scan: Scan,
  hash: number,
): { readonly parameters: ReadonlySet<string>; readonly body: number } | undefined {
  const { kinds, count } = scan;
  let at = skipTrivia(scan, hash + 1);
  if (kinds[at] !== Kind.Ident || spelling(scan, at) !== "define") return undefined;
  at = skipTrivia(scan, at + 1);
  if (kinds[at] !== Kind.Ident) return undefined;
  at++;
  const parameters = new Set<string>();
  // Only what stands against the name are parameters.
  if (kinds[at] !== Kind.Open) return { parameters, body: at };
  for (; at < count && kinds[at] !== Kind.Close && kinds[at] !== Kind.Newline; at++)
    if (kinds[at] === Kind.Ident) parameters.add(spelling(scan, at));
  return { parameters, body: kinds[at] === Kind.Close ? at + 1 : at };
}

/** The end of another line of the preprocessor, with the lines it goes on in. */
function directiveEnd(scan: Scan, hash: number): number {
  let at = hash;
  while (at < scan.count && scan.kinds[at] !== Kind.Newline)
    at = scan.kinds[at] === Kind.Backslash ? afterBackslash(scan, at) : at + 1;
  return at;
}

/** Past a backslash, and past the end of the line if that is what it hides. */
function afterBackslash(scan: Scan, backslash: number): number {
  const end = skipTrivia(scan, backslash + 1);
  return scan.kinds[end] === Kind.Newline ? end + 1 : end;
}

/** A symbol in a statement: the token of its name, and the operand that it begins. */
interface Named {
  readonly token: number;
  readonly isStatic: boolean;
  readonly operand: number;
  /** Its address is what counts, or a macro is handed its name. */
  readonly isBare: boolean;
}

/** Reads one statement from its first name on; returns where it ends. */
function scanStatement(scan: Scan, head: number, macro: ReadonlySet<string> | undefined): number {
  const { kinds, count } = scan;
  if (kinds[skipTrivia(scan, head + 1)] === Kind.Colon) return skipTrivia(scan, head + 1) + 1;
  const named: Named[] = [];
  let operand = 0;
  let isAddress = false;
  /** Whether a symbol may begin here: only the first name of an operand is one. */
  let isOpen = true;
  // A macro may stand for a symbol alone.
  const isSymbol = spelling(scan, head).includes("·") || baseAfter(scan, head) !== undefined;
  let at = isSymbol ? head : mnemonicEnd(scan, head);
  for (; at < count; at++) {
    const kind = kinds[at]!;
    if (kind === Kind.Newline || kind === Kind.Semicolon || kind === Kind.Backslash) break;
    if (kind === Kind.Comma) {
      operand++;
      isAddress = false;
      isOpen = true;
    } else if (kind === Kind.Dollar) isAddress = true;
    else if (kind === Kind.Ident && isOpen) {
      isOpen = false;
      const base = baseAfter(scan, at);
      if (base || spelling(scan, at).includes("·"))
        named.push({ token: at, isStatic: base?.isStatic ?? false, operand, isBare: isAddress || !base });
      if (base) at = base.end;
    }
  }
  const mnemonic = isSymbol ? "" : spelling(scan, head);
  for (const { token, isStatic, operand: own, isBare } of named) {
    const name = spelling(scan, token);
    if (macro?.has(name)) continue;
    const role = isSymbol ? "refers" : roleOf(mnemonic, own, operand, isBare);
    add(scan, isStatic ? `${name}<>` : name, scan.starts[token]!, role, macro !== undefined);
  }
  return at;
}

/** Past a mnemonic with its suffixes. */
function mnemonicEnd({ kinds }: Scan, head: number): number {
  let at = head + 1;
  while (kinds[at] === Kind.Dot && kinds[at + 1] === Kind.Ident) at += 2;
  return at;
}

function add(scan: Scan, name: string, offset: number, role: Role, isInMacro: boolean): void {
  let id = scan.ids.get(name);
  if (id === undefined) scan.ids.set(name, (id = scan.ids.size));
  scan.found.push(id);
  scan.offsets.push(offset);
  scan.marks.push(roles.indexOf(role) + (isInMacro ? inMacro : 0));
}

/** What an instruction does with the symbol that operand `own` of 0 to `last` is about. */
function roleOf(mnemonic: string, own: number, last: number, isBare: boolean): Role {
  if ((mnemonic === "TEXT" || mnemonic === "GLOBL") && own === 0) return "defines";
  if (isBare || mnemonic === "FUNCDATA" || isAddressMove(mnemonic)) return "refers";
  if (mnemonic === "DATA") return own === 0 ? "writes" : "refers";
  if (goesOn().has(mnemonic)) return "calls";
  if (onlyReads(mnemonic)) return "reads";
  if (last === 0) return "refers";
  return own === last || writesAll(mnemonic) ? "writes" : "reads";
}

/** What goes on at a symbol on any architecture; a branch within a function names none. */
const goesOn = once((): ReadonlySet<string> => {
  const found = new Set<string>();
  for (const { flow } of Object.values(arches))
    for (const [name, kind] of flow.instructions)
      if (kind === "call" || kind === "jump" || kind === "branch" || kind === "return") found.add(name);
  return found;
});

/** What makes a name a symbol: `(SB)` behind it, with an offset or `<>` before that, and the token which ends it. */
function baseAfter(
  scan: Scan,
  name: number,
): { readonly isStatic: boolean; readonly end: number } | undefined {
  const { kinds } = scan;
  let at = name + 1;
  let isStatic = false;
  if (kinds[at] === Kind.Less) {
    isStatic = kinds[at + 1] === Kind.Greater;
    at += isStatic ? 2 : 3;
  }
  at = skipTrivia(scan, at);
  if (kinds[at] === Kind.Plus || kinds[at] === Kind.Minus) while (inOffset.has(kinds[at]!)) at++;
  const isBase = kinds[at] === Kind.Open && kinds[at + 1] === Kind.Ident && kinds[at + 2] === Kind.Close;
  return isBase && spelling(scan, at + 1) === "SB" ? { isStatic, end: at + 2 } : undefined;
}

/** What an offset between a symbol and `(SB)` is made of, as far as it has no parentheses. */
const inOffset: ReadonlySet<number> = new Set<number>([
  Kind.Plus,
  Kind.Minus,
  Kind.Star,
  Kind.ShiftLeft,
  Kind.Int,
  Kind.Ident,
  Kind.Space,
]);

function spelling({ text, starts }: Scan, token: number): string {
  return text.slice(starts[token], starts[token + 1]);
}

function skipTrivia({ kinds, count }: Scan, from: number): number {
  let at = from;
  while (at < count && isTrivia(kinds[at]!)) at++;
  return at;
}
