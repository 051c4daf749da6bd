/**
 * The layouts of Linux's structs that rt0 holds are those that a C compiler gives Debian's copies of the
 * kernel's headers: every field's `offsetof` and `sizeof`, for every architecture. Needs clang-14, gcc
 * and the linux-libc-dev-ARCH-cross packages; outside CI an architecture without them is skipped.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { kernelStructsOf } from "../../server/src/core/oslayer/kernelStruct.ts";
import { parseTarget } from "../../server/src/core/index.ts";
// @ts-expect-error The tools are plain JavaScript.
import { linuxStructs, prelude, triples } from "../../tools/facts/linuxStructs.mjs";

interface LinuxStruct {
  readonly type: string;
  readonly header: string;
  readonly go: readonly string[];
  readonly also?: readonly (readonly [name: string, path: string, type: string])[];
}

const arches = Object.entries(triples as Record<string, { triple: string; headers: string }>);
const inCI = (process.env["CI"] ?? "") !== "";
const scratch = mkdtempSync(join(tmpdir(), "rt0-kernel-structs-"));

describe.each(arches)("linux/%s", (goarch, { triple, headers }) => {
  const include = `/usr/${headers}/include`;
  const isHost = triple === "x86_64-linux-gnu" || triple === "i686-linux-gnu";
  // Another compiler than the one that made the facts, where there is one anyway.
  const compiler = isHost ? ["gcc", goarch === "386" ? "-m32" : "-m64"] : ["clang-14", `--target=${triple}`];
  const isThere = existsSync(`${include}/linux/eventpoll.h`) && existsSync(`/usr/bin/${compiler[0]}`);

  test.skipIf(!isThere && !inCI)("offsets and sizes are the compiler's", { timeout: 120_000 }, () => {
    const { goos, goarch: arch } = parseTarget(`linux/${goarch}`)!;
    let fields = 0;
    const wrong: string[] = [];
    for (const { type, header, go, also = [] } of linuxStructs as LinuxStruct[]) {
      const [pkg = "", name = ""] = go[0]!.split(".");
      const struct = kernelStructsOf({ goos, goarch: arch }, pkg, name).find((known) => known.type === type);
      if (!struct) continue;
      const paths = new Map(also.map(([name, path]) => [name, path]));
      const facts: [string, number][] = [[`sizeof(${type})`, struct.size]];
      for (const { name, offset, size } of struct.fields) {
        const path = paths.get(name) ?? name;
        facts.push([`__builtin_offsetof(${type}, ${path})`, offset]);
        if (size > 0) facts.push([`sizeof(((${type} *)0)->${path})`, size]);
        fields++;
      }
      wrong.push(...disagreements([...compiler, "-nostdinc", "-isystem", include], header, facts));
    }
    expect(wrong).toEqual([]);
    expect(fields).toBeGreaterThan(350);
  });
});

/** Those of the expressions that are worth something else to the compiler, or that it cannot read. */
function disagreements(
  [program = "", ...args]: readonly string[],
  header: string,
  facts: readonly (readonly [expression: string, value: number])[],
): string[] {
  const source = join(scratch, "a.c");
  const table = facts.map(([expression]) => `  1 + ${expression},\n`).join("");
  writeFileSync(source, `${prelude(header)}const unsigned int rt0_table[] = {\n${table}};\n`);
  execFileSync(program, [...args, "-w", "-S", "-o", join(scratch, "a.s"), source], { stdio: "pipe" });
  const text = readFileSync(join(scratch, "a.s"), "utf8");
  const found = text
    .slice(text.indexOf("rt0_table:"))
    .matchAll(/^\s*\.(?:long|word|4byte)\s+(0x[0-9a-f]+|\d+)/gm);
  const values = Array.from(found, ([, number]) => Number(number) - 1);
  return facts.flatMap(([expression, value], i) =>
    values[i] === value ? [] : [`${expression}: ${value}, the compiler has ${values[i]}`],
  );
}
