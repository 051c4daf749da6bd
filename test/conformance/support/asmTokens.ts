/** The tokens of assembly files as cmd/asm's own preprocessor hands them to its parser. */
import { execFileSync } from "node:child_process";
import { buildJudge, type GoRoot } from "./goroots.ts";

export interface AsmInput {
  readonly path: string;
  /** What is defined beforehand, such as GOOS_linux. */
  readonly macros: readonly string[];
}

/**
 * For each file its tokens, one a line, with an empty line where a line of assembly ends. The preprocessor
 * is a tree's own; `includes` are the directories it looks for included files in, after the file's own.
 */
export function asmTokens(
  root: GoRoot,
  files: readonly AsmInput[],
  includes: readonly string[],
): readonly string[] {
  const judge = buildJudge(root, "asmTokens", { inside: "src/cmd/asm/internal" });
  const input = files.map(({ path, macros }) => `${path}\t${macros.join()}\t${includes.join()}\n`).join("");
  const output = execFileSync(judge, { input, encoding: "utf8", maxBuffer: 1 << 30 });
  return output.split("\f").slice(1);
}
