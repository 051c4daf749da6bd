/** One preview, drawn for a terminal and as Markdown, and compared with itself on another target. */
import { expect, test } from "vitest";
import {
  type PreviewModel,
  previewDiff,
  previewMarkdown,
  type PreviewSide,
  previewText,
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
