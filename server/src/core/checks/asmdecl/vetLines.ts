/**
 * Reads an assembly file the way vet's asmdecl pass does: line by line with
 * regular expressions, not with the assembler's grammar. The file is cut into
 * blocks at its TEXT lines; each block carries the facts that the rules need and
 * that hold for every target. Rules and types are not known here.
 *
 * Positions in a block count from its start, and a block knows nothing of its
 * surroundings, so a block whose text did not change is the same object in the
 * next scan and whatever was derived from it stays valid.
 *
 * Go's patterns are matched by hand or in pieces that cannot backtrack far,
 * because Go matches in linear time and JavaScript does not promise to.
 */
import type { Span } from "../../base/span.ts";
import { fieldSpans, trimSpan } from "../../syntax/build/space.ts";
import { stackRegisters } from "./profile.ts";

export interface VetFile {
  readonly text: string;
  /** Words of each `// +build` line up to the first TEXT line. */
  readonly buildLines: readonly (readonly string[])[];
  readonly blocks: readonly PlacedBlock[];
}

export interface PlacedBlock {
  readonly start: number;
  readonly block: VetBlock;
}

/** The lines from a TEXT line to the next one. */
export interface VetBlock {
  readonly text: string;
  /** Whether comments are cut off before anything is matched. */
  readonly cutsComments: boolean;
  readonly symbol: TextSymbol;
}

/** The parts of a TEXT line, as written. */
export interface TextSymbol {
  /** From the package, if any, to the end of the name. */
  readonly span: Span;
  /** What stands between TEXT and the last middle dot, trimmed; "" where there is none. */
  readonly packagePath: string;
  readonly name: string;
  readonly flags: string;
  /** Digits after `$`, with the sign; "" where missing. */
  readonly localSize: string;
  /** Digits after the dash; "" where missing. */
  readonly argSize: string;
  /** The argument size, else the local size with its `$`, else the symbol. */
  readonly sizeSpan: Span;
}

/** What the lines after the TEXT line contain. */
export interface BlockFacts {
  /** Lines with references to FP or to a stack register, or with DATA or GLOBL. */
  readonly lines: readonly FactLine[];
  /** Lines with RET in them. */
  readonly returns: readonly ReturnLine[];
}

export interface FactLine {
  /** In the block. */
  readonly start: number;
  /** Without its comment. */
  readonly text: string;
  /** DATA or GLOBL: what follows is not the function's code. */
  readonly isData: boolean;
  /** `8(SP)` and the like. */
  readonly stackUses: readonly StackUse[];
  /** `8(FP)`. */
  readonly unnamed: readonly UnnamedUse[];
  /** `x+8(FP)`. */
  readonly named: readonly NamedUse[];
}

/** Spans of uses count from the start of the line. */
export interface StackUse extends Span {
  readonly register: string;
  readonly offset: number;
}
export interface UnnamedUse extends Span {
  readonly offset: number;
}
export interface NamedUse extends Span {
  readonly name: string;
  readonly offset: number;
  /** A `$` before the name belongs to `start`. */
  readonly isAddress: boolean;
}

/** The word RET, in the block. */
export interface ReturnLine extends Span {
  /** `RET f(SB)`, a tail call. */
  readonly hasSymbol: boolean;
}

/**
 * Cuts a file into blocks. Blocks of `previous` with equal text are used again.
 * Lines before the first TEXT line, and those after a line with TEXT and SB that
 * vet cannot read, belong to no block.
 */
export function vetFile(text: string, cutsComments: boolean, previous?: VetFile): VetFile {
  const known = new Map(previous?.blocks.map(({ block }) => [block.text, block]));
  const boundaries = textLines(text, cutsComments);
  const blocks: PlacedBlock[] = [];
  boundaries.forEach(({ start, symbol }, i) => {
    if (symbol === undefined) return;
    const blockText = text.slice(start, boundaries[i + 1]?.start ?? text.length);
    let block = known.get(blockText);
    if (block?.cutsComments !== cutsComments)
      known.set(blockText, (block = { text: blockText, cutsComments, symbol }));
    blocks.push({ start, block });
  });
  const first = blocks[0]?.start ?? text.length;
  return { text, buildLines: readBuildLines(text, first), blocks };
}

interface TextLine {
  readonly start: number;
  /** undefined: a line with TEXT and SB that names no symbol vet can check. */
  readonly symbol: TextSymbol | undefined;
}

function textLines(text: string, cutsComments: boolean): TextLine[] {
  const found: TextLine[] = [];
  for (let at = text.indexOf("TEXT"); at >= 0;) {
    const start = text.lastIndexOf("\n", at) + 1;
    const end = lineEnd(text, at);
    const line = codeOf(text.slice(start, end), cutsComments);
    const symbol = textSymbol(line);
    if (symbol !== undefined || (line.includes("TEXT") && line.includes("SB"))) found.push({ start, symbol });
    at = text.indexOf("TEXT", end);
  }
  return found;
}

