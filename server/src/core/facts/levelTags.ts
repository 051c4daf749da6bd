/** The build tags of an architecture's level, such as `amd64.v2`. It must not know how tags are evaluated. */
import { arches, type GoArch } from "./arch.ts";

/**
 * The level tags of an architecture. `level` is the value of its environment variable (GOAMD64 and
 * so on); undefined, or a value that is none, gives the default.
 */
export function levelTags(goarch: GoArch, level: string | undefined, release: number): string[] {
  const names = arches[goarch].levels?.tags((level ?? "").split(","), release) ?? [];
  return names.map((name) => `${goarch}.${name}`);
}
