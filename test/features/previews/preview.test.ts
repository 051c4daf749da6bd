/** One preview, drawn for a terminal and as Markdown, and compared with itself on another target. */
import { expect, test } from "vitest";
import {
  type PreviewModel,
  previewDiff,
  previewMarkdown,
  type PreviewSide,
  previewText,
  revisedSides,
  revisionsMarkdown,
  revisionsText,
} from "../../../server/src/core/index.ts";

const padding = { name: "", type: "", isPadding: true, fields: [] } as const;

const wide: PreviewSide = {
  targets: ["linux/amd64", "linux/arm64"],
  sections: [
    {
      kind: "bytes",
      key: "layout",
      title: "Layout",
      size: 24,
      align: 8,
      fields: [
        { name: "events", type: "uint32", offset: 0, size: 4, isPadding: false, fields: [], note: "u32" },
        { ...padding, offset: 4, size: 4, mark: "waste" },
        {
          name: "data",
          type: "[2]*T",
          offset: 8,
          size: 16,
          isPadding: false,
          mark: "differs",
          fields: [
            { name: "0", type: "*T", offset: 8, size: 8, isPadding: false, fields: [] },
            { name: "1", type: "*T", offset: 16, size: 8, isPadding: false, fields: [] },
          ],
        },
      ],
    },
    {
      kind: "table",
      key: "uses",
      title: "Uses",
      columns: [{ title: "line", align: "right" }, { title: "what" }],
      rows: [
        { key: "a", cells: [{ text: "7" }, { text: "a | b" }] },
        { key: "b", cells: [{ text: "12" }, { text: "_x_\u0007", mark: "differs" }] },
      ],
    },
    { kind: "notes", key: "notes", title: "Notes", notes: [{ text: "first\nand more" }, { text: "second" }] },
  ],
};

const narrow: PreviewSide = {
  targets: ["linux/386"],
  sections: [
    {
      kind: "bytes",
      key: "layout",
      title: "Layout",
      size: 12,
      align: 4,
      fields: [
        { name: "events", type: "uint32", offset: 0, size: 4, isPadding: false, fields: [], note: "u32" },
        { name: "data", type: "[2]*T", offset: 4, size: 8, isPadding: false, fields: [] },
      ],
    },
    { kind: "table", key: "uses", title: "Uses", columns: [{ title: "line" }, { title: "what" }], rows: [] },
    wide.sections[2]!,
  ],
};

const model: PreviewModel = { title: "p.event", sides: [wide, narrow] };

test("as a terminal shows it", () => {
  expect(previewText(model)).toBe(`p.event

on linux/amd64, linux/arm64

  Layout: 24 bytes, aligned to 8
    offset  size  field      type
         0     4  events     uint32  u32
         4     4  (padding)
         8    16  data       [2]*T   ≠
         8     8    0        *T
        16     8    1        *T

  Uses
    line  what
       7  a | b
      12  _x_  ≠

  Notes
    first and more
    second

on linux/386

  Layout: 12 bytes, aligned to 4
    offset  size  field   type
         0     4  events  uint32  u32
         4     8  data    [2]*T

  Uses: none

  Notes
    first and more
    second
`);
});

test("as Markdown, whatever the texts hold", () => {
  expect(previewMarkdown({ title: "p.event", sides: [wide] })).toBe(`# p.event

## linux/amd64, linux/arm64

### Layout: 24 bytes, aligned to 8

| offset | size | field | type |  |
| ---: | ---: | --- | --- | --- |
| 0 | 4 | \`events\` | \`uint32\` | u32 |
| 4 | 4 | *padding* |  |  |
| 8 | 16 | \`data\` | \`[2]*T\` | **≠** |
| 8 | 8 | \`data.0\` | \`*T\` |  |
| 16 | 8 | \`data.1\` | \`*T\` |  |

### Uses

| line | what |
| ---: | --- |
| 7 | a \\| b |
| 12 | **\\_x\\_\u0007 ≠** |

### Notes

- first and more
- second
`);
});

