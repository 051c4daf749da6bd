/** What the editor does while somebody types assembly: words, indentation, the line after Enter. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const path = new URL("../../syntaxes/go-asm.language-configuration.json", import.meta.url);

interface Pattern {
  readonly pattern: string;
  readonly flags: string;
}

interface OnEnterRule {
  readonly beforeText: string;
  readonly afterText?: string;
  readonly previousLineText?: string;
  readonly action: { readonly indent: string; readonly appendText?: string; readonly removeText?: number };
}

const { wordPattern, indentationRules, onEnterRules } = JSON.parse(readFileSync(path, "utf8")) as {
  readonly wordPattern: Pattern;
  readonly indentationRules: Record<"increaseIndentPattern" | "decreaseIndentPattern", Pattern>;
  readonly onEnterRules: readonly OnEnterRule[];
};

const compile = ({ pattern, flags }: Pattern) => new RegExp(pattern, flags);

function words(line: string): string | undefined {
  return line.match(new RegExp(wordPattern.pattern, `${wordPattern.flags}g`))?.join(" ");
}

test("a symbol is one word, with its package and its middle dot", () => {
  expect(words("TEXT runtime∕internal∕sys·exit<ABIInternal>(SB), NOSPLIT, $16-8")).toBe(
    "TEXT runtime∕internal∕sys·exit ABIInternal SB NOSPLIT 16 8",
  );
  expect(words("\tMOVL code+0(FP), DI // 0x1f")).toBe("MOVL code 0 FP DI 0x1f");
});

test.each([
  ["TEXT ·f(SB), NOSPLIT, $0-8", "more", "less"],
  ["loop:", "more", "less"],
  ["loop: // again", "more", "less"],
  ["GLOBL ·x(SB), RODATA, $8", "same", "less"],
  ["\tMOVQ AX, BX", "same", "same"],
  ["\tRET", "same", "same"],
])("%j: the next line is indented %s, the line itself %s", (line, next, itself) => {
  expect(compile(indentationRules.increaseIndentPattern).test(line) ? "more" : "same").toBe(next);
  expect(compile(indentationRules.decreaseIndentPattern).test(line) ? "less" : "same").toBe(itself);
});

/** What the first rule that fits puts at the start of the line after Enter at `|`; undefined where none does. */
function enter(text: string): string | undefined {
  const lines = text.split("\n");
  const [before = "", after = ""] = lines.at(-1)!.split("|");
  const previous = lines.at(-2) ?? "";
  const rule = onEnterRules.find(
    ({ beforeText, afterText, previousLineText }) =>
      new RegExp(beforeText).test(before) &&
      (afterText === undefined || new RegExp(afterText).test(after)) &&
      (previousLineText === undefined || new RegExp(previousLineText).test(previous)),
  );
  if (!rule) return undefined;
  const { indent, appendText = "", removeText = 0 } = rule.action;
  return `${indent} ${appendText}${"<".repeat(removeText)}`;
}

test.each([
  ["// a comment that is |broken", "none // "],
  ["// a comment that is whole|", undefined],
  ["\tMOVQ AX, BX // a |remark", undefined],
  ["/*|*/", "indentOutdent  * "],
  ["/* of several lines|", "none  * "],
  ["/* of one line */|", undefined],
  ["/*\n * goes on|", "none * "],
  ["/*\n * ends\n */|", "none <"],
  ["\tMULQ BX\n\t*|", undefined],
  ["#define SAVE(x) \\|", "indent "],
  ["#define ONE 1|", undefined],
])("Enter in %j", (text, expected) => {
  expect(enter(text)).toBe(expected);
});
