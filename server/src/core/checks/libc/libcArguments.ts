/**
 * A trampoline that reads or writes what Go did not pass: behind the end of the arguments,
 * or across two of them. Go passes the address of a struct, or of its own arguments, in
 * the register of C's first argument; the trampoline takes the parts from there.
 */
import { arches, goarches } from "../../facts/arch.ts";
import type { Architecture, CFacts } from "../../facts/architecture.ts";
import { oses } from "../../facts/os.ts";
import { fieldWidth } from "../../facts/memoryWidth.ts";
import { TargetSet } from "../../model/targets/targetSet.ts";
import type { AsmFunction } from "../../model/asm/asmCode.ts";
import type { Instruction, Operand } from "../../syntax/asm/ast.ts";
import { evaluate } from "../../syntax/asm/evaluate.ts";
import { codesOf } from "../../workspace/codesOf.ts";
import { linkName } from "../../linking/symbolName.ts";
import type { AsmSource } from "../../workspace/sourceFile.ts";
import type { Related } from "../finding.ts";
import type { LinkedPackage } from "../../linking/linkedPackage.ts";
import { pairingCheck, type PairingFinding } from "../pairing/pairing.ts";
import { type ArgumentSlot, type TrampolineCall, trampolineCalls } from "./trampolineCalls.ts";
import type { Span } from "../../base/span.ts";
import type { Check } from "../check.ts";

export const libcArguments: Check<"libc-arguments"> = pairingCheck({
  code: "libc-arguments",
  stage: "tree",
  severity: "warning",
  title: "A trampoline takes arguments that Go does not pass",
  why: [
    "`libcCall` hands a trampoline the address of a struct, or of the caller's own arguments, which the assembly takes",
    "apart by offset: nothing holds these offsets against the Go code. A trampoline that reads behind the end, or over",
    "two arguments at once, calls C with what happens to lie there. A function that passes the address of its first",
    "argument needs `//go:cgo_unsafe_args`, or the others are not there.",
  ].join("\n"),
  bad: `
-- dup_darwin_amd64.go --
package p

import (
	"internal/abi"
	"unsafe"
)

//go:cgo_import_dynamic libc_dup2 dup2 "/usr/lib/libSystem.B.dylib"

func dup(from, to int32) {
	args := struct{ from, to int32 }{from, to}
	libcCall(unsafe.Pointer(abi.FuncPCABI0(dup_trampoline)), unsafe.Pointer(&args))
}
func dup_trampoline()

func libcCall(fn, arg unsafe.Pointer) int32 { return 0 }
-- dup_darwin_amd64.s --
TEXT ·dup_trampoline(SB), NOSPLIT, $0
	MOVL 8(DI), SI // behind the end
	MOVL 0(DI), DI
	CALL libc_dup2(SB)
	RET
`,
  good: `
-- dup_darwin_amd64.go --
package p

import (
	"internal/abi"
	"unsafe"
)

//go:cgo_import_dynamic libc_dup2 dup2 "/usr/lib/libSystem.B.dylib"

func dup(from, to int32) {
	args := struct{ from, to int32 }{from, to}
	libcCall(unsafe.Pointer(abi.FuncPCABI0(dup_trampoline)), unsafe.Pointer(&args))
}
func dup_trampoline()

func libcCall(fn, arg unsafe.Pointer) int32 { return 0 }
-- dup_darwin_amd64.s --
TEXT ·dup_trampoline(SB), NOSPLIT, $0
	MOVL 4(DI), SI
	MOVL 0(DI), DI
	CALL libc_dup2(SB)
	RET
`,
  rule: slotsNotPassed,
});

