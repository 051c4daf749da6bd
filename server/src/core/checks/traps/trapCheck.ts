/**
 * Checks of system calls: a rule looks at the traps of one function on one kernel and architecture. Here
 * they are found, once for all targets that share both. No rule's wording is known here.
 */
import type { Span } from "../../base/span.ts";
import type { AsmCode, AsmFunction } from "../../model/asm/asmCode.ts";
import type { Package } from "../../model/go/packageScope.ts";
import type { Target } from "../../model/targets/target.ts";
import { TargetSet } from "../../model/targets/targetSet.ts";
import { mentionsTrap, type Trap, trapsOf } from "../../model/asm/traps.ts";
import { kernelOf } from "../../oslayer/system.ts";
import type { AsmSource } from "../../workspace/sourceFile.ts";
import { knownOSNames } from "../../facts/os.ts";
import { macroNames } from "../../model/asm/macroNames.ts";
import { knownNames } from "../../model/targets/selectFile.ts";
import { fileNameTags } from "../../syntax/build/fileName.ts";
import { selection } from "../../workspace/selection.ts";
import type { World } from "../../workspace/world.ts";
import { codeCheck } from "../codeCheck.ts";
import type { About, Check } from "../check.ts";
import type { CheckCode } from "../registry.ts";

export interface TrapInput {
  readonly trap: Trap;
  readonly function: AsmFunction;
  /** One of those on which the trap is this. */
  readonly system: Target;
  readonly code: AsmCode;
  readonly file: AsmSource;
  readonly package: Package;
}

export interface TrapFinding {
  /** In `code.text`. */
  readonly span: Span;
  readonly message: string;
}

/** A check made of a rule for traps that enter the kernel. */
export function trapCheck<Code extends CheckCode>({
  rule,
  ...about
}: About<Code> & { rule(input: TrapInput): Iterable<TrapFinding> }): Check<Code> {
  return codeCheck({
    ...about,
    concerns: (_, file) => mayTrap(file),
    *check({ snapshot, package: pkg, file, code: asm, targets }) {
      const places = new Map<string, Judged[]>();
      const isOfSystem = namesSystem(snapshot.world, file);
      for (const { trap, function: fn, system, targets: all } of kernelTraps(asm, snapshot.world.targets)) {
        const holds = all.and(targets);
        if (holds.isEmpty || !trap.abi) continue;
        // What enters a monitor, or a hypervisor, on bare metal is no system call.
        if (!isOfSystem && !namesCall(trap, file, asm)) continue;
        const findings = [...rule({ trap, function: fn, system, code: asm, file, package: pkg })];
        const key = `${system.goarch} ${trap.statement.start}`;
        places.set(key, [...(places.get(key) ?? []), { holds, findings }]);
      }
      for (const judged of places.values()) {
        // A file that says nothing of systems is meant for one of them: what is right there is right.
        if (judged.some(({ findings }) => findings.length === 0)) continue;
        for (const { holds, findings } of judged)
          for (const { span, message } of findings) yield { span, message, targets: holds };
      }
    },
  });
}

/** Whether a file's name or constraint has a system in it. */
function namesSystem(world: World, file: AsmSource): boolean {
  const { header } = selection(world, file);
  const tags = header.lines.flatMap((line) => (line.effective ? line.parsed.tags.map(({ tag }) => tag) : []));
  return [...fileNameTags(file.name, knownNames(world.context.release)), ...tags].some(
    (tag) => tag !== undefined && (tag === "unix" || knownOSNames.has(tag)),
  );
}

/** Whether the number is written by a call's name, `SYS_write`. */
function namesCall({ number }: Trap, file: AsmSource, code: AsmCode): boolean {
  return number.kind === "constant" && macroNames(file.text, code, number.from).length > 0;
}

/** What a rule says of a trap on one kernel. */
interface Judged {
  readonly holds: TargetSet;
  readonly findings: readonly TrapFinding[];
}

const mentions = new WeakMap<AsmSource, boolean>();

/** Looked for once for all rules. */
function mayTrap(file: AsmSource): boolean {
  let may = mentions.get(file);
  if (may === undefined) mentions.set(file, (may = mentionsTrap(file.text, "kernel")));
  return may;
}

interface KernelTrap {
  readonly trap: Trap;
  readonly function: AsmFunction;
  readonly system: Target;
  readonly targets: TargetSet;
}

const found = new WeakMap<AsmCode, readonly KernelTrap[]>();

/** Found once for all rules. */
function kernelTraps(code: AsmCode, all: readonly Target[]): readonly KernelTrap[] {
  const known = found.get(code);
  if (known) return known;
  const traps: KernelTrap[] = [];
  const groups = new Map<string, number[]>();
  for (const index of code.targets) {
    const { goos, goarch } = all[index]!;
    const key = `${kernelOf(goos)}/${goarch}`;
    const group = groups.get(key);
    if (group) group.push(index);
    else groups.set(key, [index]);
  }
  for (const group of groups.values()) {
    const system = all[group[0]!]!;
    const own = code.functions.flatMap((fn) =>
      trapsOf(fn, system, "kernel").map((trap) => ({ trap, function: fn })),
    );
    if (own.length === 0) continue;
    const targets = TargetSet.where(all.length, (index) => group.includes(index));
    for (const one of own) traps.push({ ...one, system, targets });
  }
  found.set(code, traps);
  return traps;
}
