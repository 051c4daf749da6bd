/**
 * Writes code as the assembler reads it in the form that vet's rules read: one statement a
 * line, without comments, data and directives, the sizes of TEXT lines and the offsets of
 * arguments as plain numbers. What rules find in it is found in the code itself.
 *
 * It goes by the text, since parsing all of an expanded file costs more than all the rules. It must not know
 * rules, declarations or targets.
 */
import type { Span } from "../../base/span.ts";
import type { AsmCode } from "../../model/asm/asmCode.ts";
import type { Expr, SymbolRef, TextDirective } from "../../syntax/asm/ast.ts";
import { evaluate } from "../../syntax/asm/evaluate.ts";
import { hiddenParts } from "../../syntax/asm/lexer.ts";
import { parseAsm } from "../../syntax/asm/parser.ts";

export interface AssembledText {
  readonly text: string;
  /** The span of the code that a span of the text stands for. */
  codeSpan(span: Span): Span;
}

/** A part of the text, up to the next one, and the part of the code that it stands for. */
interface Part {
  readonly start: number;
  readonly code: Span;
  /** Whether both have the same length, character for character. */
  readonly isVerbatim: boolean;
}

interface Writer {
  readonly parts: string[];
  /** The numbers of a `Part` for each of them, one behind the other: objects would be many. */
  readonly places: number[];
  length: number;
}

const partSize = 4;

/** What was written of one function; offsets count from its start. */
interface Written {
  readonly text: string;
  readonly places: readonly number[];
}

/** One function's place in the text and in the code. */
interface Placed {
  readonly start: number;
  readonly codeStart: number;
  readonly written: Written;
}

/**
 * The code of functions, as far as it can tell something about arguments: most of a large file is arithmetic. None
 * where not all of it is known. `registers` are what its architectures call the stack pointer.
 */
export function assembledText({ text, isComplete }: AsmCode, registers: readonly string[]): AssembledText {
  // To vet, what writes R12 writes R1 too.
  const tells = new RegExp(String.raw`${telling}|\b(?:${registers.join("|")})`, "g");
  const functions: Placed[] = [];
  let start = 0;
  let codeStart = 0;
  for (const code of isComplete ? bare(text).split(beforeText) : []) {
    const written = writtenOf(code, tells);
    if (written.text !== "") functions.push({ start, codeStart, written });
    start += written.text.length;
    codeStart += code.length + 1;
  }
  return {
    text: functions.map(({ written }) => written.text).join(""),
    codeSpan: (span) => codeSpan(functions, span),
  };
}

const beforeText = /\n(?=TEXT\b)/;

/** By their code, for the same pattern; code that one file has for other targets has most functions again. */
const remembered = new Map<string, Written>();
let rememberedFor: RegExp | undefined;
const mostRemembered = 1000;

function writtenOf(code: string, tells: RegExp): Written {
  if (remembered.size === mostRemembered || rememberedFor?.source !== tells.source) remembered.clear();
  rememberedFor = tells;
  let written = remembered.get(code);
  if (!written) remembered.set(code, (written = writeFunction(code, tells)));
  return written;
}

/** `tells` finds what the rules look at. */
function writeFunction(code: string, tells: RegExp): Written {
  const stop = /[;\n]/g;
  const writer: Writer = { parts: [], places: [], length: 0 };
  /** Functions of this ABI return in registers: any instruction may write the result. */
  let isInternal = false;
  for (let start = 0, end = 0; start < code.length; start = end + 1) {
    if (!isInternal) {
      tells.lastIndex = start;
      if (!tells.test(code)) break;
      start = statementStart(code, start, tells.lastIndex - 1);
    }
    stop.lastIndex = start;
    end = stop.test(code) ? stop.lastIndex - 1 : code.length;
    const written = code.slice(start, end);
    if (/^\s*TEXT\b/.test(written)) isInternal = written.includes("ABIInternal");
    if (/\S/.test(written)) writeStatement(writer, written, start);
  }
  return { text: writer.parts.join(""), places: writer.places };
}

/** The text with blanks in place of comments, strings and characters. */
function bare(text: string): string {
  const parts: string[] = [];
  let done = 0;
  for (const { start, end } of hiddenParts(text)) {
    parts.push(text.slice(done, start), " ".repeat(end - start));
    done = end;
  }
  return parts.join("") + text.slice(done);
}

/** Words that mean something to vet wherever they stand. */
const alarming = /RET|TEXT|DATA|GLOBL/;
const alarmingWords = /[\p{L}\p{Nd}_·∕]*(?:RET|TEXT|DATA|GLOBL)[\p{L}\p{Nd}_·∕]*(?![\p{L}\p{Nd}_·∕+])/gu;
const labels = /^\s*(?:[\p{L}_][\p{L}\p{Nd}_·∕]*[ \t]*:[ \t]*)+/u;
const plainArguments = /[\p{L}_][\p{L}\p{Nd}_·∕]*\+[0-9]+\(FP\)/gu;

/** Functions, returns, arguments and what else the rules look at. */
const telling = String.raw`<>\(SB\)|SYSCALL|\b(?:JMP|B|BR)[ \t][^\n;]*\(SB\)|\b(?:BYTE|WORD|LONG|QUAD|DWORD|X2|FP|TEXT|RET|DATA|GLOBL|UNDEF|GO_RESULTS_INITIALIZED|CallImport)\b`;

/** The start of the statement that holds `at`, if it does not begin before `from`. */
function statementStart(code: string, from: number, at: number): number {
  const line = Math.max(from, code.lastIndexOf("\n", at) + 1);
  return line + code.slice(line, at).lastIndexOf(";") + 1;
}

