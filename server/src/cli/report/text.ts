/** Findings for people: the line at fault, what is meant underlined, and the targets. */
import type { Report, Reported, Summary } from "./reported.ts";

export const text: Report = (findings, summary) => {
  const blocks = findings.map((finding) => {
    const { file, line, column, severity, message, code } = finding;
    return `${file}:${line}:${column}: ${severity}: ${message} (${code})\n${excerpt(finding)}${where(finding)}\n`;
  });
  return [...blocks, closing(findings, summary)].join("\n");
};

function excerpt({ source }: Reported): string {
  if (source.text.trim() === "") return "";
  const indent = source.text.length - source.text.trimStart().length;
  const shown = source.text.slice(indent).replaceAll("\t", " ");
  const start = Math.max(source.start - indent, 0);
  const width = Math.max(source.end - indent - start, 1);
  return `    ${shown}\n    ${" ".repeat(start)}${"^".repeat(width)}\n`;
}

function where({ targets, fileTargets }: Reported): string {
  if (targets.length === fileTargets && targets.length > 1) return `  on all ${targets.length} targets that build the file`;
  const [first, ...others] = targets;
  if (others.length <= 3) return `  on ${targets.join(", ")}`;
  return `  on ${first} and ${others.length} others`;
}

function closing(findings: readonly Reported[], { packages, targets, seconds }: Summary): string {
  const files = new Set(findings.map(({ file }) => file)).size;
  const found = findings.length === 0 ? "No findings" : `${count(findings.length, "finding")} in ${count(files, "file")}`;
  return `${found}; checked ${count(packages, "package")} on ${count(targets, "target")} in ${seconds.toFixed(1)} s.\n`;
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
