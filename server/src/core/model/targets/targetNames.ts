/** How many targets are named to a person, in few words and with nothing left out. */

/** A few names as they are; many by architecture: "amd64 (darwin, linux), arm64 (linux)". */
export function targetNames(targets: readonly string[]): string {
  if (targets.length <= 4) return targets.join(", ");
  return byArch(targets)
    .map(([arch, names]) => `${arch} (${names.map(systemOf).join(", ")})`)
    .join(", ");
}

/**
 * The same for targets that are some of `all`, by those that are missing where these are far fewer:
 * "all but amd64, freebsd/arm64", of which an architecture alone is all that `all` has of it.
 */
export function targetNamesAmong(targets: readonly string[], all: readonly string[]): string {
  const missing = byArch(all.filter((target) => !targets.includes(target)));
  const isAmong = targets.every((target) => all.includes(target));
  if (!isAmong || missing.length === 0 || missing.length > 2 || byArch(targets).length <= 3)
    return targetNames(targets);
  const whole = new Map(byArch(all));
  const names = missing.map(([arch, names]) => {
    if (names.length === 1) return names[0];
    return names.length === whole.get(arch)?.length ? arch : `${arch} (${names.map(systemOf).join(", ")})`;
  });
  return `all but ${names.join(", ")}`;
}

function byArch(targets: readonly string[]): (readonly [arch: string, targets: readonly string[]])[] {
  const groups = new Map<string, string[]>();
  for (const target of targets) {
    const arch = target.slice(target.indexOf("/") + 1);
    groups.set(arch, [...(groups.get(arch) ?? []), target]);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}

function systemOf(target: string): string {
  return target.slice(0, target.indexOf("/"));
}
