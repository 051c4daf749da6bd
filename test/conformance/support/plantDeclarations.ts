/**
 * Plants random mistakes in Go's declarations of functions without a body: other
 * types, other names, other numbers of parameters and results. What comes out
 * parses, and its types resolve. It must not know the assembly.
 */
import { randomType, type TypeContext } from "./plantTypes.ts";
import type { Random } from "./random.ts";

interface Field {
  readonly names: readonly string[];
  readonly type: string;
}

interface Signature {
  readonly params: readonly Field[];
  readonly results: readonly Field[];
}

/** Changes about `share` of the declarations that have no body and stand on one line. */
export function plantInDeclarations(
  text: string,
  random: Random,
  context: TypeContext,
  share: number,
): string {
  const lines = text.split("\n");
  const changed = lines.map((line, i) => {
    const directives = lines[i - 1]?.startsWith("//go:linkname") === true;
    const found = /^func (\w+)(\(.*)$/.exec(line);
    if (found === null || directives || !random.chance(share)) return line;
    const [, name = "", rest = ""] = found;
    const signature = parseSignature(rest);
    if (signature === undefined) return line;
    if (random.chance(0.04)) return `// ${line}`;
    if (random.chance(0.04)) return `${line} { panic(0) }`;
    return `func ${name}${printSignature(changeSignature(signature, random, context))}`;
  });
  return changed.join("\n");
}

function changeSignature(signature: Signature, random: Random, context: TypeContext): Signature {
  const isResult = random.chance(signature.params.length === 0 ? 1 : 0.25);
  const changed = changeFields(isResult ? signature.results : signature.params, isResult, random, context);
  return isResult ? { ...signature, results: changed } : { ...signature, params: changed };
}

function changeFields(
  fields: readonly Field[],
  areResults: boolean,
  random: Random,
  context: TypeContext,
): readonly Field[] {
  const type = (): string => randomType(random, context);
  const unnamed = fields.some(({ names }) => names.length === 0);
  const at = random.int(Math.max(1, fields.length));
  const added = {
    names: unnamed || (areResults && fields.length === 0) ? [] : [`zz${random.int(100)}`],
    type: type(),
  };
  if (fields.length === 0) return [added];
  const retyped = (index: number): readonly Field[] =>
    fields.map((field, i) => (i === index ? { ...field, type: type() } : field));
  const changes: readonly (() => readonly Field[])[] = [
    () => retyped(at),
    () => retyped(at),
    () => retyped(0),
    () => fields.toSpliced(at, 1),
    () => (fields.at(-1)!.type.startsWith("...") ? retyped(0) : [...fields, added]),
    () => (unnamed ? retyped(at) : [added, ...fields]),
    () =>
      fields.flatMap((field) =>
        field.names.length === 0 ? [field] : field.names.map(() => ({ names: [], type: field.type })),
      ),
    () =>
      unnamed
        ? retyped(at)
        : fields.map((field, i) => (i === at ? { ...field, names: field.names.map(() => "_") } : field)),
    () =>
      unnamed
        ? retyped(at)
        : fields.map((field, i) => (i === at ? { ...field, names: [...field.names, "zzMore"] } : field)),
    () =>
      unnamed ? retyped(at) : fields.map((field, i) => (i === at ? { ...field, names: ["zzOther"] } : field)),
    () =>
      areResults || fields.at(-1)!.type.startsWith("...")
        ? retyped(0)
        : [...fields, { ...added, type: `...${type()}` }],
  ];
  return random.pick(changes)();
}

/** Reads `(params) results`, optionally followed by a comment; undefined if there is a body or anything unexpected. */
function parseSignature(text: string): Signature | undefined {
  const bare = text.replace(/\s*\/\/.*$/, "").trim();
  const end = closing(bare, 0);
  if (end === undefined || /[{}]/.test(bare)) return undefined;
  const params = parseFields(bare.slice(1, end));
  const after = bare.slice(end + 1).trim();
  const results =
    after.startsWith("(") && after.endsWith(")") ? parseFields(after.slice(1, -1)) : parseFields(after);
  return params === undefined || results === undefined ? undefined : { params, results };
}

function closing(text: string, from: number): number | undefined {
  let depth = 0;
  for (let i = from; i < text.length; i++) {
    if (text[i] === "(" || text[i] === "[") depth++;
    if ((text[i] === ")" || text[i] === "]") && --depth === 0) return i;
  }
  return undefined;
}

function parseFields(text: string): readonly Field[] | undefined {
  if (text.trim() === "") return [];
  const parts: string[] = [];
  let [depth, start] = [0, 0];
  for (let i = 0; i <= text.length; i++) {
    if (i === text.length || (text[i] === "," && depth === 0)) {
      parts.push(text.slice(start, i).trim());
      start = i + 1;
    } else if ("([{".includes(text[i]!)) depth++;
    else if (")]}".includes(text[i]!)) depth--;
  }
  const named = parts.map((part) => /^(\w+)\s+(\S.*)$/.exec(part));
  const isNamed = named.some(
    (found) => found !== null && !["chan", "func", "map", "struct"].includes(found[1]!),
  );
  if (!isNamed) return parts.map((type) => ({ names: [], type }));
  const fields: Field[] = [];
  let waiting: string[] = [];
  for (const [i, found] of named.entries()) {
    if (found === null) waiting.push(parts[i]!);
    else {
      fields.push({ names: [...waiting, found[1]!], type: found[2]! });
      waiting = [];
    }
  }
  return waiting.length > 0 ? undefined : fields;
}

export function printSignature({ params, results }: Signature): string {
  return `(${printFields(params)})${results.length === 0 ? "" : ` (${printFields(results)})`}`;
}

function printFields(fields: readonly Field[]): string {
  return fields.map(({ names, type }) => `${names.join(", ")} ${type}`.trim()).join(", ");
}
