/** How many targets are named to a person, in few words and with nothing left out. */

/** A few names as they are; many by architecture: "amd64 (darwin, linux), arm64 (linux)". */
export function targetNames(targets: readonly string[]): string {
  if (targets.length <= 4) return targets.join(", ");
  const systems = new Map<string, string[]>();
  for (const target of targets) {
    const [os, arch] = target.split("/") as [string, string];
    systems.set(arch, [...(systems.get(arch) ?? []), os]);
  }
  const arches = [...systems].sort(([a], [b]) => (a < b ? -1 : 1));
  return arches.map(([arch, names]) => `${arch} (${names.join(", ")})`).join(", ");
}
