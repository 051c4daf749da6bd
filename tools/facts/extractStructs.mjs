/**
 * `node tools/facts/extractStructs.mjs`: asks a C compiler how the structs that Linux exchanges with
 * programs are laid out on each architecture, and writes data/structs_linux.json. Needs Debian's clang-14
 * and its linux-libc-dev-ARCH-cross packages. The names of the members come from the compiler's dump of
 * the records, their offsets and sizes from constants it compiles.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { linuxStructs, prelude, triples } from "./linuxStructs.mjs";

const scratch = mkdtempSync(join(tmpdir(), "rt0-structs-"));
const structs = linuxStructs.map((struct) => ({ ...struct, layouts: [] }));
for (const [goarch, { triple, headers }] of Object.entries(triples)) {
  const clang = (...args) =>
    execFileSync(
      "clang-14",
      [`--target=${triple}`, "-nostdinc", "-isystem", `/usr/${headers}/include`, "-w", ...args],
      {
        encoding: "utf8",
        maxBuffer: 2 ** 28,
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
  const compiles = (text) => {
    writeFileSync(join(scratch, "a.c"), text);
    try {
      clang("-fsyntax-only", join(scratch, "a.c"));
      return true;
    } catch {
      return false;
    }
  };
  const present = structs.filter((struct) =>
    compiles(`${prelude(struct.header)}unsigned long x = sizeof(${struct.type});\n`),
  );
  for (const struct of present) {
    writeFileSync(
      join(scratch, "a.c"),
      `${prelude(struct.header)}unsigned long x = sizeof(${struct.type});\n`,
    );
    const dump = clang("-fsyntax-only", "-Xclang", "-fdump-record-layouts", join(scratch, "a.c"));
    const members = membersOf(dump, struct.record ?? struct.type);
    const at = (path) => `__builtin_offsetof(${struct.type}, ${path})`;
    const size = (path) => `sizeof(((${struct.type} *)0)->${path})`;
    // A flexible array has no size.
    const solid = members.filter(({ type }) => !type.endsWith("[]"));
    const values = [
      `sizeof(${struct.type})`,
      `_Alignof(${struct.type})`,
      ...solid.flatMap(({ name }) => [at(name), size(name)]),
    ];
    const numbers = constants(clang, prelude(struct.header), values);
    const fields = solid.map(({ name, type }, i) => [name, numbers[2 * i + 2], numbers[2 * i + 3], type]);
    for (const [name, path, type] of struct.also ?? []) {
      if (!compiles(`${prelude(struct.header)}unsigned long x = ${at(path)};\n`)) continue;
      fields.push([name, ...constants(clang, prelude(struct.header), [at(path)]), 0, type]);
    }
    const layout = { size: numbers[0], align: numbers[1], fields };
    const same = struct.layouts.find(
      ({ size, align, fields }) => JSON.stringify({ size, align, fields }) === JSON.stringify(layout),
    );
    if (same) same.arches.push(goarch);
    else struct.layouts.push({ arches: [goarch], ...layout });
  }
}
rmSync(scratch, { recursive: true });

/** The members of a record by the compiler's dump: those of unnamed structs and unions inside count as its own. */
function membersOf(dump, type) {
  const blocks = dump.split("*** Dumping AST Record Layout\n").slice(1);
  const block = blocks.find((text) => / *0 \| (.*)/.exec(text)?.[1] === type);
  if (block === undefined) throw new Error(`${type}: not in the compiler's dump`);
  const members = [];
  // The indentation at which members count: that of the record, and of unnamed ones right in it.
  let open = [2];
  for (const line of block.split("\n").slice(1)) {
    const [, indent, text] = /^ *\d+(?::\d+-\d+)? \|( +)(.*?) *$/.exec(line) ?? [];
    if (text === undefined) continue;
    const depth = (indent.length - 1) / 2;
    open = open.filter((level) => level <= depth + 1);
    if (!open.includes(depth + 1)) continue;
    if (/\((?:unnamed|anonymous)[^)]*\)$/.test(text)) {
      open.push(depth + 2);
      continue;
    }
    const [, ctype, name] = /^(.*?) (\w+)$/.exec(text.replace(/\((?:unnamed|anonymous)[^)]*\)/, "")) ?? [];
    if (name !== undefined && !/:\d+-\d+ /.test(line))
      members.push({ name, type: ctype.replace(/\s+/g, " ") });
  }
  return members;
}

/** What the expressions are worth, read from the assembly that the compiler makes of a table of them. */
function constants(clang, before, expressions) {
  const source = join(scratch, "a.c");
  const output = join(scratch, "a.s");
  writeFileSync(
    source,
    `${before}const unsigned int rt0_table[] = {\n${expressions.map((e) => `  1 + ${e},\n`).join("")}};\n`,
  );
  clang("-S", "-o", output, source);
  const text = readFileSync(output, "utf8");
  const table = text.slice(text.indexOf("rt0_table:"));
  // One is added to each, as the compiler writes zeros in a form of its own.
  const numbers = table.matchAll(/^\s*\.(?:long|word|4byte)\s+(0x[0-9a-f]+|\d+)/gm);
  return Array.from(numbers, ([, n]) => Number(n) - 1);
}

const about =
  "structs that Linux exchanges with programs, from its uapi headers; go: the types of Go that mirror one. layouts: one per distinct layout, with the GOARCHes that share it; fields: [name, offset, size, C type], members of unnamed structs and unions among them; size 0: what stands there is Go's own grouping.";
const version = execFileSync("dpkg-query", ["-W", "-f", "${Version}", "linux-libc-dev-arm64-cross"], {
  encoding: "utf8",
});
const facts = {
  about,
  source: `Linux ${version.replace(/-.*/, "")} uapi headers, clang 14`,
  structs: structs.map(({ name, type, header, go, layouts }) => ({ name, type, header, go, layouts })),
};
writeFileSync(
  fileURLToPath(new URL("data/structs_linux.json", import.meta.url)),
  JSON.stringify(facts) + "\n",
);
