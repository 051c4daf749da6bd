/** Findings as the protocol has them. What they say is the core's business. */
import {
  type Diagnostic,
  DiagnosticSeverity,
  type Location as ProtocolLocation,
  type Range,
} from "vscode-languageserver";
import {
  type Finding,
  type Location,
  onTargets,
  selectingTargetsOf,
  type Snapshot,
  type TargetSet,
  type World,
} from "../core/index.ts";
import { linesOf, type PositionEncoding } from "./lines.ts";
import type { RuleLevel, Settings } from "./settings.ts";

const severities: Record<Exclude<RuleLevel, "off">, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

export interface LocationOptions {
  /** The URI of a file of the tree. */
  uriOf(directory: string, file: string): string;
  readonly encoding: PositionEncoding;
}

export interface DiagnosticOptions extends LocationOptions {
  readonly rules: Settings["rules"];
  explain(code: string): Pick<Diagnostic, "codeDescription">;
  /** The client shows related information. */
  readonly showsRelated: boolean;
}

/** A location of a tree as the protocol writes it. */
export function toLocation(
  snapshot: Snapshot,
  { directory, file, span }: Location,
  { uriOf, encoding }: LocationOptions,
): ProtocolLocation {
  const lines = linesOf(snapshot.file(directory, file), encoding);
  return { uri: uriOf(directory, file), range: lines.range(span) };
}

/** The diagnostic of a finding of this tree; undefined where the user has turned its rule off. */
export function toDiagnostic(
  snapshot: Snapshot,
  finding: Finding,
  options: DiagnosticOptions,
): Diagnostic | undefined {
  const { world } = snapshot;
  const building = selectingTargetsOf(snapshot, finding.directory, finding.file);
  const where = onTargets(namesOf(world, finding.targets), namesOf(world, building));
  const { range } = toLocation(snapshot, finding, options);
  const diagnostic = diagnosticAt(range, { ...finding, message: `${finding.message} (${where})` }, options);
  if (!diagnostic || !options.showsRelated || !finding.related) return diagnostic;
  const relatedInformation = finding.related.map((related) => ({
    location: toLocation(snapshot, related, options),
    message: related.message,
  }));
  return { ...diagnostic, relatedInformation };
}

/** The same of what was found in a file that is in no tree; the message says where it holds. */
export function diagnosticAt(
  range: Range,
  { code, severity, message }: Pick<Finding, "code" | "severity" | "message">,
  { rules, explain }: Pick<DiagnosticOptions, "rules" | "explain">,
): Diagnostic | undefined {
  const level = rules[code] ?? severity;
  if (level === "off") return undefined;
  return {
    range,
    severity: severities[level],
    code,
    ...explain(code),
    source: "rt0",
    message,
  };
}

export function namesOf({ targets }: Pick<World, "targets">, set: TargetSet): string[] {
  return [...set].map((i) => targets[i]!.name);
}
