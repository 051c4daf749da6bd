/** Findings as `go vet` prints them: a header per package, and the start of each line as the place. */
import { safeLine } from "../safeText.ts";
import { pathFrom, type Report, type Reported } from "./reported.ts";

export const vet: Report = (findings, { perTarget, cwd }) => {
  // A package's files need not follow each other in the order of paths: its subdirectories lie between them.
  const packages = new Map<string, Reported[]>();
  for (const finding of findings) {
    const header = perTarget ? `# ${finding.package} [${finding.targets[0]}]` : `# ${finding.package}`;
    const found = packages.get(header);
    if (found) found.push(finding);
    else packages.set(header, [finding]);
  }
  const lines = ({ file, path, line, message }: Reported) =>
    safeLine(`${pathFrom(cwd, path) ?? file}:${line}:1: ${message}`) + "\n";
  return [...packages].map(([header, found]) => `${safeLine(header)}\n${found.map(lines).join("")}`).join("");
};
