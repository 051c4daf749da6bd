/** One symbol on every target as a preview: a row for each, with links to what declares and defines it. */
import { importPathOf } from "../../workspace/importPath.ts";
import type { Snapshot } from "../../workspace/snapshot.ts";
import { type MatrixRow, matrixSummary, targetMatrix } from "../targetMatrix.ts";
import type { Cell, PreviewModel, Row } from "./previewModel.ts";

/** Of a name of the package in `directory`; undefined where nothing there has the name. `targets` are indexes. */
export function matrixPreview(
  snapshot: Snapshot,
  directory: string,
  name: string,
  targets: readonly number[],
): PreviewModel | undefined {
  const all = targetMatrix(snapshot, directory, name);
  if (!all) return undefined;
  const { world } = snapshot;
  const chosen = targets.flatMap((target) => all[target] ?? []);
  const rows = chosen.map((row): Row => {
    const target = world.targets[row.target]!.name;
    return {
      key: target,
      cells: [{ text: target }, declarationCell(directory, row), ...textCells(snapshot, directory, row)],
    };
  });
  return {
    title: `${importPathOf(world.trees, directory)}.${name}`,
    sides: [
      {
        targets: chosen.map(({ target }) => world.targets[target]!.name),
        sections: [
          { kind: "notes", key: "summary", title: "In short", notes: [{ text: matrixSummary(chosen) }] },
          {
            kind: "table",
            key: "targets",
            title: "Targets",
            columns: [{ title: "target" }, { title: "declaration" }, { title: "TEXT" }, { title: "ABI" }],
            rows,
          },
        ],
      },
    ],
  };
}

function declarationCell(directory: string, { declaration }: MatrixRow): Cell {
  if (!declaration) return { text: "–" };
  const { file, span, hasBody } = declaration;
  return { text: hasBody ? `${file} (with a body)` : file, place: { directory, file, span } };
}

/** Of several definitions the first is linked to, as a cell has one place. */
function textCells({ world }: Snapshot, directory: string, { texts, isMissing }: MatrixRow): Cell[] {
  const [first] = texts;
  if (!first) return [isMissing ? { text: "missing", mark: "differs" } : { text: "–" }, { text: "" }];
  const names = texts.map(({ directory: own, file }) =>
    own === directory ? file : `${importPathOf(world.trees, own)}/${file}`,
  );
  return [
    { text: [...new Set(names)].join(", "), place: first },
    { text: [...new Set(texts.map(({ abi }) => abi))].join(", ") },
  ];
}
