/**
 * What stands at a place of a comment: a word of a directive, a tag of a build constraint, a system call of a
 * `//sys` line, or a name of the system that somebody mentions. It must not know the language around the comment.
 */
import { wordEnd, wordStart } from "../../base/asciiWord.ts";
import type { Span } from "../../base/span.ts";
import type { BuildHeader } from "../../syntax/build/header.ts";
import { fieldSpans } from "../../syntax/build/space.ts";
import { Scanner } from "../../syntax/go/scanner.ts";
import type { Entity, SystemCallEntity } from "./entity.ts";
import { systemName } from "./systemName.ts";

/** `comment` lies in `text`, its marks included; undefined where nothing of note stands at `offset`. */
export function commentEntity(
  text: string,
  comment: Span,
  offset: number,
  header: BuildHeader,
): Entity | undefined {
  const touches = ({ start, end }: Span): boolean => start <= offset && offset <= end;
  for (const { span, parsed } of header.lines) {
    if (!touches(span)) continue;
    const tag = parsed.tags.find(touches);
    if (tag) return { kind: "buildTag", tag: tag.tag, span: { start: tag.start, end: tag.end } };
  }
  const isDirective = text.startsWith("//", comment.start) && startsDirective(text, comment);
  if (isDirective) {
    const inside = { start: comment.start + "//".length, end: comment.end };
    const fields = fieldSpans(text, inside.start, inside.end);
    const words = fields.map(({ start, end }) => text.slice(start, end));
    const [name = ""] = words;
    const call = isSysLine(name) ? sysLineEntity(text, fields[0]!.end, comment.end, offset) : undefined;
    if (call) return call;
    const index = fields.findIndex(touches);
    if (index >= 0) return { kind: "directive", name, index, words, span: fields[index]! };
  }
  const span = {
    start: Math.max(wordStart(text, offset), comment.start),
    end: Math.min(wordEnd(text, offset), comment.end),
  };
  return span.start < span.end ? systemName(text.slice(span.start, span.end), span) : undefined;
}

/** `//go:name`, `//export`, `//sys`: a word directly behind the slashes that some tool reads. */
function startsDirective(text: string, { start, end }: Span): boolean {
  const from = start + "//".length;
  const word = text.slice(from, Math.min(wordEnd(text, from), end));
  if (word === "go" || word === "line" || word === "extern")
    return text[from + word.length] === ":" || word === "line";
  return isSysLine(word) || word === "export" || word === "cgo";
}

function isSysLine(word: string): boolean {
  return word === "sys" || word === "sysnb";
}

/**
 * `//sys read(fd int, p []byte) (n int, err error) = SYS_READ`: the function's name, and what stands behind the
 * sign, both of which mean the call. mksyscall reads such lines.
 */
function sysLineEntity(
  text: string,
  start: number,
  end: number,
  offset: number,
): SystemCallEntity | undefined {
  const scanner = new Scanner(text.slice(start, end));
  let name: Span | undefined;
  let given: Span | undefined;
  let isBehindSign = false;
  for (; scanner.tok !== "EOF"; scanner.next()) {
    if (scanner.tok === "=") isBehindSign = true;
    if (scanner.tok !== "ident") continue;
    const span = { start: start + scanner.start, end: start + scanner.end };
    // Of `libc.read` the name counts.
    if (isBehindSign) given = span;
    else name ??= span;
  }
  const span = [name, given].find((span) => span && span.start <= offset && offset <= span.end);
  const meant = given ?? name;
  if (!span || !meant) return undefined;
  return {
    kind: "systemCall",
    name: text.slice(span.start, span.end),
    call: text.slice(meant.start, meant.end).replace(/^SYS_/, ""),
    mayBeLibrary: true,
    span,
  };
}
