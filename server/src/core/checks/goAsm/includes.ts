/** What the headers that an assembly file includes have to do with go_asm.h. */
import { includedTexts } from "../../model/macroClasses.ts";
import type { Package } from "../../model/packageScope.ts";
import type { Snapshot } from "../../workspace/snapshot.ts";
import type { AsmSource } from "../../workspace/sourceFile.ts";

export interface Includes {
  /** Whether the file includes go_asm.h, itself or through another header. */
  readonly hasGoAsm: boolean;
  /** Whether every other header is at hand, so that all names are known which they define. */
  readonly isComplete: boolean;
  /** Names with an underscore that the file or a header mentions and neither of them defines; not looked for without go_asm.h. */
  readonly openNames: ReadonlySet<string>;
}

/** Headers of Go's own whose macros are known without reading them. */
const known = /(^|\/)(textflag|funcdata|go_asm|go_tls)\.h$/;

export function includesOf(snapshot: Snapshot, pkg: Package, { asm }: AsmSource): Includes {
  let isComplete = true;
  const texts = includedTexts(asm, (path) => {
    const found = snapshot.included(pkg.directory, path)?.text;
    if (!found && !known.test(path)) isComplete = false;
    return found;
  });
  const outlines = [asm.outline, ...[...texts.values()].map(({ outline }) => outline)];
  const hasGoAsm = outlines.some(({ includes }) => includes.some((path) => /(^|\/)go_asm\.h$/.test(path)));
  const openNames = new Set<string>();
  if (hasGoAsm)
    for (const { mentions } of outlines)
      for (const name of mentions)
        if (name.includes("_", 1) && /^\w+$/.test(name) && !outlines.some(({ defines }) => defines.has(name)))
          openNames.add(name);
  return { hasGoAsm, isComplete, openNames };
}
