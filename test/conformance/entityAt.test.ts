/**
 * Every token of package runtime's assembly is something to the editor, and every name in it something in particular;
 * what it mentions by labels, macros and names of go_asm.h is defined somewhere.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { definition, entityAt, LineIndex } from "../../server/src/core/index.ts";
import { isTrivia, Kind, lexAsm } from "../../server/src/core/syntax/asm/lexer.ts";
import { memoryProject } from "../support/memoryProject.ts";
import { eachRoot } from "./support/eachRoot.ts";

/** Macros that no file defines: the assembler's own, and those of textflag.h and funcdata.h, which are not expanded. */
const predefined = /^(?:GO|NO_LOCAL_POINTERS|PCDATA_|FUNCDATA_|SPR)/;

/**
 * Names that are not followed: a label that the user of a macro has ("restore"), what a macro makes symbols of, and
 * a label that msan_loong64.s of Go 1.27 jumps to and does not have ("call").
 */
const notFollowed = /^(?:restore|_?main|_+rt0_\w+|call)$/;

eachRoot(({ dir }) => {
  test("package runtime's assembly", { timeout: 300_000 }, () => {
    const source = join(dir, "src/runtime");
    const texts = new Map([["/m/go.mod", "module m\n"]]);
    for (const below of ["", "cgo/"]) {
      for (const name of readdirSync(join(source, below))) {
        if (!/\.(?:s|h|go)$/.test(name)) continue;
        texts.set(`/m/runtime/${below}${name}`, readFileSync(join(source, below, name), "utf8"));
      }
    }
    const { ask } = memoryProject(texts, "/m", ["/m/runtime", "/m/runtime/cgo"]);
    const problems = ask((snapshot) =>
      [...texts].flatMap(([path, text]) => {
        if (!path.endsWith(".s") || path.includes("/cgo/")) return [];
        const file = path.slice(path.lastIndexOf("/") + 1);
        const lines = new LineIndex(text);
        const { tokens } = lexAsm(text);
        const found: string[] = [];
        for (let i = 0; i < tokens.count; i++) {
          const kind = tokens.kinds[i]!;
          if (isTrivia(kind) || kind === Kind.Newline || kind === Kind.Backslash) continue;
          const start = tokens.starts[i]!;
          const name = text.slice(start, tokens.starts[i + 1]);
          const entity = entityAt(snapshot, "/m/runtime", file, start);
          const where = `${file}:${lines.lineAt(start) + 1} ${name}`;
          if (!entity || entity.kind === "word") found.push(`${where} is ${entity?.kind ?? "nothing"}`);
          if (kind !== Kind.Ident || notFollowed.test(name)) continue;
          const isNamed = entity?.kind === "label" || (entity?.kind === "macro" && !predefined.test(name));
          if (isNamed && entity.role === "use" && !definition(snapshot, "/m/runtime", file, start))
            found.push(`${where}: no ${entity.kind} of that name`);
        }
        return found;
      }),
    );
    expect(problems).toEqual([]);
  });
});
