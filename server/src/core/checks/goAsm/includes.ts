/** What the headers that an assembly file includes have to do with go_asm.h. */
import type { AsmText } from "../../model/asm/asmUnit.ts";
import { includedTexts } from "../../model/asm/macroClasses.ts";
import type { Package } from "../../model/go/packageScope.ts";
import type { Snapshot } from "../../workspace/snapshot.ts";
import type { AsmSource } from "../../workspace/sourceFile.ts";

export interface Includes {
  /** Whether the file includes go_asm.h, itself or through another header. */
  readonly hasGoAsm: boolean;
  /** Whether every other header is at hand, so that all names are known which they define. */
  readonly isComplete: boolean;
  /** The file, and the headers that it includes. */
  readonly texts: readonly AsmText[];
}

/** Headers of Go's own whose macros are known without reading them. */
const known = /(^|\/)(textflag|funcdata|go_asm|go_tls)\.h$/;

export function includesOf(snapshot: Snapshot, pkg: Package, { asm }: AsmSource): Includes {
  let isComplete = true;
  const included = includedTexts(asm, (path) => {
    const found = snapshot.included(pkg.directory, path)?.text;
    if (!found && !known.test(path)) isComplete = false;
    return found;
  });
  const texts = [asm, ...included.values()];
  const hasGoAsm = texts.some(({ outline }) =>
    outline.includes.some((path) => /(^|\/)go_asm\.h$/.test(path)),
  );
  return { hasGoAsm, isComplete, texts };
}
