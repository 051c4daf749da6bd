/** Findings as SARIF 2.1.0, which code hosts and CI systems read. */
import { checks } from "../../core/index.ts";
import { pathFrom, type Report, type Spot } from "./reported.ts";

const levels = { error: "error", warning: "warning", information: "note", hint: "note" } as const;

export const sarif: Report = (findings, { repository }) => {
  const rules = checks.map(({ code, title, why, severity }) => ({
    id: code,
    shortDescription: { text: title },
    fullDescription: { text: why.replaceAll("\n", " ") },
    defaultConfiguration: { level: levels[severity] },
  }));
  const results = findings.map((finding) => ({
    ruleId: finding.code,
    ruleIndex: rules.findIndex(({ id }) => id === finding.code),
    level: levels[finding.severity],
    message: { text: finding.message },
    locations: [{ physicalLocation: location(finding, repository) }],
    ...(finding.related.length > 0 && {
      relatedLocations: finding.related.map((spot, id) => ({
        id,
        message: { text: spot.message },
        physicalLocation: location(spot, repository),
      })),
    }),
    properties: { package: finding.package, targets: finding.targets },
  }));
  const tool = { driver: { name: "rt0", rules } };
  const run = { tool, columnKind: "utf16CodeUnits", results };
  return (
    JSON.stringify({
      $schema: "https://json.schemastore.org/sarif-2.1.0.json",
      version: "2.1.0",
      runs: [run],
    }) + "\n"
  );
};

function location(spot: Spot, repository: string) {
  return { artifactLocation: artifact(spot, repository), region: utf16Region(spot) };
}

/** Relative to the repository's top, as code hosts want it; a file outside has only its full address. */
function artifact({ path }: Spot, repository: string) {
  const below = pathFrom(repository, path);
  if (below !== undefined) return { uri: escapeUri(below), uriBaseId: "SRCROOT" };
  return { uri: `file://${path.startsWith("/") ? "" : "/"}${escapeUri(path)}` };
}

function escapeUri(path: string): string {
  // Through UTF-8 and back, so that half a surrogate pair in a file name is no error.
  return Buffer.from(path).toString().split("/").map(encodeURIComponent).join("/");
}

/** SARIF counts columns in UTF-16 units; a finding never spans lines that matter to a reader. */
function utf16Region({ line, source }: Spot) {
  return {
    startLine: line,
    startColumn: source.start + 1,
    endColumn: Math.max(source.end, source.start) + 1,
  };
}
