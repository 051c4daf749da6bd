/**
 * Whose kernel a target runs on. A System is the part of a target that the OS layer depends on; it
 * must not know releases of Go or files.
 */
import type { GoArch } from "../facts/arch.ts";
import { oses, type GoOS } from "../facts/os.ts";

/** Every target is one. */
export interface System {
  readonly goos: GoOS;
  readonly goarch: GoArch;
}

/** The system whose calls and numbers another has: android's are linux's, ios's are darwin's. */
export function kernelOf(goos: GoOS): GoOS {
  return oses[goos].implies ?? goos;
}

/** "linux/amd64". */
export function systemName({ goos, goarch }: System): string {
  return `${goos}/${goarch}`;
}

/**
 * Orders versions by their numbers: "10.9" is before "10.12", "792" before "792.1". Dates in ISO
 * form are versions too.
 */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? -1) - (right[i] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}

function numbersOf(version: string): number[] {
  return (version.match(/\d+/g) ?? []).map(Number);
}
