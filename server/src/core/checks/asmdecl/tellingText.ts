/**
 * Leaves of an assembly file what can tell something about arguments, and blanks out the rest, every
 * character in its place: most of a large file is arithmetic, and expanding that for every combination of
 * macros is most of the work.
 *
 * What stays: functions, returns, arguments, uses of the stack pointer, the definitions of macros, and uses of those
 * whose bodies hold any of that; conditions only where something stays in them.
 */

const comments = /\/\/.*|\/\*[^]*?(?:\*\/|$(?![^]))|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?/g;
const lines = /(?:\\\r?\n|.)+/g;
const definition = /^[ \t]*#[ \t]*define[ \t]+([\p{L}_·∕][\p{L}\p{Nd}_·∕]*)/u;
const names = /[\p{L}_·∕][\p{L}\p{Nd}_·∕]*/gu;

/** `headers` are the files it includes; `registers` what its architectures call the stack pointer. */
export function tellingText(text: string, headers: readonly string[], registers: readonly string[]): string {
  const tells = new RegExp(
    String.raw`\b(?:FP|TEXT|RET|DATA|GLOBL|UNDEF|GO_RESULTS_INITIALIZED|CallImport|${registers.join("|")})\b|<>\(SB\)|SYSCALL`,
  );
  const code = withoutComments(text);
  const macros = tellingMacros([code, ...headers], tells);
  const isTelling = (line: string): boolean => {
    if (tells.test(line)) return true;
    if (macros.size === 0) return false;
    for (const [name] of line.matchAll(names)) if (macros.has(name)) return true;
    return false;
  };
  const kept: string[] = [];
  /** For each open condition the index in `kept` of its lines, blank until something stays between them. */
  const open: { readonly places: { readonly at: number; readonly line: string }[]; stays: boolean }[] = [];
  let end = 0;
  /** Functions of this ABI return in registers: any instruction may write the result. */
  let isInternal = false;
  const keep = (): void => {
    for (const condition of open) {
      if (condition.stays) continue;
      condition.stays = true;
      for (const { at, line } of condition.places) kept[at] = line;
    }
  };
  for (const { 0: line, index } of code.matchAll(lines)) {
    kept.push(code.slice(end, index));
    end = index + line.length;
    if (/\bTEXT\b/.test(line)) isInternal = line.includes("ABIInternal");
    const word = line.includes("#") ? /^[ \t]*#[ \t]*([a-z]+)/.exec(line)?.[1] : undefined;
    const at = kept.push(blank(line)) - 1;
    if (word === "ifdef" || word === "ifndef") open.push({ places: [{ at, line }], stays: false });
    else if (word === "else" || word === "endif") {
      const condition = open.at(-1);
      if (!condition || condition.stays) kept[at] = line;
      else condition.places.push({ at, line });
      if (word === "endif") open.pop();
    } else if (word !== undefined || line.startsWith("//") || isInternal || isTelling(line)) {
      kept[at] = line;
      keep();
    }
  }
  return kept.join("") + code.slice(end);
}

function blank(line: string): string {
  return line.includes("\n") ? line.replace(/[^\n]/g, " ") : " ".repeat(line.length);
}

/** Comments blanked out, build constraints left alone. */
function withoutComments(text: string): string {
  return text.replace(comments, (part) =>
    part.startsWith("/") && !/^\/\/(?:go:build|[ \t]*\+build)\b/.test(part) ? blank(part) : part,
  );
}

/** The macros whose bodies tell something, or name one that does. */
function tellingMacros(texts: readonly string[], tells: RegExp): ReadonlySet<string> {
  const bodies = texts.flatMap((text) =>
    [...text.matchAll(lines)].flatMap(([line]) => {
      const name = line.includes("#") ? definition.exec(line)?.[1] : undefined;
      return name === undefined ? [] : [{ name, line }];
    }),
  );
  const telling = new Set(bodies.filter(({ line }) => tells.test(line)).map(({ name }) => name));
  // Nor does the assembler follow macros any deeper.
  for (let depth = 0, before = -1; depth < 100 && before !== telling.size; depth++) {
    before = telling.size;
    for (const { name, line } of bodies) {
      if (telling.has(name)) continue;
      const [, , ...used] = line.match(names) ?? [];
      if (used.some((other) => telling.has(other))) telling.add(name);
    }
  }
  return telling;
}
