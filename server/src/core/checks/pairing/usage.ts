/**
 * Where the Go files of a package call one of its functions or take its address.
 * Function bodies are not parsed, so this goes by the text. It means to miss a use
 * rather than to see one that is none: code that asks for the system or the
 * architecture may be dead on the target in question.
 */
import type { PackageFile } from "../../model/packageScope.ts";
import type { TargetSet } from "../../model/targetSet.ts";
import type { GoSource } from "../../workspace/sourceFile.ts";
import type { Pairing } from "./pairing.ts";

/** Those files of the package, tests left out, that certainly use the function on some of the targets. */
export function usingFiles(
  { snapshot, package: pkg }: Pairing,
  name: string,
  targets: TargetSet,
): readonly PackageFile[] {
  const files = snapshot.directories.get(pkg.directory)?.files;
  return pkg.files.filter((file) => {
    if (file.isTest || file.targets.and(targets).isEmpty) return false;
    const source = files?.get(file.name);
    return source?.kind === "go" && uses(source, name);
  });
}

const hidden = String.raw`\/\/.*|\/\*[^]*?\*\/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|` + "`[^`]*`";

/** Asks for the system or the architecture: by the runtime's constants, or by internal/goos and internal/goarch. */
const asksForTarget = /\b(?:GOOS|GOARCH)\b|\b(?:goos|goarch)\./;

function uses({ text, go }: GoSource, name: string): boolean {
  if (!text.includes(name)) return false;
  // Behind a dot it is another package's or a field's, behind func it is declared, before a colon it is a key or label.
  const word = String.raw`(?<![\p{L}\p{Nd}_])${name}(?![\p{L}\p{Nd}_]|[ \t]*:(?!=))`;
  const scanner = new RegExp(`${hidden}|(?<other>\\bfunc[ \\t]+|\\.[ \\t]*)?(?<use>${word})`, "gu");
  let isLocal: RegExp | undefined;
  for (const { index, groups } of text.matchAll(scanner)) {
    if (groups!["use"] === undefined || groups!["other"] !== undefined) continue;
    const place = go.places.find(({ header, body }) => header.start <= index && index < (body ?? header).end);
    if (!place) continue;
    isLocal ??= declaredIn(name);
    const around = text.slice(place.header.start, (place.body ?? place.header).end);
    if (!asksForTarget.test(around) && !isLocal.test(around)) return true;
  }
  return false;
}

/** Whether a function declares the name for itself: a parameter or variable, by `:=` or with a type. */
function declaredIn(name: string): RegExp {
  const others = String.raw`(?:[ \t]*,[ \t]*[\p{L}_][\p{L}\p{Nd}_]*)*`;
  const word = String.raw`(?<![\p{L}\p{Nd}_.])${name}(?![\p{L}\p{Nd}_])`;
  return new RegExp(String.raw`${word}${others}[ \t]*:=|${word}${others}[ \t]+[\p{L}*\[(]`, "u");
}
