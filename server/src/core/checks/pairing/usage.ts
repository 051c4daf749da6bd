/**
 * Where the Go files of a package call one of its functions or take its address.
 * Function bodies are not parsed, so this goes by the text. It means to miss a use
 * rather than to see one that is none: code that asks for the system or the
 * architecture may be dead on the target in question.
 */
import type { PackageFile } from "../../model/packageScope.ts";
import type { TargetSet } from "../../model/targetSet.ts";
import type { DeclPlace } from "../../syntax/go/ast.ts";
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

/** Comments and strings; unclosed ones go to where they would end, so that no text is looked at twice. */
const hidden = String.raw`\/\/.*|\/\*[^]*?(?:\*\/|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?|` + "`[^`]*`?";

const hiddenParts = new RegExp(hidden, "gu");

/** Asks for the system or the architecture: by the runtime's constants, or by internal/goos and internal/goarch. */
const asksForTarget = /\b(?:GOOS|GOARCH)\b|\b(?:goos|goarch)\./;

const remembered = new WeakMap<GoSource, Map<string, boolean>>();

/** Whether the file certainly uses the function, on whatever target. */
export function uses(source: GoSource, name: string): boolean {
  let answers = remembered.get(source);
  if (!answers) remembered.set(source, (answers = new Map()));
  let answer = answers.get(name);
  if (answer === undefined) answers.set(name, (answer = source.text.includes(name) && finds(source, name)));
  return answer;
}

function finds({ text, go }: GoSource, name: string): boolean {
  // Behind a dot it is another package's or a field's, behind func it is declared, before a colon it is a key or label.
  const word = String.raw`(?<![\p{L}\p{Nd}_])${name}(?![\p{L}\p{Nd}_]|[ \t]*:(?!=))`;
  const scanner = new RegExp(
    `${hidden}|(?<other>(?<![\\p{L}\\p{Nd}_])func[ \\t]+|\\.[ \\t]*)?(?<use>${word})`,
    "gu",
  );
  const isLocal = declaredIn(name);
  // Matches and declarations both come in the order of the text.
  let at = 0;
  for (const { index, groups } of text.matchAll(scanner)) {
    if (groups!["use"] === undefined || groups!["other"] !== undefined) continue;
    while (at < go.places.length && endOf(go.places[at]!) <= index) at++;
    const place = go.places[at];
    if (!place || index < place.header.start) continue;
    // A comment that speaks of the function declares nothing.
    const around = text.slice(place.header.start, endOf(place)).replace(hiddenParts, " ");
    if (!asksForTarget.test(around) && !isLocal.test(around)) return true;
    at++;
  }
  return false;
}

function endOf({ header, body }: DeclPlace): number {
  return (body ?? header).end;
}

/** Whether a function declares the name for itself: a parameter or variable, by `:=` or with a type. */
function declaredIn(name: string): RegExp {
  const others = String.raw`(?:[ \t]*,[ \t]*[\p{L}_][\p{L}\p{Nd}_]*){0,20}`;
  const word = String.raw`(?<![\p{L}\p{Nd}_.])${name}(?![\p{L}\p{Nd}_])`;
  return new RegExp(String.raw`${word}${others}[ \t]*:=|${word}${others}[ \t]+[\p{L}*\[(]`, "u");
}
