/**
 * A struct that is handed to the kernel and does not have the kernel's layout: a field that both have
 * stands at another offset or has another width. Only packages whose types are known to mirror the kernel's
 * are looked at, and only types for which the kernel's layout is known on the target.
 */
import { LineIndex } from "../base/lineIndex.ts";
import { kernelMirror } from "../model/kernelMirror.ts";
import type { Declared, Package } from "../model/packageScope.ts";
import { TargetSet } from "../model/targetSet.ts";
import {
  differencesFrom,
  type FieldDifference,
  type KernelStruct,
  mirrorNames,
} from "../oslayer/kernelStruct.ts";
import type { TypeDecl } from "../syntax/go/ast.ts";
import { typeHeader } from "../syntax/go/parseDecl.ts";
import { declPlace } from "../workspace/declPlace.ts";
import type { Snapshot } from "../workspace/snapshot.ts";
import type { SourceFile } from "../workspace/sourceFile.ts";
import type { Finding } from "./finding.ts";
import { severityOf } from "./registry.ts";

const none: readonly never[] = [];
const answers = new WeakMap<
  SourceFile,
  { readonly package: Package; readonly findings: readonly Finding[] }
>();

/** The findings in one Go file; the same array as long as its package stays the same. */
export function layoutDiffers(snapshot: Snapshot, pkg: Package, file: SourceFile): readonly Finding[] {
  if (file.kind !== "go" || mirrorNames(pkg.path).size === 0) return none;
  const known = answers.get(file);
  if (known?.package === pkg) return known.findings;
  const { lacks } = snapshot;
  const findings = run(snapshot, pkg, file.name);
  if (snapshot.lacks === lacks) answers.set(file, { package: pkg, findings });
  return findings;
}

function run(snapshot: Snapshot, pkg: Package, file: string): readonly Finding[] {
  const findings: Finding[] = [];
  for (const name of mirrorNames(pkg.path)) {
    for (const declared of pkg.scope.get(name) ?? []) {
      if (declared.file.name !== file || declared.file.isTest || declared.decl.kind !== "type") continue;
      findings.push(...findingsOf(snapshot, declared));
    }
  }
  return findings.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

/** Findings about one declaration, those of several targets as one where they say the same. */
function findingsOf(snapshot: Snapshot, declared: Declared): Finding[] {
  const { targets } = snapshot.world;
  const found = new Map<string, { field: string; targets: TargetSet }>();
  for (const target of declared.file.targets) {
    for (const { name, message } of differencesOn(snapshot, declared, target)) {
      const here = TargetSet.single(targets.length, target);
      const same = found.get(message);
      found.set(message, { field: name, targets: same ? same.targets.or(here) : here });
    }
  }
  const place = found.size > 0 ? declPlace(snapshot, declared) : undefined;
  if (!place) return [];
  const text = snapshot.directories.get(place.directory)?.files.get(place.file)?.text ?? "";
  const lines = new LineIndex(text);
  return [...found].map(([message, { field, targets }]) => {
    const { start, end } = fieldSpan(declared.decl as TypeDecl, field);
    const span = { start: place.span.start + start, end: place.span.start + end };
    return {
      code: "layout-differs",
      severity: severityOf("layout-differs"),
      message,
      directory: place.directory,
      file: place.file,
      span,
      line: lines.lineAt(span.start),
      targets,
    };
  });
}

function differencesOn(
  snapshot: Snapshot,
  declared: Declared,
  target: number,
): { readonly name: string; readonly message: string }[] {
  const found = kernelMirror(snapshot.view(target), declared);
  if (!found) return [];
  const { mirror, struct } = found;
  return differencesFrom(struct, mirror).map((difference) => {
    const field = mirror.fields.find(({ name }) => name === difference.name)!;
    return { name: field.name, message: describe(declared.name, field, difference, struct) };
  });
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
