/**
 * A struct that is handed to the kernel and does not have the kernel's layout: a field that both have
 * stands at another offset or has another width. Only packages whose types are known to mirror the kernel's
 * are looked at, and only types for which the kernel's layout is known on the target.
 */
import { LineIndex } from "../base/lineIndex.ts";
import { type KernelMirror, kernelMirror } from "../model/go/kernelMirror.ts";
import { type Declared, declares, type Package } from "../model/go/packageScope.ts";
import { TargetSet } from "../model/targets/targetSet.ts";
import {
  differencesFrom,
  type FieldDifference,
  type KernelStruct,
  mirrorNames,
} from "../oslayer/kernelStruct.ts";
import type { TypeDecl } from "../syntax/go/ast.ts";
import { typeHeader } from "../syntax/go/parseDecl.ts";
import { declLocation } from "../workspace/declLocation.ts";
import type { Snapshot } from "../workspace/snapshot.ts";
import type { SourceFile } from "../workspace/sourceFile.ts";
import type { Finding } from "./finding.ts";
import type { Check } from "./check.ts";

export const layoutDiffers: Check<"layout-differs"> = {
  code: "layout-differs",
  stage: "package",
  severity: "error",
  title: "A struct does not have the layout the kernel gives it",
  why: [
    "Packages runtime, syscall and golang.org/x/sys/unix declare in Go what the kernel reads and writes in C. A field",
    "at another offset, or of another width, is a call that fails, or memory that is overwritten, on that",
    "architecture alone: C packs `struct epoll_event` on amd64 only, so a Go struct that works there loses its",
    "file descriptors on arm64. Nothing that Go has compares the two. Linux's layouts are those that a C compiler",
    "gives its headers; other systems' are those of Go 1.27. Fields that only one side names, padding, and a",
    "size that differs at the end are not compared.",
  ].join("\n"),
  bad: `
-- go.mod --
module golang.org/x/sys
-- unix/defs_linux_arm64.go --
package unix

type EpollEvent struct {
	Events uint32
	Fd     int32 // the kernel has it at offset 8
	Pad    int32
}
`,
  good: `
-- go.mod --
module golang.org/x/sys
-- unix/defs_linux_arm64.go --
package unix

type EpollEvent struct {
	Events uint32
	_      int32
	Fd     int32
	Pad    int32
}
`,
  run: findDifferences,
};

const none: readonly never[] = [];
const answers = new WeakMap<
  SourceFile,
  { readonly package: Package; readonly findings: readonly Finding[] }
>();

/** The findings in one Go file; the same array as long as its package stays the same. */
function findDifferences(snapshot: Snapshot, pkg: Package, file: SourceFile): readonly Finding[] {
  if (file.kind !== "go" || mirrorNames(pkg.path).size === 0) return none;
  const known = answers.get(file);
  if (known?.package === pkg) return known.findings;
  const { missCount } = snapshot;
  const findings = run(snapshot, pkg, file.name);
  if (snapshot.missCount === missCount) answers.set(file, { package: pkg, findings });
  return findings;
}

function run(snapshot: Snapshot, pkg: Package, file: string): readonly Finding[] {
  const findings =
    mirrorsOf(pkg)
      .get(file)
      ?.flatMap((declared) => findingsOf(snapshot, declared)) ?? [];
  return findings.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

const packageMirrors = new WeakMap<Package, ReadonlyMap<string, readonly Declared<TypeDecl>[]>>();

/** The declarations of a package that may mirror a struct of the kernel, by file. */
function mirrorsOf(pkg: Package): ReadonlyMap<string, readonly Declared<TypeDecl>[]> {
  const known = packageMirrors.get(pkg);
  if (known) return known;
  const mirrors = new Map<string, Declared<TypeDecl>[]>();
  for (const name of mirrorNames(pkg.path)) {
    for (const declared of pkg.scope.get(name) ?? []) {
      const { file } = declared;
      if (file.isTest || !declares(declared, "type")) continue;
      const others = mirrors.get(file.name);
      if (others) others.push(declared);
      else mirrors.set(file.name, [declared]);
    }
  }
  packageMirrors.set(pkg, mirrors);
  return mirrors;
}

/** Findings about one declaration, those of several targets as one where they say the same. */
function findingsOf(snapshot: Snapshot, declared: Declared<TypeDecl>): Finding[] {
  const { targets } = snapshot.world;
  const found = new Map<string, { field: string; targets: TargetSet }>();
  const known: Comparison[] = [];
  for (const target of declared.file.targets) {
    for (const { name, message } of differencesOn(snapshot, declared, target, known)) {
      const here = TargetSet.single(targets.length, target);
      const same = found.get(message);
      found.set(message, { field: name, targets: same ? same.targets.or(here) : here });
    }
  }
  const place = found.size > 0 ? declLocation(snapshot, declared) : undefined;
  if (!place) return [];
  const text = snapshot.directories.get(place.directory)?.files.get(place.file)?.text ?? "";
  const lines = new LineIndex(text);
  return [...found].map(([message, { field, targets }]) => {
    const { start, end } = fieldSpan(declared.decl, field);
    const span = { start: place.span.start + start, end: place.span.start + end };
    return {
      code: "layout-differs",
      severity: layoutDiffers.severity,
      message,
      directory: place.directory,
      file: place.file,
      span,
      line: lines.lineAt(span.start),
      targets,
    };
  });
}

/** What is different between two layouts, which several targets may share. */
interface Comparison extends KernelMirror {
  readonly differences: readonly { readonly name: string; readonly message: string }[];
}

/** `known` are the comparisons made for other targets; this one's joins them. */
function differencesOn(
  snapshot: Snapshot,
  declared: Declared<TypeDecl>,
  target: number,
  known: Comparison[],
): Comparison["differences"] {
  const found = kernelMirror(snapshot.view(target), declared);
  if (!found) return none;
  const { mirror, struct } = found;
  const same = known.find((other) => other.mirror === mirror && other.struct === struct);
  if (same) return same.differences;
  const differences = differencesFrom(struct, mirror).map((difference) => {
    const field = mirror.fields.find(({ name }) => name === difference.name)!;
    return { name: field.name, message: describe(declared.name, field, difference, struct) };
  });
  known.push({ mirror, struct, differences });
  return differences;
}

function describe(
  type: string,
  field: { readonly offset: number; readonly size: number },
  { name, kernel }: FieldDifference,
  struct: KernelStruct,
): string {
  const whose = struct.by === "C" ? "the kernel's" : "by Go 1.27 the system's";
  const there = `${whose} ${struct.type} has ${kernel.name}`;
  if (field.offset !== kernel.offset)
    return `${type}.${name} is at offset ${field.offset}; ${there} at ${kernel.offset}`;
  return `${type}.${name} is ${bytes(field.size)} wide; ${there} as ${bytes(kernel.size)}`;
}

function bytes(n: number): string {
  return `${n} ${n === 1 ? "byte" : "bytes"}`;
}

/** The field's name in the declaration, from the start of its header; the type's where it is not found. */
function fieldSpan(decl: TypeDecl, field: string): { start: number; end: number } {
  const { name, type } = typeHeader(decl);
  const idents = type.kind === "struct" ? type.fields.flatMap(({ names }) => names) : [];
  return idents.find((ident) => ident.name === field) ?? name;
}
