/** Findings as SARIF 2.1.0, which code hosts and CI systems read. */
import { checks } from "../../core/index.ts";
import type { Report } from "./reported.ts";

const levels = { error: "error", warning: "warning", information: "note", hint: "note" } as const;

export const sarif: Report = (findings) => {
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
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(finding.file), uriBaseId: "SRCROOT" },
          region: utf16Region(finding),
        },
      },
    ],
    properties: { package: finding.package, targets: finding.targets },
  }));
  const tool = { driver: { name: "rt0", rules } };
  const run = { tool, columnKind: "utf16CodeUnits", results };
  return JSON.stringify({ $schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] }) + "\n";
};

/** SARIF counts columns in UTF-16 units; a finding never spans lines that matter to a reader. */
function utf16Region({ line, source }: Parameters<Report>[0][number]) {
  return { startLine: line, startColumn: source.start + 1, endColumn: Math.max(source.end, source.start) + 1 };
}
