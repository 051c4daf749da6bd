/**
 * Vet's framepointer pass, for all targets at once: line by line as vet reads, behind
 * a frameless TEXT, a line that writes the frame pointer before one that mentions it
 * otherwise or leaves the straight line. What a function really does with the register
 * is another check's affair (framePointerFlow.ts).
 *
 * The pass is x/tools' go/analysis/passes/framepointer as vendored in each release.
 */
import { LineIndex } from "../../base/lineIndex.ts";
import type { Span } from "../../base/span.ts";
import { builtTargets, type Package } from "../../model/go/packageScope.ts";
import { TargetSet } from "../../model/targets/targetSet.ts";
import { isSpace, trimSpan } from "../../syntax/build/space.ts";
import { selection } from "../../workspace/selection.ts";
import type { Snapshot } from "../../workspace/snapshot.ts";
import type { AsmSource, SourceFile } from "../../workspace/sourceFile.ts";
import type { World } from "../../workspace/world.ts";
import type { AsmProfile } from "../asmdecl/profile.ts";
import type { Finding } from "../finding.ts";
import type { Check } from "../check.ts";

export const framepointer: Check<"framepointer"> = {
  code: "framepointer",
  stage: "package",
  severity: "error",
  title: "The frame pointer is clobbered before it is saved",
  why: [
    "On amd64 and arm64 the frame pointer belongs to the caller: profilers and the execution tracer walk the stack by",
    "it, also from a signal that arrives in the middle of assembly. A function without a frame that uses the register",
    "as any other breaks that walk. The findings are those of `go vet`'s framepointer, which looks at Linux and",
    "macOS only, at functions without a frame (`$0`), and no further than the first branch.",
  ].join("\n"),
  bad: `
-- sum_amd64.go --
package p

func sum(x *int64) int64
-- sum_amd64.s --
TEXT ·sum(SB), NOSPLIT, $0-16
	MOVQ x+0(FP), BP // frame pointer is clobbered before saving
	MOVQ (BP), AX
	MOVQ AX, ret+8(FP)
	RET
`,
  good: `
-- sum_amd64.go --
package p

func sum(x *int64) int64
-- sum_amd64.s --
TEXT ·sum(SB), NOSPLIT, $0-16
	MOVQ x+0(FP), DX
	MOVQ (DX), AX
	MOVQ AX, ret+8(FP)
	RET
`,
  run: vetFindings,
};

/** How the pass reads a line, its comment and the space around it taken away. */
interface LineRules {
  readonly writes: (line: string) => boolean;
  readonly mentions: (line: string) => boolean;
  /** Whether the code behind the line may be reached by another way, so that the pass gives up. */
  readonly leaves: (line: string) => boolean;
}

type Arch = "amd64" | "arm64";

const writesBP = /,[\t\n\f\r ]*BP$/;
const mentionsBP = /\bBP\b/;
const amd64Until124: LineRules = {
  writes: (line) => writesBP.test(line),
  mentions: (line) => mentionsBP.test(line),
  leaves: (line) => line.startsWith("J") || line.startsWith("RET"),
};

const amd64: LineRules = {
  ...amd64Until124,
  leaves: (line) => line.startsWith("JMP") || line.startsWith("RET"),
};

const mentionsR29 = /\bR29\b/;
const loadsPair = /^(?:LDP|LDAXP|LDXP|CASP)/;
const arm64: LineRules = {
  writes: (line) => {
    if (line.lastIndexOf(",") > 0 && line.endsWith("R29")) return true;
    const pair = loadsPair.test(line) ? line.slice(line.lastIndexOf("("), line.lastIndexOf(")")) : "";
    return pair.startsWith("(") && pair.includes(",") && pair.includes("R29");
  },
  mentions: (line) => mentionsR29.test(line),
  leaves: (line) => ["B", "JMP", "RET"].includes(firstWord(line)),
};

/** The systems on whose targets the pass runs. */
const systems: ReadonlySet<string> = new Set(["linux", "darwin"]);

interface Answer {
  readonly package: Package;
  readonly profile: AsmProfile;
  readonly findings: readonly Finding[];
}

const none: readonly never[] = [];
const answers = new WeakMap<AsmSource, Answer>();

/** What vet says, once more asked where another check would say the same. */
export function vetFindings(
  { world }: Snapshot,
  pkg: Package,
  file: SourceFile,
  profile: AsmProfile,
): readonly Finding[] {
  if (file.kind !== "asm" || profile.framePointer === "none" || pkg.path === "runtime") return none;
  // Nearly no file names the register last on a line or in a pair.
  if (!/BP|R29/.test(file.text)) return none;
  const known = answers.get(file);
  if (known?.package === pkg && known.profile === profile) return known.findings;
  const findings = check(world, pkg, file, profile);
  answers.set(file, { package: pkg, profile, findings });
  return findings;
}

function check(world: World, pkg: Package, file: AsmSource, profile: AsmProfile): readonly Finding[] {
  const findings: Finding[] = [];
  const lines = new LineIndex(file.text);
  for (const [arch, rules] of rulesOf(profile)) {
    const targets = targetsOf(world, pkg, file, arch);
    if (targets.isEmpty) continue;
    for (const span of clobbered(file.text, rules)) {
      findings.push({
        code: "framepointer",
        severity: framepointer.severity,
        message: "frame pointer is clobbered before saving",
        directory: pkg.directory,
        file: file.name,
        span,
        line: lines.lineAt(span.start),
        targets,
      });
    }
  }
  return findings.sort((a, b) => a.span.start - b.span.start);
}

function rulesOf({ framePointer }: AsmProfile): readonly (readonly [Arch, LineRules])[] {
  if (framePointer === "amd64") return [["amd64", amd64Until124]];
  return [
    ["amd64", amd64],
    ["arm64", arm64],
  ];
}

/** The targets on which vet would check the file for this architecture. */
function targetsOf(world: World, pkg: Package, file: AsmSource, arch: Arch): TargetSet {
  const { targets } = world;
  const built = builtTargets(pkg, targets.length);
  const looked = TargetSet.where(targets.length, (i) => {
    const { goarch, goos } = targets[i]!;
    return goarch === arch && systems.has(goos);
  });
  return selection(world, file).targets.and(built).and(looked);
}

/** The lines that the pass reports, without the space around them. */
function clobbered(text: string, { writes, mentions, leaves }: LineRules): Span[] {
  const found: Span[] = [];
  let isActive = false;
  let comment = -1;
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline;
    if (comment < start) {
      const next = text.indexOf("//", start);
      comment = next < 0 ? text.length : next;
    }
    const span = trimSpan(text, start, Math.min(comment, end));
    start = end + 1;
    if (span.start === span.end) continue;
    if (startsFrameless(text, span)) isActive = true;
    else if (isActive) {
      const line = text.slice(span.start, span.end);
      const isWrite = writes(line);
      if (isWrite) found.push(span);
      if (isWrite || mentions(line) || leaves(line)) isActive = false;
    }
  }
  return found;
}

function startsFrameless(text: string, { start, end }: Span): boolean {
  if (!text.startsWith("TEXT", start)) return false;
  const line = text.slice(start, end);
  return line.includes("(SB)") && line.includes("$0");
}

function firstWord(line: string): string {
  let end = 0;
  while (end < line.length && !isSpace(line.charCodeAt(end))) end++;
  return line.slice(0, end);
}
