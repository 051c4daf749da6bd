/**
 * Checks of system calls: a rule looks at the traps of one function on one kernel and architecture. Here
 * they are found, once for all targets that share both. No rule's wording is known here.
 */
import type { Span } from "../../base/span.ts";
import type { AsmCode, AsmFunction } from "../../model/asmCode.ts";
import type { Package } from "../../model/packageScope.ts";
import type { Target } from "../../model/target.ts";
import { TargetSet } from "../../model/targetSet.ts";
import { mentionsTrap, type Trap, trapsOf } from "../../model/traps.ts";
import { kernelOf } from "../../oslayer/system.ts";
import type { AsmSource } from "../../workspace/sourceFile.ts";
import { codeCheck } from "../codeCheck.ts";
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
export function trapCheck(code: CheckCode, rule: (input: TrapInput) => Iterable<TrapFinding>) {
  return codeCheck(code, {
    concerns: mentionsTrap,
    *check({ snapshot, package: pkg, file, code: asm, targets }) {
      const all = snapshot.world.targets;
      for (const indexes of byKernel(targets, all)) {
        const holds = TargetSet.where(all.length, (index) => indexes.includes(index));
        const system = all[indexes[0]!]!;
        for (const fn of asm.functions) {
          for (const trap of trapsOf(fn, system)) {
            if (trap.kind !== "trap") continue;
            const found = rule({ trap, function: fn, system, code: asm, file, package: pkg });
            for (const { span, message } of found) yield { span, message, targets: holds };
          }
        }
      }
    },
  });
}

function byKernel(targets: TargetSet, all: readonly Target[]): readonly (readonly number[])[] {
  const groups = new Map<string, number[]>();
  for (const index of targets) {
    const { goos, goarch } = all[index]!;
    const key = `${kernelOf(goos)}/${goarch}`;
    const group = groups.get(key);
    if (group) group.push(index);
    else groups.set(key, [index]);
  }
  return [...groups.values()];
}
