/**
 * A hash in a table of vDSO symbols that is not that of the symbol beside it. The
 * runtime finds a function of the vDSO by its hash alone; with a wrong one it finds
 * nothing, says nothing, and makes a system call each time. Both hashes are
 * computed here, so that any name can be checked.
 */
import { LineIndex } from "../../base/lineIndex.ts";
import type { Package, PackageFile } from "../../model/go/packageScope.ts";
import type { TargetSet } from "../../model/targets/targetSet.ts";
import { hasVdsoTables, type StatedHash, type VdsoEntry, vdsoEntries } from "../../model/go/vdsoTable.ts";
import { elfHash, gnuHash } from "../../oslayer/elfHash.ts";
import type { Snapshot } from "../../workspace/snapshot.ts";
import type { GoSource, SourceFile } from "../../workspace/sourceFile.ts";
import type { Finding } from "../finding.ts";
import type { Check } from "../check.ts";

export const vdsoHash: Check<"vdso-hash"> = {
  code: "vdso-hash",
  stage: "package",
  severity: "error",
  title: "A hash in a vDSO table is not that of its symbol",
  why: [
    "Go's runtime finds the functions that Linux maps into every process by their names' ELF and GNU hashes, which",
    "stand as numbers in its tables. With a wrong number the function is not found, and nothing says so: each call",
    "enters the kernel instead. The finding gives the right number.",
  ].join("\n"),
  bad: `
-- vdso_linux_arm64.go --
package runtime

var vdsoSymbolKeys = []vdsoSymbolKey{
	{"__kernel_clock_gettime", 0xd35ec75, 0x6e43a318, &vdsoClockgettimeSym},
}

type vdsoSymbolKey struct {
	name    string
	symHash uint32
	gnuHash uint32
	ptr     *uintptr
}

var vdsoClockgettimeSym uintptr
`,
  good: `
-- vdso_linux_arm64.go --
package runtime

var vdsoSymbolKeys = []vdsoSymbolKey{
	{"__kernel_clock_gettime", 0xb0cd725, 0xdfa941fd, &vdsoClockgettimeSym},
}

type vdsoSymbolKey struct {
	name    string
	symHash uint32
	gnuHash uint32
	ptr     *uintptr
}

var vdsoClockgettimeSym uintptr
`,
  run: findWrongHashes,
};

interface Answer {
  readonly package: Package;
  readonly findings: readonly Finding[];
}

const none: readonly never[] = [];
const answers = new WeakMap<SourceFile, Answer>();

function findWrongHashes(snapshot: Snapshot, pkg: Package, file: SourceFile): readonly Finding[] {
  if (file.kind !== "go" || !hasVdsoTables(pkg)) return none;
  let answer = answers.get(file);
  if (answer?.package !== pkg) {
    const { missCount } = snapshot;
    answer = { package: pkg, findings: run(snapshot, pkg, file) };
    if (snapshot.missCount === missCount) answers.set(file, answer);
  }
  return answer.findings;
}

function run(snapshot: Snapshot, pkg: Package, file: GoSource): readonly Finding[] {
  const member = pkg.files.find(({ name }) => name === file.name);
  if (!member) return none;
  const wrong = new Map<string, WrongHash>();
  // Nearly always one round: only where a hash is a constant with several values are there more.
  for (let left = member.targets, first = left.first; first !== undefined; first = left.first) {
    const view = snapshot.view(first);
    const { validOn, value: entries } = view.measure(() => vdsoEntries(view, pkg, member));
    const targets = left.and(validOn);
    for (const found of entries.flatMap(wrongHashes)) {
      const key = `${file.go.summary.decls.indexOf(found.entry.decl)} ${found.stated.node.start} ${found.stated.value}`;
      const known = wrong.get(key);
      wrong.set(key, { ...found, targets: known?.targets?.or(targets) ?? targets });
    }
    left = left.andNot(targets);
  }
  if (wrong.size === 0) return none;
  const index = new LineIndex(file.text);
  return [...wrong.values()].flatMap((found) => findingOf(found, pkg, member, file, index));
}

interface WrongHash {
  readonly entry: VdsoEntry;
  readonly stated: StatedHash;
  readonly which: "ELF" | "GNU";
  readonly right: number;
  readonly targets?: TargetSet;
}

function wrongHashes(entry: VdsoEntry): WrongHash[] {
  const { name, elf, gnu } = entry;
  const hashes = [
    { which: "ELF", stated: elf, right: elfHash(name) },
    { which: "GNU", stated: gnu, right: gnuHash(name) },
  ] as const;
  return hashes.flatMap(({ which, stated, right }) =>
    stated && stated.value !== BigInt(right) ? [{ entry, which, stated, right }] : [],
  );
}

function findingOf(
  { entry, stated, which, right, targets }: WrongHash,
  pkg: Package,
  member: PackageFile,
  file: GoSource,
  index: LineIndex,
): Finding[] {
  const header = file.go.declSpans[file.go.summary.decls.indexOf(entry.decl)]?.header;
  if (!header || !targets) return [];
  const span = { start: header.start + stated.node.start, end: header.start + stated.node.end };
  const newText = `0x${right.toString(16)}`;
  const message = `the ${which} hash of ${JSON.stringify(entry.name)} is ${newText}, not 0x${stated.value.toString(16)}`;
  return [
    {
      code: "vdso-hash",
      severity: vdsoHash.severity,
      message,
      directory: pkg.directory,
      file: member.name,
      span,
      line: index.lineAt(span.start),
      targets,
      fix: { title: `Change to ${newText}`, edits: [{ span, newText }] },
    },
  ];
}
