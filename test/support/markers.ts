/**
 * Fixtures for what an editor asks of a place. A fixture is a txtar archive of a module's files, in which
 * `/*name*\/` marks places, and of sections whose names are those of questions, as `-- hover --`. A section holds
 * what is answered at every place, in their order, or, of questions about whole files, in each file:
 *
 *     call:
 *       definition of p_amd64.s 3: ·helper
 *     blank: nothing
 *
 * Run the tests with UPDATE=1 to write the answers into the fixtures.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path/posix";
import { expect } from "vitest";
import type { Snapshot } from "../../server/src/core/index.ts";
import { parseFixture, setting } from "./annotations.ts";
import { memoryProject } from "./memoryProject.ts";
import { formatTxtar, parseTxtar } from "./txtar.ts";

/** A place of a fixture, or the start of a file. */
export interface MarkedPlace {
  readonly directory: string;
  readonly file: string;
  readonly offset: number;
}

export interface Question {
  readonly about: "places" | "files";
  /** The lines of the answer; none where there is nothing to say. */
  answer(snapshot: Snapshot, place: MarkedPlace, texts: ReadonlyMap<string, string>): readonly string[];
}

/** Where the module of a fixture lies. */
export const markerRoot = "/m";

/** Expects the sections of a fixture to be what `questions` are answered in its files. */
export function checkMarkers(file: string, questions: Readonly<Record<string, Question>>): void {
  const text = readFileSync(file, "utf8");
  const answered = answer(text, questions);
  if (process.env["UPDATE"] === "1") {
    if (answered !== text) writeFileSync(file, answered);
  } else expect(answered).toBe(text);
}

function answer(text: string, questions: Readonly<Record<string, Question>>): string {
  const fixture = parseFixture(text);
  const sources = fixture.files.filter(({ path }) => questions[path] === undefined);
  const texts = new Map([[`${markerRoot}/go.mod`, "module m\n\ngo 1.27\n"]]);
  for (const { path, text } of sources) texts.set(`${markerRoot}/${path}`, text);
  const directories = new Set(sources.map(({ path }) => dirname(`${markerRoot}/${path}`)));
  const targets = setting(fixture, "targets")?.split(" ");
  const { ask } = memoryProject(texts, markerRoot, [...directories], targets);
  const { comment, files } = parseTxtar(text);
  return formatTxtar({
    comment,
    files: files.map((file) => {
      const question = questions[file.path];
      if (!question) return file;
      const lines = sources.flatMap(({ path, places }) => {
        const directory = dirname(`${markerRoot}/${path}`);
        const name = path.slice(path.lastIndexOf("/") + 1);
        const asked = question.about === "places" ? [...places] : [[path, 0] as const];
        return asked.flatMap(([title, offset]) => {
          const place = { directory, file: name, offset };
          const lines = ask((snapshot) => question.answer(snapshot, place, texts));
          if (lines.length === 0) return [`${title}: nothing`];
          return [`${title}:`, ...lines.map((line) => (line === "" ? "" : `  ${line}`))];
        });
      });
      return { path: file.path, text: `${lines.join("\n")}\n` };
    }),
  });
}