function slotsNotPassed(linked: LinkedPackage): PairingFinding[] {
  const { snapshot, table } = linked;
  // Without a TEXT there is no trampoline, and no need to look through what may be much Go.
  if (table.texts.length === 0) return [];
  const calls = trampolineCalls(linked);
  if (calls.length === 0) return [];
  const { targets } = snapshot.world;
  // On Windows the first argument is elsewhere.
  const places = goarches
    .filter((goarch) => arches[goarch].c.call)
    .map((goarch) => ({
      arch: arches[goarch],
      on: TargetSet.where(
        targets.length,
        (i) => targets[i]!.goarch === goarch && oses[targets[i]!.goos].hasUsualCCall,
      ),
    }));
  const doubtful = new Map<string, Passed[]>();
  for (const call of calls) {
    const passed = places.flatMap(({ arch, on }) => layOut(linked, call, arch, on));
    for (const { file: name, span } of table.textsByName.get(`${table.path}.${call.trampoline}`) ?? []) {
      const text = snapshot.directories.get(table.directory)?.files.get(name)?.text ?? "";
      const end = text.indexOf("\nTEXT", span.end);
      const mayBeWrong = accessesInText(text.slice(span.end, end < 0 ? undefined : end));
      const found = passed.filter((passed) => mayBeWrong(passed));
      if (found.length > 0) doubtful.set(name, [...(doubtful.get(name) ?? []), ...found]);
    }
  }
  return [...doubtful].flatMap(([name, passed]) => {
    const file = snapshot.directories.get(table.directory)?.files.get(name);
    return file?.kind === "asm" ? wrongSlots(linked, file, passed) : [];
  });
}

/** What a call passes on targets of one architecture that agree on it. */
interface Passed {
  readonly call: TrampolineCall;
  readonly arch: Architecture;
  readonly targets: TargetSet;
  readonly slots: readonly ArgumentSlot[];
}

function layOut(
  { snapshot }: LinkedPackage,
  call: TrampolineCall,
  arch: Architecture,
  on: TargetSet,
): Passed[] {
  const passed: Passed[] = [];
  let left = on.and(call.file.targets);
  for (let target = left.first; target !== undefined; target = left.first) {
    const view = snapshot.view(target);
    const { validOn, resolved, value: slots } = view.measure(() => call.layOut(view));
    if (resolved && slots) passed.push({ call, arch, targets: left.and(validOn), slots });
    left = left.andNot(validOn);
  }
  return passed;
}

/**
 * Whether the text of a trampoline may have a wrong access: any that does not fit, by whatever register, or a macro
 * that may hold one. Most have none, and their code need not be read.
 */
