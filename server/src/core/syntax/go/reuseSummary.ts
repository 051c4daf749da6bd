/**
 * The early cutoff of Go files. What derives from a declaration is memoised by
 * the declaration's identity, so after an edit every declaration that reads as
 * before must be the object it was before, and the summary too if nothing in it
 * changed. It must not know what derives from either.
 */
import type { Directive, GoDecl, GoFile, GoSummary, ImportSpec } from "./ast.ts";

/**
 * `fresh` with every part that equals a part of `old` replaced by that object.
 * No object of `old` stands for two declarations, even where they read alike.
 */
export function reuseSummary(old: GoSummary, fresh: GoFile): GoFile {
  const { packageName } = fresh.summary;
  const imports = sameList(old.imports, fresh.summary.imports, equalImports);
  const directives = sameList(old.directives, fresh.summary.directives, equalDirectives);
  const decls = sameList(old.decls, reuseDecls(old.decls, fresh.summary.decls), Object.is);
  const unchanged =
    packageName === old.packageName &&
    imports === old.imports &&
    directives === old.directives &&
    decls === old.decls;
  return { ...fresh, summary: unchanged ? old : { packageName, imports, decls, directives } };
}

/** An edit changes a stretch of the list: its start and end pair up by index, the rest by header. */
function reuseDecls(old: readonly GoDecl[], fresh: readonly GoDecl[]): readonly GoDecl[] {
  const decls = fresh.slice();
  let start = 0;
  while (start < old.length && start < decls.length && equalDecls(old[start]!, decls[start]!)) {
    decls[start] = old[start]!;
    start++;
  }
  let oldEnd = old.length;
  let end = decls.length;
  while (oldEnd > start && end > start && equalDecls(old[oldEnd - 1]!, decls[end - 1]!)) {
    decls[--end] = old[--oldEnd]!;
  }
  if (start === end || start === oldEnd) return decls;

  const byHeader = new Map<string, GoDecl[]>();
  // From the back, so that `pop` takes equal headers in their order.
  for (let i = oldEnd - 1; i >= start; i--) {
    const decl = old[i]!;
    const alike = byHeader.get(decl.header);
    if (alike === undefined) byHeader.set(decl.header, [decl]);
    else alike.push(decl);
  }
  for (let i = start; i < end; i++) {
    const alike = byHeader.get(decls[i]!.header);
    if (alike === undefined || alike.length === 0) continue;
    if (equalDecls(alike[alike.length - 1]!, decls[i]!)) decls[i] = alike.pop()!;
  }
  return decls;
}

function sameList<T>(old: readonly T[], fresh: readonly T[], equal: (a: T, b: T) => boolean): readonly T[] {
  return old.length === fresh.length && old.every((item, i) => equal(item, fresh[i]!)) ? old : fresh;
}

/** The header decides the names, and whether a function is a method. */
function equalDecls(a: GoDecl, b: GoDecl): boolean {
  if (a.kind !== b.kind || a.header !== b.header) return false;
  return a.kind !== "func" || b.kind !== "func" || a.hasBody === b.hasBody;
}

function equalImports(a: ImportSpec, b: ImportSpec): boolean {
  return a.name === b.name && a.path === b.path;
}

function equalDirectives(a: Directive, b: Directive): boolean {
  return a.name === b.name && a.args === b.args && a.decl === b.decl;
}
