/** Findings as the protocol has them. What they say is the core's business. */
import {
  type Diagnostic,
  DiagnosticSeverity,
  type Location as ProtocolLocation,
} from "vscode-languageserver";
import { type Finding, findingText, type Location, type Snapshot, type World } from "../core/index.ts";
import { linesOf } from "./lines.ts";
import type { RuleLevel, Settings } from "./settings.ts";

const severities: Record<Exclude<RuleLevel, "off">, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

export interface DiagnosticOptions {
  readonly rules: Settings["rules"];
  /** Address of the page that explains the checks. */
  readonly checksPage: string | undefined;
  /** The client shows related information. */
  readonly showsRelated: boolean;
}

/** The URI of a file of a tree. */
export type UriOf = (directory: string, file: string) => string;

/** A location of a tree as the protocol writes it. */
export function toLocation(
  snapshot: Snapshot,
  { directory, file, span }: Location,
  uriOf: UriOf,
): ProtocolLocation {
  return { uri: uriOf(directory, file), range: linesOf(snapshot.file(directory, file)).range(span) };
}

/** The diagnostic of a finding of this tree; undefined where the user has turned its rule off. */
export function toDiagnostic(
  snapshot: Snapshot,
  finding: Finding,
  uriOf: UriOf,
  options: DiagnosticOptions,
): Diagnostic | undefined {
  const diagnostic = diagnosticAt(toLocation(snapshot, finding, uriOf), finding, snapshot.world, options);
  if (!diagnostic || !options.showsRelated || !finding.related) return diagnostic;
  const related = finding.related.map((place) => ({
    location: toLocation(snapshot, place, uriOf),
    message: place.message,
  }));
  return { ...diagnostic, relatedInformation: [...related, ...(diagnostic.relatedInformation ?? [])] };
}

/** The same of what was found in a file that is in no tree. */
export function diagnosticAt(
  location: ProtocolLocation,
  finding: Pick<Finding, "code" | "severity" | "message" | "targets">,
  world: World,
  { rules, checksPage, showsRelated }: DiagnosticOptions,
): Diagnostic | undefined {
  const { code } = finding;
  const level = rules[code] ?? finding.severity;
  if (level === "off") return undefined;
  const { message, targets } = findingText(world, finding);
  return {
    range: location.range,
    severity: severities[level],
    code,
    ...(checksPage !== undefined && { codeDescription: { href: `${checksPage}#${code}` } }),
    source: "rt0",
    message,
    ...(showsRelated && targets !== undefined && { relatedInformation: [{ location, message: targets }] }),
  };
}
