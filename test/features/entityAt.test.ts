/** What stands at a place: at any place of any text there is an answer, and every token of assembly is something. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { entityAt, type Snapshot } from "../../server/src/core/index.ts";
import { isTrivia, Kind, lexAsm } from "../../server/src/core/syntax/asm/lexer.ts";
import { sampleAsm } from "../support/asmSamples.ts";
import { brokenGo, sampleGo } from "../support/goSamples.ts";
import { memoryProject } from "../support/memoryProject.ts";

/** Every entity of a file covers the place that it was asked for. */
function checkEntities(snapshot: Snapshot, file: string, text: string): void {
  for (let offset = 0; offset <= text.length; offset++) {
    const found = entityAt(snapshot, "/m/p", file, offset);
    if (!found) continue;
    const { start, end } = found.span;
    if (!(0 <= start && start <= offset && offset <= end && end <= text.length && start < end))
      expect.fail(`${found.kind} of ${start} to ${end} at ${offset}`);
  }
}

function inDirectory(files: Readonly<Record<string, string>>, ask: (snapshot: Snapshot) => void): void {
  const texts = new Map(Object.entries(files).map(([name, text]) => [`/m/p/${name}`, text]));
  texts.set("/m/go.mod", "module m\n");
  memoryProject(texts, "/m", ["/m/p"], ["linux/amd64", "linux/arm64"]).ask(ask);
}

const pieces = sampleAsm.split(/(?<=[^\w·])|(?=[^\w·])/);

/** Tokens in random order, any characters, and the sample with a cut. */
const brokenAsm = fc.oneof(
  fc.string({ unit: "binary", maxLength: 120 }),
  fc.array(fc.constantFrom(...pieces), { maxLength: 120 }).map((list) => list.join("")),
  fc.tuple(fc.nat(sampleAsm.length), fc.nat(60)).map(([at, length]) => sampleAsm.slice(at, at + length)),
);

test("any assembly, as a source and as a header", () => {
  fc.assert(
    fc.property(brokenAsm, (text) => {
      inDirectory({ "p.go": "package p\n", "a.s": text, "a.h": text, "a.c": text }, (snapshot) => {
        for (const file of ["a.s", "a.h", "a.c"]) checkEntities(snapshot, file, text);
      });
    }),
    { numRuns: 60 },
  );
});

test("any Go", () => {
  fc.assert(
    fc.property(brokenGo, (text) => {
      inDirectory({ "p.go": text }, (snapshot) => checkEntities(snapshot, "p.go", text));
    }),
    { numRuns: 60 },
  );
});

test("every token of assembly is something, from its first character to its last", () => {
  inDirectory({ "p.go": "package p\n", "a.s": sampleAsm }, (snapshot) => {
    const { tokens } = lexAsm(sampleAsm);
    for (let i = 0; i < tokens.count; i++) {
      const kind = tokens.kinds[i]!;
      if (isTrivia(kind) || kind === Kind.Newline) continue;
      const start = tokens.starts[i]!;
      const end = tokens.starts[i + 1]!;
      const found = entityAt(snapshot, "/m/p", "a.s", start);
      const shown = `"${sampleAsm.slice(start, end)}" at ${start}`;
      // Behind a backslash a macro goes on.
      if (kind === Kind.Backslash) continue;
      expect(found, shown).toBeDefined();
      expect(found!.kind, shown).not.toBe("word");
      if (kind === Kind.Ident) expect(found!.span.end, shown).toBeGreaterThanOrEqual(end);
    }
  });
});

test("every name of Go is something", () => {
  inDirectory({ "p.go": sampleGo }, (snapshot) => {
    checkEntities(snapshot, "p.go", sampleGo);
    for (const { index } of sampleGo.matchAll(/(?<=\n|\t)\w+/g))
      expect(entityAt(snapshot, "/m/p", "p.go", index), `at ${index}`).toBeDefined();
  });
});
