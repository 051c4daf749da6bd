/** What an editor is told at marked places: one fixture for an idea, see test/support/markers.ts. */
import { readdirSync } from "node:fs";
import { test } from "vitest";
import {
  definition,
  documentHighlights,
  type DocumentSymbol,
  documentSymbols,
  entityAt,
  hover,
  LineIndex,
  type Location,
  type Span,
} from "../../server/src/core/index.ts";
import { checkMarkers, markerRoot, type Question } from "../support/markers.ts";

const folder = `${import.meta.dirname}/markers`;

function locationText({ directory, file, span }: Location, texts: ReadonlyMap<string, string>): string {
  const path = `${directory}/${file}`;
  const text = texts.get(path)!;
  const line = new LineIndex(text).positionAt(span.start).line + 1;
  return `${path.slice(markerRoot.length + 1)}:${line} ${spanText(text, span)}`;
}

/** The first line of what a span holds. */
function spanText(text: string, { start, end }: Span): string {
  return text.slice(start, end).split("\n")[0]!;
}

const questions: Readonly<Record<string, Question>> = {
  entity: {
    about: "places",
    answer(snapshot, { directory, file, offset }, texts) {
      const found = entityAt(snapshot, directory, file, offset);
      if (!found) return [];
      const { kind, span, ...rest } = found;
      const details = Object.entries(rest).filter(([, value]) => value !== undefined && value !== false);
      const shown = details.map(([name, value]) => ` ${name}=${JSON.stringify(value)}`).join("");
      return [`${kind} ${spanText(texts.get(`${directory}/${file}`)!, span)}${shown}`];
    },
  },
  hover: {
    about: "places",
    answer(snapshot, { directory, file, offset }) {
      const found = hover(snapshot, directory, file, offset, { besideGopls: false });
      return found?.markdown.trimEnd().split("\n") ?? [];
    },
  },
  highlight: {
    about: "places",
    answer(snapshot, { directory, file, offset }, texts) {
      return documentHighlights(snapshot, directory, file, offset).map(({ span, isDefinition }) => {
        const place = locationText({ directory, file, span }, texts);
        return isDefinition ? `${place} (definition)` : place;
      });
    },
  },
  symbols: {
    about: "files",
    answer(snapshot, { directory, file }, texts) {
      const text = texts.get(`${directory}/${file}`)!;
      const lines = new LineIndex(text);
      const shown = ({ kind, name, detail, span, children }: DocumentSymbol): string[] => [
        `${kind} ${name} ${detail} lines ${lines.lineAt(span.start) + 1} to ${lines.lineAt(span.end) + 1}`,
        ...children.flatMap(shown).map((line) => `  ${line}`),
      ];
      return documentSymbols(snapshot, directory, file).flatMap(shown);
    },
  },
  definition: {
    about: "places",
    answer(snapshot, { directory, file, offset }, texts) {
      const found = definition(snapshot, directory, file, offset);
      return (found?.locations ?? []).map((location) => locationText(location, texts));
    },
  },
};

test.each(readdirSync(folder).filter((name) => name.endsWith(".txtar")))("%s", (name) => {
  checkMarkers(`${folder}/${name}`, questions);
});
