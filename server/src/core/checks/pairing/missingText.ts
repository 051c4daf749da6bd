/**
 * A function without a body that nothing provides on some target (linking/providers.ts),
 * or that the compiler refuses for want of assembly beside it.
 */
import type { Declared } from "../../model/go/packageScope.ts";
import type { TargetSet } from "../../model/targets/targetSet.ts";
import { describeTargets } from "../../model/targets/describeTargets.ts";
import type { LinkedPackage } from "../../linking/linkedPackage.ts";
import { textLocations } from "../../linking/linkTable.ts";
import { missingBody } from "../../linking/providers.ts";
import { nameSpan } from "../../workspace/declLocation.ts";
import type { Related } from "../finding.ts";
import { pairingCheck, type PairingFinding } from "./pairing.ts";
import type { Check } from "../check.ts";

export const missingText: Check<"missing-text"> = pairingCheck({
  code: "missing-text",
  stage: "tree",
  severity: "error",
  title: "A Go function without a body is provided nowhere",
  why: [
    "A Go function without a body is a promise that assembly, another package's `//go:linkname`, C or the compiler",
    "provides one. Where a file name or a build tag leaves a target out, only the link of a program that calls the",
    "function fails, and only on that target: `relocation target not defined`, or `missing function body`. The",
    "finding names the targets, and the places that provide the function on others.",
  ].join("\n"),
  bad: `
-- lock.go --
package p

func spin(n uint32) // for every target
-- lock_amd64.s --
TEXT ·spin(SB), NOSPLIT, $0-4
	RET
`,
  good: `
-- lock_amd64.go --
package p

func spin(n uint32)
-- lock_amd64.s --
TEXT ·spin(SB), NOSPLIT, $0-4
	RET
`,
  rule: missingBodies,
});

function missingBodies(linked: LinkedPackage): PairingFinding[] {
  const findings: PairingFinding[] = [];
  for (const list of linked.package.bodyless.values()) {
    for (const declared of list) {
      // Others may give a test its bodies too, and nobody reads all tests; methods have no symbol that assembly can write.
      if (declared.file.isTest || declared.decl.kind !== "func" || declared.decl.isMethod) continue;
      if (declared.name !== "_") findings.push(...missing(linked, declared));
    }
  }
  return findings;
}

function missing(linked: LinkedPackage, declared: Declared): PairingFinding[] {
  const { snapshot, table } = linked;
  const { file, name } = declared;
  const { undefinedOn, rejectedOn } = missingBody(linked, declared);
  const own = `${table.path}.${name}`;
  const findings: PairingFinding[] = [];
  const report = (targets: TargetSet, listed: string, where: string): void => {
    if (targets.isEmpty) return;
    const span = nameSpan(snapshot, declared);
    const related = providedOn(linked, own, undefinedOn);
    findings.push({ file: file.name, span, message: listed + where, listed, targets, related });
  };
  const { targets } = snapshot.world;
  const where = undefinedOn.equals(file.targets) ? "" : ` on ${describeTargets(undefinedOn, targets)}`;
  report(
    undefinedOn,
    `${name} has no body, and nothing provides it`,
    where + elsewhere(linked, own, undefinedOn),
  );
  report(
    rejectedOn,
    `${name} has no body, which the compiler accepts only beside assembly: no .s file is built`,
    ` on ${describeTargets(rejectedOn, targets)}`,
  );
  return findings;
}

/** Where the symbol is defined on other targets. */
function providedOn({ snapshot, table }: LinkedPackage, symbol: string, not: TargetSet): readonly Related[] {
  const texts = (table.textsByName.get(symbol) ?? []).filter((text) => !text.targets.andNot(not).isEmpty);
  return textLocations(texts).map(({ file, span, targets }) => ({
    directory: table.directory,
    file,
    span,
    message: `provided on ${describeTargets(targets, snapshot.world.targets)}`,
  }));
}

/** The part of the message that says which files have it: few by name, many by number. */
function elsewhere({ table }: LinkedPackage, symbol: string, not: TargetSet): string {
  const texts = (table.textsByName.get(symbol) ?? []).filter(({ targets }) => !targets.andNot(not).isEmpty);
  const files = [...new Set(texts.map(({ file }) => file))];
  if (files.length === 0) return "";
  const [first, ...others] = files;
  const more =
    others.length > 2 ? ` and ${others.length} other files` : others.map((file) => `, ${file}`).join("");
  return `; assembly for other targets is in ${first}${more}`;
}
