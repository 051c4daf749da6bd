/** What stands at a place of a C file of Go's first years. It must not know where a function is defined. */
import { functionsOf } from "../../runtime/cPrototypes.ts";
import { tokensOf } from "../../syntax/c/readC.ts";
import type { CSource, HeaderSource } from "../../workspace/sourceFile.ts";
import type { CFunctionEntity, Entity } from "./entity.ts";
import { systemName } from "./systemName.ts";

export function cEntity(source: CSource, offset: number): Entity | undefined {
  const declared = declaredFunction(source, offset);
  if (declared) return declared;
  const { text } = source;
  const tokens = tokensOf(text, 0, text.length);
  const touching = tokens.flatMap((token, i) => (token.start <= offset && offset <= token.end ? [i] : []));
  const at = touching.find((i) => tokens[i]!.kind === "word") ?? touching.at(-1);
  if (at === undefined) return undefined;
  const { kind, start, end } = tokens[at]!;
  const span = { start, end };
  const word = text.slice(start, end);
  if (kind === "text" || /^\d/.test(word)) return { kind: "literal", span };
  if (kind !== "word") return { kind: "punctuation", span };
  const isCall = tokens[at + 1]?.kind === "(";
  if (isCall) return { kind: "cFunction", name: word, role: "use", span };
  return systemName(word, span) ?? { kind: "word", text: word, span };
}

/** The function whose name in a C file or a header stands there. */
export function declaredFunction(
  source: CSource | HeaderSource,
  offset: number,
): CFunctionEntity | undefined {
  const found = functionsOf(source).find(
    ({ nameSpan }) => nameSpan.start <= offset && offset <= nameSpan.end,
  );
  return found && { kind: "cFunction", name: found.name, role: "declaration", span: found.nameSpan };
}
