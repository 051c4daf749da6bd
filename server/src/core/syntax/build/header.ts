/**
 * Finds the build constraint of a Go or assembly file where go/build looks for it:
 * in the comments before the package clause, or before the first instruction
 * (`shouldBuild` and `parseFileHeader` in go/build/build.go, `readComments` in
 * go/build/read.go). It must not know the file's name nor which tags hold.
 */
import type { Span } from "../../base/span.ts";
import { parseGoBuild, parsePlusBuild, type Constraint, type ParsedConstraint } from "./constraint.ts";
import { isSpace, trimSpan } from "./space.ts";

/** One `//go:build` or `// +build` line. */
export interface BuildLine {
  readonly kind: "goBuild" | "plusBuild";
  /** From the slashes to the end of the line, white space around it left out. */
  readonly span: Span;
  /** Of the expression after the keyword; empty where there is none. */
  readonly exprSpan: Span;
  /** Its offsets are those of the file. */
  readonly parsed: ParsedConstraint;
  /** Go heeds it: a `// +build` line counts only before a blank line, and only where no `//go:build` line is. */
  readonly effective: boolean;
}

export interface BuildHeader {
  readonly lines: readonly BuildLine[];
  /** What must hold for the file; undefined: nothing. */
  readonly constraint: Constraint | undefined;
  /** Go rejects the file for every target: its `//go:build` line does not parse, or there are two. */
  readonly invalid: boolean;
  /** The text of the lines that count: headers with equal keys select the same targets. */
  readonly key: string;
}

export interface HeaderOptions {
  /** What the file is made of, which decides where its header ends. */
  readonly language: "go" | "asm";
  /** Heed `//go:build`, as Go does since 1.17; before, only `// +build` lines count. */
  readonly goBuild: boolean;
}

/** That of most files. */
const unconstrained: BuildHeader = { lines: [], constraint: undefined, invalid: false, key: "" };

/** Reads the header of a file; linear in the length of its leading comments. */
export function findBuildHeader(text: string, options: HeaderOptions): BuildHeader {
  const found: Omit<BuildLine, "effective">[] = [];
  const plusBuildEnd = scanComments(text, options, found);
  if (found.length === 0) return unconstrained;
  const goBuilds = options.goBuild ? found.filter((line) => line.kind === "goBuild") : [];
  const lines = found.map(({ kind, span, exprSpan, parsed }): BuildLine => {
    const heeded = kind === "goBuild" ? options.goBuild : goBuilds.length === 0 && span.start < plusBuildEnd;
    // A `// +build` line that is too complex is passed over, an invalid `//go:build` line is not.
    const effective = heeded && (kind === "goBuild" || parsed.expr !== undefined);
    return { kind, span, exprSpan, parsed, effective };
  });
  const effective = lines.filter((line) => line.effective);
  const invalid = goBuilds.length > 1 || goBuilds.some((line) => line.parsed.expr === undefined);
  const key = effective.map((line) => text.slice(line.span.start, line.span.end)).join("\n");
  return { lines, constraint: invalid ? undefined : conjunction(effective), invalid, key };
}

/** What all lines together ask for, as a balanced tree: a file may have any number of `// +build` lines. */
function conjunction(lines: readonly BuildLine[]): Constraint | undefined {
  if (lines.length <= 1) return lines[0]?.parsed.expr;
  const middle = lines.length >> 1;
  const x = conjunction(lines.slice(0, middle));
  const y = conjunction(lines.slice(middle));
  return x && y ? { kind: "and", x, y } : (x ?? y);
}

/**
 * Collects the constraint lines of the leading comments and returns the offset before which a
 * `// +build` line counts: after the last blank line of the leading run of blank lines and `//` comments.
 */
function scanComments(text: string, options: HeaderOptions, found: Omit<BuildLine, "effective">[]): number {
  // go/build drops a byte order mark before it looks at the text.
  let next = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let plusBuildEnd = next;
  let inRun = true;
  let inBlockComment = false;
  while (next < text.length) {
    const newline = text.indexOf("\n", next);
    const lineEnd = newline < 0 ? text.length : newline;
    const { start, end } = trimSpan(text, next, lineEnd);
    next = lineEnd + 1;
    if (start === end) {
      if (inRun) plusBuildEnd = Math.min(next, text.length);
      continue;
    }
    const isLineComment = text.startsWith("//", start);
    const isCode = !isLineComment && !text.startsWith("/*", start) && !text.startsWith(";", start);
    if (inRun && isCode && options.language === "asm" && isIndented(text, start)) {
      // For assembly go/build cuts the text before the first character that is no space, comment or
      // semicolon, and takes the indentation left of it for a blank line.
      plusBuildEnd = start;
    }
    if (!isLineComment) inRun = false;
    if (!inBlockComment && isLineComment) {
      const line = constraintLine(text, start, end);
      if (line !== undefined && (line.kind === "goBuild" || inRun)) found.push(line);
    }
    const rest = skipComments(text, start, end, inBlockComment);
    if (rest === "code") break;
    inBlockComment = rest === "open";
  }
  return plusBuildEnd;
}

function isIndented(text: string, start: number): boolean {
  const before = text.charCodeAt(start - 1);
  return start > 0 && before !== 0x0a && isSpace(before);
}

/** What is left of a line once its comments are skipped. */
function skipComments(
  text: string,
  start: number,
  end: number,
  inBlockComment: boolean,
): "nothing" | "open" | "code" {
  let i = start;
  let open = inBlockComment;
  while (i < end) {
    if (open) {
      const close = text.slice(i, end).indexOf("*/");
      if (close < 0) return "open";
      open = false;
      i = trimSpan(text, i + close + 2, end).start;
    } else if (text.startsWith("//", i)) {
      return "nothing";
    } else if (text.startsWith("/*", i)) {
      open = true;
      i = trimSpan(text, i + 2, end).start;
    } else {
      return "code";
    }
  }
  return open ? "open" : "nothing";
}

/** Reads a comment line as a constraint line, if it is one. */
function constraintLine(text: string, start: number, end: number): Omit<BuildLine, "effective"> | undefined {
  if (text.startsWith("//go:build", start)) {
    return keywordLine("goBuild", text, { start, end }, start + "//go:build".length);
  }
  const word = trimSpan(text, start + 2, end).start;
  if (!text.startsWith("+build", word)) return undefined;
  return keywordLine("plusBuild", text, { start, end }, word + "+build".length);
}

function keywordLine(
  kind: BuildLine["kind"],
  text: string,
  span: Span,
  keywordEnd: number,
): Omit<BuildLine, "effective"> | undefined {
  // `//go:builder` is another directive.
  if (keywordEnd < span.end && !isSpace(text.charCodeAt(keywordEnd))) return undefined;
  const exprSpan = trimSpan(text, keywordEnd, span.end);
  const expr = text.slice(exprSpan.start, exprSpan.end);
  const parsed =
    kind === "goBuild" ? parseGoBuild(expr, exprSpan.start) : parsePlusBuild(expr, exprSpan.start);
  return { kind, span, exprSpan, parsed };
}
