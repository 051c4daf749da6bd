/** Findings as `go vet` prints them: a header per package, and the start of each line as the place. */
import type { Report } from "./reported.ts";

export const vet: Report = (findings, { perTarget }) => {
  let header = "";
  let out = "";
  const ordered = perTarget ? [...findings].sort(byTarget) : findings;
  for (const { package: path, targets, file, line, message } of ordered) {
    const next = perTarget ? `# ${path} [${targets.join(" ")}]` : `# ${path}`;
    if (next !== header) out += next + "\n";
    header = next;
    out += `${file}:${line}:1: ${message}\n`;
  }
  return out;
};

function byTarget(a: { targets: readonly string[] }, b: { targets: readonly string[] }): number {
  return a.targets.join() < b.targets.join() ? -1 : a.targets.join() > b.targets.join() ? 1 : 0;
}
