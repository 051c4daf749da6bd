/**
 * Compares what rt0 and the reference say of packages, target by target: rows are
 * reduced to a key and a value, and only as many are held as a few targets have. It
 * must not know what the values mean.
 */
import { assemblyPackages, packagesWhere } from "./plant.ts";
import type { GoRoot } from "./goroots.ts";
import { chunked } from "./lines.ts";

export interface Fact {
  /** Target, package and name. */
  readonly key: string;
  readonly value: string;
}

/** The packages whose facts assembly or the system may use: those with assembly, those of the OS layer and everything internal. */
export function packagesOfInterest(root: GoRoot): readonly string[] {
  const internal = packagesWhere(root.dir, (names) => names.some((name) => name.endsWith(".go")));
  const wanted = internal.filter(
    (path) => /^(runtime|syscall|os|net|time)$/.test(path) || /^(internal|runtime|os)\//.test(path),
  );
  return [...new Set([...assemblyPackages(root.dir), ...wanted])].sort();
}

/** Asks both sides about a few targets at a time; returns the differences in words, none if there are none. */
export async function compareFacts(
  targets: readonly string[],
  expectedAt: (targets: readonly string[]) => AsyncIterable<Fact>,
  actualAt: (targets: readonly string[]) => AsyncIterable<Fact>,
): Promise<{ readonly count: number; readonly differences: readonly string[] }> {
  let count = 0;
  const differences: string[] = [];
  for (const part of chunked(targets, 16)) {
    const expected = new Map<string, string>();
    for await (const { key, value } of expectedAt(part)) expected.set(key, value);
    count += expected.size;
    for await (const { key, value } of actualAt(part)) {
      const known = expected.get(key);
      if (known !== value) differences.push(`${key}: rt0 has ${value}, the reference ${known ?? "nothing"}`);
      expected.delete(key);
    }
    for (const [key, value] of expected) differences.push(`${key}: rt0 has nothing, the reference ${value}`);
  }
  return { count, differences };
}

/** The first differences and their number. */
export function describeFacts(differences: readonly string[]): string {
  return [
    ...differences.slice(0, 20),
    ...(differences.length > 20 ? [`… ${differences.length} in all`] : []),
  ].join("\n");
}
