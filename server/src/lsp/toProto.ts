/** Findings as the protocol has them. */
import {
  type Diagnostic,
  type DiagnosticRelatedInformation,
  DiagnosticSeverity,
  type Location,
} from "vscode-languageserver";
import type { Finding, Snapshot, SourceFile, Span, TargetSet } from "../core/index.ts";
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
  /** The URI of a file of the tree. */
  uriOf(directory: string, file: string): string;
}

const lines = new WeakMap<SourceFile, Lines>();
const noLines = new Lines("");

/** The lines of a file's text; those of an empty text where it is not known. */
export function linesOf(source: SourceFile | undefined): Lines {
  if (!source) return noLines;
  let found = lines.get(source);
  if (!found) lines.set(source, (found = new Lines(source.text)));
  return found;
}

/** A span of a file as a location. */
export function toLocation(
  snapshot: Snapshot,
  { directory, file, span }: { readonly directory: string; readonly file: string; readonly span: Span },
  uriOf: DiagnosticOptions["uriOf"],
): Location {
  return {
    uri: uriOf(directory, file),
    range: linesOf(snapshot.file(directory, file)).range(span),
  };
}

/** The diagnostic of a finding in the file of this URI; undefined where the user has turned its rule off. */
export function toDiagnostic(
  snapshot: Snapshot,
  finding: Finding,
  uri: string,
  options: DiagnosticOptions,
): Diagnostic | undefined {
  const names = targetNames(snapshot, finding.targets);
  const range = linesOf(snapshot.file(finding.directory, finding.file)).range(finding.span);
  const places = (finding.related ?? []).map((place) => ({
    location: toLocation(snapshot, place, options.uriOf),
    message: place.message,
  }));
  return diagnostic({ ...finding, range, names, uri, places }, options);
}

/** Of any finding, wherever it comes from. */
export function diagnostic(
  finding: Pick<Finding, "code" | "severity" | "message"> & {
    readonly range: Diagnostic["range"];
    readonly uri: string;
    /** The targets it holds on, the one to name first. */
    readonly names: readonly string[];
    /** What explains it. */
    readonly places?: readonly DiagnosticRelatedInformation[];
  },
  { rules, checksPage, related }: DiagnosticOptions,
): Diagnostic | undefined {
  const { code, range, uri, names, places = [] } = finding;
  const level = rules[code] ?? finding.severity;
  if (level === "off") return undefined;
  const [first, ...others] = names;
  const and = others.length === 0 ? "" : ` and ${others.length} ${others.length === 1 ? "other" : "others"}`;
  const holds = [...names].sort().join(", ");
  const information = [
    ...places,
    ...(others.length > 0 ? [{ location: { uri, range }, message: `on ${holds}` }] : []),
  ];
  return {
    range,
    severity: severities[level],
    code,
    ...(checksPage !== undefined && { codeDescription: { href: `${checksPage}#${code}` } }),
    source: "rt0",
    message: `${finding.message} (${first}${and})`,
    ...(related && information.length > 0 && { relatedInformation: information }),
  };
}

/** Names of targets; Linux, which most readers can run, first. */
export function targetNames(snapshot: Snapshot, targets: TargetSet): string[] {
  const names = [...targets].map((i) => snapshot.world.targets[i]!.name as string);
  const first = names.findIndex((name) => name.startsWith("linux/"));
  return first > 0 ? [names[first]!, ...names.slice(0, first), ...names.slice(first + 1)] : names;
}