/** Offset after the line's "\n". */
function lineEnd(text: string, at: number): number {
  const newline = text.indexOf("\n", at);
  return newline < 0 ? text.length : newline + 1;
}

function codeOf(line: string, cutsComments: boolean): string {
  const comment = cutsComments ? line.indexOf("//") : -1;
  return comment < 0 ? line : line.slice(0, comment);
}

/**
 * asmTEXT: `TEXT`, anything, the last middle dot whose next parenthesis is
 * `(SB)`, then flags and sizes as far as they can be read.
 */
function textSymbol(line: string): TextSymbol | undefined {
  const word = /\bTEXT\b/.exec(line);
  if (word === null) return undefined;
  const afterWord = word.index + 4;
  for (
    let paren = line.lastIndexOf("(SB)");
    paren >= afterWord;
    paren = line.lastIndexOf("(SB)", paren - 1)
  ) {
    let dot = paren - 2;
    while (dot >= afterWord && line[dot] !== "·" && line[dot] !== "(") dot--;
    if (dot < afterWord || line[dot] !== "·" || line[paren - 1] === "(") continue;
    symbolTail.lastIndex = paren + 4;
    const [, flags = "", localSize = "", argSize = ""] = symbolTail.exec(line)!;
    const end = symbolTail.lastIndex;
    const packageSpan = trimSpan(line, afterWord, dot);
    const packagePath = line.slice(packageSpan.start, packageSpan.end);
    const span = { start: packagePath === "" ? dot : packageSpan.start, end: paren };
    const sizeLength = argSize !== "" ? argSize.length : localSize.length + 1;
    return {
      span,
      packagePath,
      name: line.slice(dot + 1, paren),
      flags,
      localSize,
      argSize,
      sizeSpan: localSize === "" ? span : { start: end - sizeLength, end },
    };
  }
  return undefined;
}

const symbolTail =
  /(?:[\t\n\f\r ]*,[\t\n\f\r ]*([0-9A-Z|+()]+))?(?:[\t\n\f\r ]*,[\t\n\f\r ]*\$(-?[0-9]+)(?:-([0-9]+))?)?/y;

/** asmPlusBuild on each line before `end` and on the line there, which may carry such a comment too. */
function readBuildLines(text: string, end: number): string[][] {
  const lines: string[][] = [];
  const limit = lineEnd(text, end);
  let done = 0;
  for (let at = text.indexOf("+build"); at >= 0 && at < limit; at = text.indexOf("+build", at + 6)) {
    if (at < done) continue;
    let slashes = at;
    while (slashes > done && isRegexpSpace(text.charCodeAt(slashes - 1)) && text[slashes - 1] !== "\n")
      slashes--;
    const isComment = slashes < at && text[slashes - 1] === "/" && text[slashes - 2] === "/";
    if (!isComment || !isRegexpSpace(text.charCodeAt(at + 6))) continue;
    done = lineEnd(text, at);
    lines.push(fieldSpans(text, at + 6, done).map(({ start, end }) => text.slice(start, end)));
  }
  return lines;
}

/** Of the block that was read last: each is looked at on all targets before the next one, and few ever again. */
let lastRead: { readonly block: VetBlock; readonly facts: BlockFacts } | undefined;

/** Reads the lines of a block. */
export function blockFacts(block: VetBlock): BlockFacts {
  if (lastRead?.block !== block) lastRead = { block, facts: readFacts(block) };
  return lastRead.facts;
}

function readFacts(block: VetBlock): BlockFacts {
  const lines: FactLine[] = [];
  const returns: ReturnLine[] = [];
  for (const { start, text } of markedLines(block)) {
    const ret = text.indexOf("RET");
    if (ret >= 0)
      returns.push({ start: start + ret, end: start + ret + 3, hasSymbol: text.includes("(SB)") });
    const isData = (text.includes("DATA") || text.includes("GLOBL")) && /\b(?:DATA|GLOBL)\b/.test(text);
    const { stackUses, unnamed, named } = readUses(text);
    if (isData || stackUses.length + unnamed.length + named.length > 0) {
      lines.push({ start, text, isData, stackUses, unnamed, named });
    }
  }
  return { lines, returns };
}

/** A number before a register that the rules ask about. */
const use = String.raw`[0-9]\((?:FP|${[...stackRegisters].join("|")})\)`;
const someUse = new RegExp(use);

/** What only lines hold that have anything to tell: most have nothing, and are never cut out of the text. */
const marks = new RegExp(`${use}|RET|DATA|GLOBL`, "g");

