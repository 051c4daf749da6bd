/** Findings as the protocol has them. */
import { type Diagnostic, DiagnosticSeverity } from "vscode-languageserver";
import type { Finding, Snapshot, TargetSet } from "../core/index.ts";
import { Lines } from "./lines.ts";
import type { RuleLevel, Settings } from "./settings.ts";

const severities: Record<Exclude<RuleLevel, "off">, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

export interface DiagnosticOptions {
  readonly rules: Settings["rules"];
  readonly checksPage: string | undefined;
  /** The client shows related information. */
  readonly related: boolean;
}

const linesOf = new WeakMap<object, Lines>();

/** The diagnostic of a finding in the file of this URI; undefined where the user has turned its rule off. */
export function toDiagnostic(
  snapshot: Snapshot,
  finding: Finding,
  uri: string,
  options: DiagnosticOptions,
): Diagnostic | undefined {
  const source = snapshot.directories.get(finding.directory)?.files.get(finding.file);
  let lines = source && linesOf.get(source);
  if (!lines) {
    lines = new Lines(source?.text ?? "");
    if (source) linesOf.set(source, lines);
  }
  const names = targetNames(snapshot, finding.targets);
  return diagnostic({ ...finding, range: lines.range(finding.span), names, uri }, options);
}

/** Of any finding, wherever it comes from. */
export function diagnostic(
  finding: Pick<Finding, "code" | "severity" | "message"> & {
    readonly range: Diagnostic["range"];
    readonly uri: string;
    /** The targets it holds on, the one to name first. */
    readonly names: readonly string[];
  },
  { rules, checksPage, related }: DiagnosticOptions,
): Diagnostic | undefined {
  const { code, range, uri, names } = finding;
  const level = rules[code] ?? finding.severity;
  if (level === "off") return undefined;
  const [first, ...others] = names;
  const and = others.length === 0 ? "" : ` and ${others.length} ${others.length === 1 ? "other" : "others"}`;
  const holds = [...names].sort().join(", ");
  return {
    range,
    severity: severities[level],
    code,
    ...(checksPage !== undefined && { codeDescription: { href: `${checksPage}#${code}` } }),
    source: "rt0",
    message: `${finding.message} (${first}${and})`,
    ...(related &&
      others.length > 0 && { relatedInformation: [{ location: { uri, range }, message: `on ${holds}` }] }),
  };
}

/** Names of targets; Linux, which most readers can run, first. */
export function targetNames(snapshot: Snapshot, targets: TargetSet): string[] {
  const names = [...targets].map((i) => snapshot.world.targets[i]!.name as string);
  const first = names.findIndex((name) => name.startsWith("linux/"));
  return first > 0 ? [names[first]!, ...names.slice(0, first), ...names.slice(first + 1)] : names;
}