function accessesInText(text: string): (passed: Passed) => boolean {
  const isPlain = !/^[ \t]*(?:#|[A-Z_]\w*\()/m.test(text);
  const found = Array.from(text.matchAll(/\b([A-Z]+)(?:\.\w+)?[ \t][^\n;]*/g), ([line, mnemonic]) => ({
    mnemonic: mnemonic!,
    offsets: Array.from(line.matchAll(/(?<!\d)(\d*)\([A-Z]\w*\)/g), ([, offset]) => Number(offset)),
  }));
  return ({ arch, slots }) => {
    if (!isPlain) return true;
    return found.some(({ mnemonic, offsets }) => {
      const width = fieldWidth(arch, mnemonic);
      return width !== undefined && offsets.some((offset) => explain({ mnemonic, offset, width }, slots));
    });
  };
}

type CCall = NonNullable<CFacts["call"]>;

function wrongSlots(
  { snapshot, table, package: pkg }: LinkedPackage,
  file: AsmSource,
  passed: readonly Passed[],
): PairingFinding[] {
  const found = new Map<string, PairingFinding>();
  for (const code of codesOf(snapshot, table.directory, file).codes) {
    for (const body of code.functions) {
      const name = linkName(table.path, body.name);
      for (const { call, arch, targets, slots } of passed) {
        const here = targets.and(code.targets);
        if (name !== `${table.path}.${call.trampoline}` || here.isEmpty) continue;
        for (const access of accesses(body, arch, arch.c.call!)) {
          const message = explain(access, slots);
          if (message === undefined) continue;
          const { span } = code.written(access.operand);
          const key = `${span.start} ${message}`;
          const known = found.get(key);
          const all = known?.targets.or(here) ?? here;
          const related = withCall(known?.related ?? [], call, pkg.directory);
          found.set(key, { file: file.name, span, message, targets: all, related });
        }
      }
    }
  }
  return [...found.values()];
}

function withCall(
  related: readonly Related[],
  { file, span, caller }: TrampolineCall,
  directory: string,
): readonly Related[] {
  if (related.some((other) => other.file === file.name && other.span.start === span.start)) return related;
  return [...related, { directory, file: file.name, span, message: `${caller} passes the arguments here` }];
}

/** What is wrong with an access; undefined where it takes an argument or a part of one. */
function explain(
  { offset, width, mnemonic }: Omit<Access, "operand">,
  slots: readonly ArgumentSlot[],
): string | undefined {
  const slot = slots.find((slot) => offset >= slot.offset && offset < slot.offset + slot.size);
  if (slot) {
    if (offset + width <= slot.offset + slot.size) return undefined;
    return `invalid ${mnemonic} of ${slot.name}; Go passes ${slot.size} bytes`;
  }
  const end = slots.reduce((last, slot) => Math.max(last, slot.offset + slot.size), 0);
  if (offset < end) return `${mnemonic} at offset ${offset}, where Go passes no argument`;
  return `${mnemonic} at offset ${offset} of arguments of which Go passes ${end} bytes`;
}

/** Memory that an instruction reads or writes by the address that was passed. */
interface Access {
  readonly operand: Span;
  readonly mnemonic: string;
  readonly offset: number;
  readonly width: number;
}

/** The accesses for certain: from the entry on, as long as a register holds the address. */
function accesses({ statements }: AsmFunction, arch: Architecture, { first, saved }: CCall): Access[] {
  const found: Access[] = [];
  let holding = new Set([first]);
  for (const statement of statements) {
    if (statement.kind === "macroUse" || statement.kind === "bad") break;
    if (statement.kind !== "instruction") continue;
    const { name: mnemonic, operands } = statement;
    for (const operand of operands) {
      const offset = offsetFrom(operand, holding);
      const width = fieldWidth(arch, mnemonic);
      if (offset !== undefined && width !== undefined) found.push({ operand, mnemonic, offset, width });
    }
    if (/^(?:RET|JMP|B|BR|UNDEF)$/.test(mnemonic)) holding = new Set();
    else if (/^(?:CALL|BL|JAL|JALR)$/.test(mnemonic))
      holding = new Set([...holding].filter((name) => saved.test(name)));
    else note(statement, holding);
    if (holding.size === 0) break;
  }
  return found;
}

function offsetFrom(operand: Operand, holding: ReadonlySet<string>): number | undefined {
  if (operand.kind !== "memory" || operand.prefix !== "" || operand.index || !operand.base) return undefined;
  if (!holding.has(operand.base.name)) return undefined;
  if (!operand.offset) return 0;
  const value = evaluate(operand.offset, () => undefined);
  return value === undefined ? undefined : Number(value);
}

/** Notes which registers hold the address behind an instruction; whatever it may write does not. */
function note({ name: mnemonic, suffix, operands }: Instruction, holding: Set<string>): void {
  const last = operands.at(-1);
  const [source] = operands;
  const isCopy =
    /^MOV[QDVW]?$/.test(mnemonic) &&
    operands.length === 2 &&
    source?.kind === "name" &&
    holding.has(source.name);
  const written = suffix === "" ? operands.slice(-1).filter(({ kind }) => kind !== "memory") : operands;
  for (const operand of written) for (const name of registersIn(operand)) holding.delete(name);
  if (isCopy && last?.kind === "name" && last.prefix === "") holding.add(last.name);
}

/** The registers that an operand names as a whole, or as a base that an instruction with a suffix moves on. */
function registersIn(operand: Operand): readonly string[] {
  switch (operand.kind) {
    case "name":
      return [operand.name];
    case "register":
      return [operand.register.name];
    case "registerPair":
      return [operand.first.name, operand.second.name];
    case "registerList":
      return operand.items.flatMap(({ first, last }) => [first.name, last?.name ?? first.name]);
    case "memory":
      return operand.base ? [operand.base.name] : [];
    default:
      return [];
  }
}