test("against another side, by keys", () => {
  expect(previewDiff(wide, wide).map(({ state }) => state)).toEqual(["same", "same", "same"]);
  const [layout, uses, notes] = previewDiff(wide, narrow);
  expect(layout).toEqual({
    key: "layout",
    state: "changed",
    onlyHere: new Set(["events…", "data.0", "data.1"]),
    changed: new Map([["data", new Set([0, 1])]]),
    missing: [],
  });
  expect(uses).toMatchObject({ state: "changed", onlyHere: new Set(["a", "b"]) });
  expect(notes?.state).toBe("same");
  expect(previewDiff(narrow, wide)[0]?.missing).toEqual(["events…", "data.0", "data.1"]);
  expect(previewDiff(wide, { targets: ["a/b"], sections: [] })[0]?.state).toBe("onlyHere");
});

test("two revisions, as a diff: targets without a difference are only named", () => {
  const then: PreviewModel = {
    title: "p.event",
    sides: [
      { ...narrow, targets: ["linux/amd64"] },
      { ...wide, targets: ["linux/arm64", "plan9/386"] },
      { ...narrow, targets: ["linux/386"] },
    ],
  };
  const targets = ["linux/386", "linux/amd64", "linux/arm64", "plan9/386", "plan9/arm"];
  const sides = revisedSides(model, then, targets);
  expect(sides.map(({ targets, here, there, isSame }) => [targets, !!here, !!there, isSame])).toEqual([
    [["linux/amd64"], true, true, false],
    [["plan9/386"], false, true, false],
    [["linux/386"], true, true, true],
    [["linux/arm64"], true, true, true],
  ]);
  const names = { here: "working tree", there: "HEAD" };
  const shown = [sides[0]!, sides[2]!, sides[3]!];
  const text = `p.event
--- HEAD
+++ working tree

on linux/amd64

- Layout: 12 bytes, aligned to 4
+ Layout: 24 bytes, aligned to 8
    offset  size  field      type
         0     4  events     uint32  u32
+        4     4  (padding)
-        4     8  data       [2]*T
+        8    16  data       [2]*T   ≠
+        8     8    0        *T
+       16     8    1        *T

- Uses: none
+ Uses
    line  what
+      7  a | b
+     12  _x_  ≠

  Notes
    first and more
    second

the same on linux/386

the same on linux/arm64
`;
  expect(revisionsText("p.event", shown, names)).toBe(text);
  expect(revisionsMarkdown("p.event", shown, names)).toBe(`# p.event\n\n\`\`\`diff\n${text}\`\`\`\n`);
  const gone = revisionsText("p.event", [sides[1]!], names).split("\n");
  expect(gone.filter((line) => line.startsWith("- "))).toEqual([
    "- Layout: 24 bytes, aligned to 8",
    "-        0     4  events     uint32  u32",
    "-        4     4  (padding)",
    "-        8    16  data       [2]*T   ≠",
    "-        8     8    0        *T",
    "-       16     8    1        *T",
    "- Uses",
    "-      7  a | b",
    "-     12  _x_  ≠",
    "- Notes",
    "-   first and more",
    "-   second",
  ]);
});

/** A table of rows that consist of their keys. */
const table = (...keys: readonly string[]): PreviewModel => ({
  title: "t",
  sides: [
    {
      targets: ["linux/386"],
      sections: [
        {
          kind: "table",
          key: "t",
          title: "T",
          columns: [{ title: "" }],
          rows: keys.map((key) => ({ key, cells: [{ text: key }] })),
        },
      ],
    },
  ],
});

test("rows that are gone stand where they stood", () => {
  const sides = revisedSides(table("a", "d", "c", "e"), table("x", "a", "b", "c", "d", "y"), ["linux/386"]);
  const lines = revisionsText("t", sides, { here: "here", there: "there" }).split("\n").slice(7);
  expect(lines).toEqual(["-   x", "    a", "-   b", "    d", "    c", "+   e", "-   y", ""]);
});
