/**
 * Groups targets for which the preprocessor does the same with a file: those on which the
 * same of the macros that it asks for are predefined. It must not know what is in the file.
 */
import { asmMacros } from "./asmMacros.ts";
import type { AsmText } from "./asmUnit.ts";
import type { BuildConfig } from "../targets/selectFile.ts";
import { TargetSet } from "../targets/targetSet.ts";

export interface MacroClass {
  /** Of the macros asked for, those that are predefined. */
  readonly predefined: readonly string[];
  readonly targets: TargetSet;
}

/** The targets grouped by which of the tested macros are predefined on them. */
export function macroClasses(
  targets: TargetSet,
  config: BuildConfig,
  tested: ReadonlySet<string>,
): MacroClass[] {
  const found = new Map<string, MacroClass>();
  for (const target of targets) {
    const macros = asmMacros(config.targets[target]!, config.context);
    const predefined = [...macros].filter((macro) => tested.has(macro)).sort();
    const alone = TargetSet.single(targets.length, target);
    const key = predefined.join();
    const known = found.get(key);
    found.set(key, { predefined, targets: known ? known.targets.or(alone) : alone });
  }
  return [...found.values()];
}

const plainHeaders = /(^|\/)(textflag|funcdata|go_asm|go_tls)\.h$/;

/** Whether nothing is to be learned from a header: it defines no TEXT, and no macro for one. */
export function isPlainHeader(path: string): boolean {
  return plainHeaders.test(path);
}

/** The files that a file includes, and those that they include, by the path of the `#include`. */
export function includedTexts(
  file: AsmText,
  include: (path: string) => AsmText | undefined,
): ReadonlyMap<string, AsmText> {
  const found = new Map<string, AsmText>();
  const collect = ({ outline }: AsmText): void => {
    for (const path of outline.includes) {
      if (found.has(path)) continue;
      const text = include(path);
      if (text === undefined) continue;
      found.set(path, text);
      collect(text);
    }
  };
  collect(file);
  return found;
}