function writeStatement(writer: Writer, written: string, start: number): void {
  const end = start + written.length;
  let code = written.includes(":") ? written.replace(labels, (part) => " ".repeat(part.length)) : written;
  const isOdd = code.includes("(FP)") && code.replace(plainArguments, "").includes("FP");
  if (alarming.test(code)) {
    if (/^\s*(?:#|(?:DATA|GLOBL)\b)/.test(code)) return;
    if (/^\s*TEXT\b/.test(code)) return writeText(writer, code, start);
    code = code.replace(alarmingWords, (word) => (word === "RET" ? word : word.toLowerCase()));
  } else if (/^\s*#/.test(code)) return;
  if (isOdd) writeArguments(writer, code, start);
  else write(writer, code, { start, end }, true);
  write(writer, "\n", { start: end, end });
}

/** An instruction, with the offsets of its arguments computed. */
function writeArguments(writer: Writer, code: string, start: number): void {
  const [instruction] = parseAsm(code).statements;
  let at = 0;
  const copy = (to: number): void =>
    write(writer, code.slice(at, to), { start: start + at, end: start + to }, true);
  for (const operand of instruction?.kind === "instruction" ? instruction.operands : []) {
    if (operand.kind !== "symbol" || operand.symbol.base !== "FP") continue;
    const { prefix, symbol } = operand;
    const offset = symbol.offset ? numberOf(symbol.offset) : 0;
    if (offset === undefined) continue;
    copy(operand.start);
    at = symbol.end;
    const plain = `${prefix}${symbol.name}${offset < 0 ? "" : "+"}${offset}(FP)`;
    write(writer, plain, { start: start + operand.start, end: start + at });
  }
  copy(code.length);
}

/** Larger than any frame: of a function with such locals nothing is said about its stack. */
const unknownLocals = "999999999";

/** The TEXT line; one that vet passes over where the symbol or the size of its arguments is not known. */
function writeText(writer: Writer, code: string, start: number): void {
  const { statements, errors } = parseAsm(code);
  const [text] = statements;
  const end = start + code.length;
  if (text?.kind !== "text" || !text.symbol || errors.length > 0 || !hasKnownSize(text))
    return write(writer, "TEXT (SB)\n", { start, end });
  const { symbol, flags, frame } = text;
  const at = (part: Span): Span => ({ start: start + part.start, end: start + part.end });
  write(writer, "TEXT ", { start, end: start + symbol.start });
  write(writer, nameOf(symbol), at(symbol.nameSpan));
  write(writer, "(SB)", at(symbol));
  if (flags) write(writer, `, ${flagNames(code, flags.value)}`, at(flags));
  if (frame) {
    write(writer, `, $${numberOf(frame.size!) ?? unknownLocals}`, at(frame));
    if (frame.args) write(writer, "-", at(frame));
    if (frame.args) write(writer, String(numberOf(frame.args)), at(frame.args));
  }
  write(writer, "\n", { start: end, end });
}

function hasKnownSize({ frame }: TextDirective): boolean {
  if (!frame) return true;
  return frame.size !== undefined && (!frame.args || numberOf(frame.args) !== undefined);
}

function nameOf({ name, isStatic, abi }: SymbolRef): string {
  return name + (isStatic ? "<>" : abi === undefined ? "" : `<${abi}>`);
}

/** The flags as vet looks for them, by name: the assembler also takes the numbers of textflag.h. */
function flagNames(code: string, value: Expr): string {
  const number = numberOf(value);
  if (number === undefined) return code.slice(value.start, value.end).replace(/[^0-9A-Z|+()]/g, "");
  const names = [...((number & 4) !== 0 ? ["NOSPLIT"] : []), ...((number & 512) !== 0 ? ["NOFRAME"] : [])];
  return [String(number), ...names].join("|");
}

function numberOf(expr: Expr): number | undefined {
  const value = evaluate(expr, () => undefined);
  return value === undefined ? undefined : Number(value);
}

function write(writer: Writer, text: string, { start, end }: Span, isVerbatim = false): void {
  writer.places.push(writer.length, start, end, isVerbatim ? 1 : 0);
  writer.parts.push(text);
  writer.length += text.length;
}

function codeSpan(functions: readonly Placed[], { start, end }: Span): Span {
  const first = partAt(functions, start);
  const last = partAt(functions, Math.max(start, end - 1));
  if (!first || !last) return { start: 0, end: 0 };
  return {
    start: first.isVerbatim ? first.code.start + start - first.start : first.code.start,
    end: last.isVerbatim ? last.code.start + end - last.start : last.code.end,
  };
}

function partAt(functions: readonly Placed[], offset: number): Part | undefined {
  const placed = functions[lastAt(functions.length, (i) => functions[i]!.start, offset)];
  if (!placed) return undefined;
  const { start, codeStart, written } = placed;
  const { places } = written;
  const at = partSize * lastAt(places.length / partSize, (i) => places[partSize * i]!, offset - start);
  const [partStart, from, to, isVerbatim] = places.slice(at, at + partSize) as [
    number,
    number,
    number,
    number,
  ];
  return {
    start: start + partStart,
    code: { start: codeStart + from, end: codeStart + to },
    isVerbatim: isVerbatim === 1,
  };
}

/** Index of the last of so many, in order of their starts, that starts at or before `offset`; 0 where none does. */
function lastAt(count: number, startOf: (index: number) => number, offset: number): number {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (startOf(middle) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
