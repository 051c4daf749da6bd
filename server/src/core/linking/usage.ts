/**
 * Where the Go files of a package call one of its functions or take its address.
 * Function bodies are not parsed, so this goes by the text. It means to miss a use
 * rather than to see one that is none: code that asks for the system or the
 * architecture may be dead on the target in question.
 */
import { memoByKey } from "../base/memo.ts";
import type { Package } from "../model/go/packageScope.ts";
import type { DeclSpans, GoDecl } from "../syntax/go/ast.ts";
import type { GoSource } from "../workspace/sourceFile.ts";

/** Comments and strings; unclosed ones go to where they would end, so that no text is looked at twice. */
const hiddenParts =
  /\/\/.*|\/\*[^]*?(?:\*\/|$)|"[^"\\\n]*(?:\\.[^"\\\n]*)*"?|'[^'\\\n]*(?:\\.[^'\\\n]*)*'?|`[^`]*`?/gu;

/** Asks for the system or the architecture: by the runtime's constants, or by internal/goos and internal/goarch. */
const asksForTarget = /\b(?:GOOS|GOARCH)\b|\b(?:goos|goarch)\./;

/** The declarations of a file that certainly use a function, on whatever target. */
export const usersOf = memoByKey((source: GoSource, name: string): readonly GoDecl[] =>
  source.text.includes(name) ? findUsers(source, name) : none,
);

const none: readonly never[] = [];

/** Whether the file certainly uses the function, on whatever target. */
export function uses(source: GoSource, name: string): boolean {
  return usersOf(source, name).length > 0;
}

const patterns = new WeakMap<Package, RegExp>();
const mentioned = new WeakMap<GoSource, { readonly pattern: string; readonly found: ReadonlySet<string> }>();

/** Of the package's functions without a body, those whose names stand in the file: one search for all of them. */
export function mentionedBodyless(source: GoSource, pkg: Package): ReadonlySet<string> {
  let pattern = patterns.get(pkg);
  if (!pattern) patterns.set(pkg, (pattern = anyOf([...pkg.bodyless.keys()])));
  let known = mentioned.get(source);
  if (known?.pattern !== pattern.source) {
    known = { pattern: pattern.source, found: new Set(source.text.match(pattern)) };
    mentioned.set(source, known);
  }
  return known.found;
}

/** Finds names; what stands around one that begins or ends outside ASCII has to be looked at. */
function anyOf(names: readonly string[]): RegExp {
  const [plain, others] = [/^\w+$/, /\W/].map((kind) => names.filter((name) => kind.test(name)));
  const words = plain!.length > 0 ? [String.raw`\b(?:${plain!.join("|")})\b`] : [];
  return new RegExp([...words, ...others!].join("|"), "g");
}

function findUsers({ text, go }: GoSource, name: string): readonly GoDecl[] {
  const users: GoDecl[] = [];
  let at = 0;
  for (let index = text.indexOf(name); index >= 0; index = text.indexOf(name, index + 1)) {
    // Names and declarations both come in the order of the text.
    while (at < go.declSpans.length && endOf(go.declSpans[at]!) <= index) at++;
    const place = go.declSpans[at];
    if (!place) break;
    const { start } = place.header;
    // Most are comments between declarations, or the name that is declared.
    if (index < start || (index === start + "func ".length && text.startsWith("func ", start))) continue;
    const code = text.slice(start, endOf(place)).replace(hiddenParts, " ");
    if (usesName(code, name) && !asksForTarget.test(code) && !declaresName(code, name))
      users.push(go.summary.decls[at]!);
    index = endOf(place) - 1;
  }
  return users;
}

/** What stands before a name that is no use of it: a dot makes it another package's or a field's, func declares it. */
const otherBefore = /(?:\.[ \t]*|(?:^|[^\p{L}\p{Nd}_])func[ \t]+)$/u;
/** What makes a name a key or a label. */
const keyBehind = /[ \t]*:(?!=)/y;

/** Whether code uses the name, as far as a look at what stands around it tells. */
function usesName(code: string, name: string): boolean {
  return standsIn(code, name, (start, end) => {
    keyBehind.lastIndex = end;
    return !keyBehind.test(code) && !otherBefore.test(code.slice(Math.max(0, start - mostBefore), start));
  });
}

/** More white space than this nobody writes before a name. */
const mostBefore = 100;

/** What follows a name where a function declares it for itself, as a parameter or variable: `:=` or a type, others between. */
const declarationBehind = /(?:[ \t]*,[ \t]*[\p{L}_][\p{L}\p{Nd}_]*){0,20}(?:[ \t]*:=|[ \t]+[\p{L}*[(])/uy;

function declaresName(code: string, name: string): boolean {
  return standsIn(code, name, (start, end) => {
    declarationBehind.lastIndex = end;
    return code[start - 1] !== "." && declarationBehind.test(code);
  });
}

/** Whether the name stands in the code as a word by itself, where `isMeant` holds. */
function standsIn(code: string, name: string, isMeant: (start: number, end: number) => boolean): boolean {
  for (let start = code.indexOf(name); start >= 0; start = code.indexOf(name, start + 1)) {
    const end = start + name.length;
    const isWord =
      !wordBefore.test(code.slice(Math.max(0, start - 2), start)) &&
      !wordBehind.test(code.slice(end, end + 2));
    if (isWord && isMeant(start, end)) return true;
  }
  return false;
}

const wordBefore = /[\p{L}\p{Nd}_]$/u;
const wordBehind = /^[\p{L}\p{Nd}_]/u;

function endOf({ header, body }: DeclSpans): number {
  return (body ?? header).end;
}
