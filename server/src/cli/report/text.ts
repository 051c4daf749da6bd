/** Findings for people: the line at fault, what is meant underlined, and the targets. */
import { onTargets } from "../../core/index.ts";
import { safeLine } from "../safeText.ts";
import { pathFrom, type Report, type Reported, type Summary } from "./reported.ts";

export const text: Report = (findings, summary) => {
  const blocks = findings.map((finding) => {
    const { file, path, line, column, severity, message, code } = finding;
    const place = `${pathFrom(summary.cwd, path) ?? file}:${line}:${column}`;
    return `${safeLine(`${place}: ${severity}: ${message}`)} (${code})\n${excerpt(finding)}${where(finding)}\n`;
  });
  return [...blocks, closing(findings, summary)].join("\n");
};

/** How much of a long line is shown, in UTF-16 units. */
const shownWidth = 120;

function excerpt({ source }: Reported): string {
  const { text } = source;
  if (text.trim() === "") return "";
  const indent = text.length - text.trimStart().length;
  // A line that is too long is cut on the left until the fault shows.
  const from = source.end - indent <= shownWidth ? indent : Math.max(source.start - 20, indent);
  const to = Math.min(text.length, from + shownWidth);
  const before = from > indent ? "…" : "";
  const start = Math.max(source.start - from, 0);
  const width = Math.max(Math.min(source.end, to) - from - start, 1);
  const shown = before + safeLine(text.slice(from, to)) + (to < text.length ? "…" : "");
  return `    ${shown}\n    ${" ".repeat(before.length + start)}${"^".repeat(width)}\n`;
}

/** In lines of a hundred columns, where more architectures are named than fit. */
function where(finding: Reported): string {
  const lines: string[] = [];
  for (const part of onTargets(finding.targets, finding.fileTargets).split(/(?<=\),) /)) {
    const longer = [...lines.slice(-1), part].join(" ");
    if (longer.length <= 98) lines.splice(-1, 1, longer);
    else lines.push(part);
  }
  return `  ${lines.join("\n     ")}`;
}

function closing(findings: readonly Reported[], { packages, targets, seconds }: Summary): string {
  const checked = `checked ${count(packages, "package")} on ${count(targets, "target")}`;
  const time = `in ${seconds.toFixed(seconds < 1 ? 2 : 1)} s`;
  if (packages === 0) return "No package with assembly; nothing to check.\n";
  if (findings.length === 0) return `No findings; ${checked} ${time}.\n`;
  const files = new Set(findings.map(({ file }) => file)).size;
  return `${count(findings.length, "finding")} in ${count(files, "file")}; ${checked} ${time}.\n`;
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