function* markedLines({ text, cutsComments }: VetBlock): Generator<{ start: number; text: string }> {
  for (let at = lineEnd(text, 0); at < text.length;) {
    marks.lastIndex = at;
    const mark = marks.exec(text);
    if (mark === null) return;
    const start = text.lastIndexOf("\n", mark.index) + 1;
    at = lineEnd(text, start);
    yield { start, text: codeOf(text.slice(start, at), cutsComments) };
  }
}

/** The lines after the TEXT line, without their comments; `start` is in the block. */
export function* codeLines(block: VetBlock): Generator<{ start: number; text: string }> {
  const { text, cutsComments } = block;
  for (let start = lineEnd(text, 0); start < text.length;) {
    const end = lineEnd(text, start);
    yield { start, text: codeOf(text.slice(start, end), cutsComments) };
    start = end;
  }
}

type Uses = Pick<FactLine, "stackUses" | "unnamed" | "named">;

const noUses: Uses = { stackUses: [], unnamed: [], named: [] };

/**
 * asmSP, asmUnnamedFP and asmNamedFP: digits, a register in parentheses, and in
 * front of the digits either `name+` or any character but a sign. Matches of one
 * pattern do not overlap, so the character in front of a nameless use must lie
 * after the previous nameless use.
 */
function readUses(line: string): Uses {
  if (!someUse.test(line)) return noUses;
  const stackUses: StackUse[] = [];
  const unnamed: UnnamedUse[] = [];
  const named: NamedUse[] = [];
  let stackFrom = 0;
  let unnamedFrom = 0;
  for (let paren = line.indexOf("("); paren >= 0; paren = line.indexOf("(", paren + 1)) {
    if (!isDigit(line.charCodeAt(paren - 1))) continue;
    let close = paren + 1;
    while (isRegisterChar(line.charCodeAt(close))) close++;
    if (close === paren + 1 || line[close] !== ")") continue;
    const end = close + 1;
    const register = line.slice(paren + 1, close);
    let start = paren - 1;
    while (isDigit(line.charCodeAt(start - 1))) start--;
    const before = line[start - 1];
    const offset = goInt(line.slice(start, paren));
    if (before === "+") {
      if (register !== "FP") continue;
      let name = start - 1;
      while (isNameChar(line.charCodeAt(name - 1))) name--;
      if (name === start - 1) continue;
      const isAddress = line[name - 1] === "$";
      named.push({
        start: isAddress ? name - 1 : name,
        end,
        name: line.slice(name, start - 1),
        offset,
        isAddress,
      });
    } else if (before !== undefined && before !== "-") {
      if (start - 1 >= stackFrom) {
        stackFrom = end;
        if (stackRegisters.has(register)) stackUses.push({ start, end, register, offset });
      }
      if (register === "FP" && start - 1 >= unnamedFrom) {
        unnamedFrom = end;
        unnamed.push({ start, end, offset });
      }
    }
  }
  return { stackUses, unnamed, named };
}

/**
 * strconv.Atoi with its error ignored: out of range gives the nearest int64. Large
 * values lose precision here, and need none: they only have to be out of every frame.
 */
export function goInt(digits: string): number {
  return Math.max(-(2 ** 63), Math.min(Number(digits), 2 ** 63));
}

function isDigit(c: number): boolean {
  return c >= 0x30 && c <= 0x39;
}

function isRegisterChar(c: number): boolean {
  return isDigit(c) || (c >= 0x41 && c <= 0x5a);
}

/** `[a-zA-Z0-9_\xFF-\x{10FFFF}]`: UTF-16 units of larger characters are larger too. */
function isNameChar(c: number): boolean {
  return isRegisterChar(c) || (c >= 0x61 && c <= 0x7a) || c === 0x5f || c >= 0xff;
}

/** `\s` of Go's regexp package: no vertical tab, nothing beyond ASCII. */
function isRegexpSpace(c: number): boolean {
  return c === 0x20 || c === 0x09 || c === 0x0a || c === 0x0c || c === 0x0d;
}

/** The mnemonic asmOpcode finds: capitals after an optional label. */
export function opcodeOf(line: string): string | undefined {
  let at = skipSpace(line, 0);
  let label = at;
  while (isLabelChar(line.charCodeAt(label))) label++;
  if (label > at && line[label] === ":") {
    const afterLabel = skipSpace(line, label + 1);
    if (isCapital(line.charCodeAt(afterLabel))) at = afterLabel;
  }
  let end = at;
  while (isCapital(line.charCodeAt(end))) end++;
  return end > at ? line.slice(at, end) : undefined;
}

function skipSpace(line: string, from: number): number {
  let at = from;
  while (isRegexpSpace(line.charCodeAt(at))) at++;
  return at;
}

function isCapital(c: number): boolean {
  return c >= 0x41 && c <= 0x5a;
}

function isLabelChar(c: number): boolean {
  return isRegisterChar(c) || (c >= 0x61 && c <= 0x7a) || c === 0x5f;
}
