/**
 * A symbol of C that `//go:cgo_import_dynamic` brings in and that nothing refers to: no
 * assembly and no `//go:linkname` of the tree. It still makes programs depend on it.
 */
import { describeTargets } from "../../model/targets/describeTargets.ts";
import { selection } from "../../workspace/selection.ts";
import type { LinkedPackage } from "../../linking/linkedPackage.ts";
import { pairingCheck, type PairingFinding } from "../pairing/pairing.ts";
import { importDirectives, prefixOf } from "./importDirectives.ts";
import { linksOf } from "../../linking/linkIndex.ts";
import type { Check } from "../check.ts";

export const libcUnused: Check<"libc-unused"> = pairingCheck({
  code: "libc-unused",
  stage: "tree",
  severity: "hint",
  title: "Nothing uses a symbol imported from C",
  why: [
    "A `//go:cgo_import_dynamic` whose name no assembly and no `//go:linkname` mentions is left over, or the name is",
    "misspelt on one side.",
  ].join("\n"),
  bad: `
-- open_darwin_amd64.go --
package p

import "internal/abi"

//go:cgo_import_dynamic libc_opne open "/usr/lib/libSystem.B.dylib"

func open_trampoline()

var openAddr = abi.FuncPCABI0(open_trampoline)
-- open_darwin_amd64.s --
TEXT ·open_trampoline(SB), NOSPLIT, $0-0
	JMP libc_open(SB)
`,
  good: `
-- open_darwin_amd64.go --
package p

import "internal/abi"

//go:cgo_import_dynamic libc_open open "/usr/lib/libSystem.B.dylib"

func open_trampoline()

var openAddr = abi.FuncPCABI0(open_trampoline)
-- open_darwin_amd64.s --
TEXT ·open_trampoline(SB), NOSPLIT, $0-0
	JMP libc_open(SB)
`,
  rule: unusedImports,
});

function unusedImports(linked: LinkedPackage): PairingFinding[] {
  const { snapshot, table } = linked;
  const { world } = snapshot;
  const links = linksOf(snapshot);
  // A name with a dot is a variable of Go's, which any Go code may use.
  const directives = importDirectives(linked).filter(({ name }) => !name.includes("."));
  if (directives.length === 0) return [];
  const files = snapshot.directories.get(table.directory)?.files.values() ?? [];
  const prefixes = new Set(directives.map(({ name }) => prefixOf(name) ?? ""));
  const written = [...files].flatMap((file) =>
    file.kind === "asm" && [...prefixes].some((prefix) => file.text.includes(prefix))
      ? [{ mentions: file.asm.outline.mentions, targets: selection(world, file).targets }]
      : [],
  );
  return directives.flatMap(({ name, file, span, targets }): readonly PairingFinding[] => {
    // Nearly all are mentioned in a file of the package, which its outline tells at once.
    let left = targets
      .andNot(table.objects)
      .without(written.filter(({ mentions }) => mentions.has(name)).map((file) => file.targets));
    if (left.isEmpty) return [];
    left = left.andNot(table.mentions(name, left).may);
    left = left.without((table.linknamesByRemote.get(name) ?? []).map((linkname) => linkname.targets));
    if (left.isEmpty) return [];
    left = left.without((links.linknames.get(name) ?? []).map(({ item }) => item.targets));
    for (const { mentions } of links.withAssembly) {
      if (left.isEmpty) break;
      left = left.andNot(mentions(name, left).may);
    }
    if (left.isEmpty || !links.isComplete()) return [];
    const where = left.equals(targets) ? "" : ` on ${describeTargets(left, world.targets)}`;
    const listed = `nothing refers to ${name}`;
    return [{ file, span, message: listed + where, listed, targets: left, related: [] }];
  });
}
