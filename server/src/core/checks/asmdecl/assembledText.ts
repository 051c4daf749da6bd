/**
 * Writes code as the assembler reads it in the form that vet's rules read: one statement a
 * line, with comments, data and directives left out, and with the sizes of TEXT lines and the
 * offsets of arguments as plain numbers. What rules find in it is found in the code itself.
 *
 * It must not know rules, declarations or targets.
 */
import type { Span } from "../../base/span.ts";
import type { AsmCode } from "../../model/asmCode.ts";
import type { Expr, Instruction, Operand, TextDirective } from "../../syntax/asm/ast.ts";
import { evaluate } from "../../syntax/asm/evaluate.ts";

export interface AssembledText {
  readonly text: string;
  /** The span of the code that a span of the text stands for. */
  codeSpan(span: Span): Span;
}

/** A part of the text, and the part of the code that it stands for. */
interface Piece {
  readonly start: number;
  readonly code: Span;
  /** Whether both have the same length, character for character. */
  readonly isVerbatim: boolean;
}

interface Writer {
  readonly parts: string[];
  readonly pieces: Piece[];
  length: number;
}

/** Macros of the headers that are not expanded which stand for whole statements. */
const plainMacros: ReadonlySet<string> = new Set([
  "GO_ARGS",
  "GO_RESULTS_INITIALIZED",
  "NO_LOCAL_POINTERS",
  "get_tls",
]);

/** The code of functions; one that holds a macro whose body nobody knows is left out. */
export function assembledText({ file, functions }: AsmCode): AssembledText {
  const writer: Writer = { parts: [], pieces: [], length: 0 };
  for (const { text, statements } of functions) {
    const isKnown = statements.every(
      (statement) =>
        statement.kind !== "bad" && (statement.kind !== "macroUse" || plainMacros.has(statement.name)),
    );
    writeText(writer, file.text, text, isKnown);
    if (!isKnown) continue;
    for (const statement of statements)
      if (statement.kind === "instruction") writeInstruction(writer, file.text, statement);
  }
  const { pieces } = writer;
  return { text: writer.parts.join(""), codeSpan: (span) => codeSpan(pieces, span) };
}

function write(writer: Writer, text: string, code: Span, isVerbatim = false): void {
  writer.pieces.push({ start: writer.length, code, isVerbatim });
  writer.parts.push(text);
  writer.length += text.length;
}

function codeSpan(pieces: readonly Piece[], { start, end }: Span): Span {
  const first = pieces[pieceAt(pieces, start)];
  const last = pieces[pieceAt(pieces, Math.max(start, end - 1))];
  if (!first || !last) return { start: 0, end: 0 };
  return {
    start: first.isVerbatim ? first.code.start + start - first.start : first.code.start,
    end: last.isVerbatim ? last.code.start + end - last.start : last.code.end,
  };
}

/** Index of the last piece that starts at or before `offset`. */
function pieceAt(pieces: readonly Piece[], offset: number): number {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (pieces[middle]!.start <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Larger than any frame: of a function with such locals nothing is said about its stack. */
const unknownLocals = "999999999";

/** The TEXT line; one that vet leaves alone where the symbol or the size of its arguments is not known. */
function writeText(
  writer: Writer,
  text: string,
  { symbol, flags, frame, start, end }: TextDirective,
  isKnown: boolean,
): void {
  const isReadable = !frame || (frame.size && (!frame.args || numberOf(frame.args) !== undefined));
  if (!symbol || !isKnown || !isReadable) return write(writer, "TEXT (SB)\n", { start, end });
  const { name, isStatic, abi } = symbol;
  write(writer, "TEXT ", { start, end: symbol.start });
  write(writer, `${name}${isStatic ? "<>" : abi === undefined ? "" : `<${abi}>`}`, symbol.nameSpan);
  write(writer, "(SB)", symbol);
  if (flags) write(writer, `, ${flagNames(text, flags.value)}`, flags);
  if (frame) {
    write(writer, `, $${numberOf(frame.size!) ?? unknownLocals}`, frame);
    if (frame.args) write(writer, "-", frame);
    if (frame.args) write(writer, String(numberOf(frame.args)), frame.args);
  }
  write(writer, "\n", { start: end, end });
}

/** The flags as vet looks for them, by name: the assembler also takes the numbers of textflag.h. */
function flagNames(text: string, value: Expr): string {
  const number = numberOf(value);
  if (number === undefined) return text.slice(value.start, value.end).replace(/[^0-9A-Z|+()]/g, "");
  return [
    String(number),
    ...((number & 4) !== 0 ? ["NOSPLIT"] : []),
    ...((number & 512) !== 0 ? ["NOFRAME"] : []),
  ].join("|");
}

function numberOf(expr: Expr): number | undefined {
  const value = evaluate(expr, () => undefined);
  return value === undefined ? undefined : Number(value);
}

/** Words in which vet sees a return or the end of the code, wherever they stand. */
const alarming = /RET|TEXT|DATA|GLOBL/;
const alarmingNames = /[\p{L}\p{Nd}_·∕]*(?:RET|TEXT|DATA|GLOBL)[\p{L}\p{Nd}_·∕]*(?![\p{L}\p{Nd}_·∕+])/gu;

function writeInstruction(writer: Writer, text: string, instruction: Instruction): void {
  const { start, nameEnd, end, operands } = instruction;
  write(writer, "\t", { start, end: start });
  const mnemonic = text.slice(start, nameEnd);
  write(
    writer,
    mnemonic === "RET" ? mnemonic : mnemonic.replace(alarming, "ret"),
    { start, end: nameEnd },
    mnemonic.length === nameEnd - start,
  );
  let at = nameEnd;
  for (const operand of operands) {
    const plain = plainOperand(operand);
    if (plain === undefined) continue;
    writeCode(writer, text, at, operand.start);
    write(writer, plain, operand, plain.length === operand.end - operand.start);
    at = operand.end;
  }
  writeCode(writer, text, at, end);
  write(writer, "\n", { start: end, end });
}

/** A part of an instruction, without comments and breaks. */
function writeCode(writer: Writer, text: string, start: number, end: number): void {
  if (start >= end) return;
  let code = text.slice(start, end);
  if (/[\n\\]|\/[/*]/.test(code))
    code = code.replace(/\/\/.*|\/\*[^]*?\*\/|[\n\\]/g, (hidden) => " ".repeat(hidden.length));
  if (alarming.test(code)) code = code.replace(alarmingNames, (name) => name.toLowerCase());
  write(writer, code, { start, end }, code.length === end - start);
}

/** An argument with its offset computed; undefined for any other operand. */
function plainOperand(operand: Operand): string | undefined {
  if (operand.kind === "symbol") {
    const { symbol, prefix, index } = operand;
    if (symbol.base !== "FP" || index) return undefined;
    const offset = symbol.offset ? numberOf(symbol.offset) : 0;
    if (offset === undefined) return undefined;
    return `${prefix}${symbol.name}${offset < 0 ? "" : "+"}${offset}(FP)`;
  }
  return undefined;
}
