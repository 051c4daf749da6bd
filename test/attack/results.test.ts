/**
 * Little text that comes to much: macros that double, files that include themselves, findings that each have all the
 * others beside them, comments that each look at all findings. Time and memory are those of the text, and what else
 * there is to say is still said.
 */
import { describe, expect, test } from "vitest";
import { attack, bundled, faulty, faultyMessage, tree } from "./support/attack.ts";

bundled();

const lines = (count: number, line: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => line(n)).join("");

/** Every check, on every target, of the faulty package and these files. */
function checked(files: Readonly<Record<string, string>>): string {
  const text = Object.values(files).reduce((sum, { length }) => sum + length, 0);
  const { status, stdout, stderr } = attack(
    tree({ ...faulty, ...files }),
    ["check"],
    Math.max(1, text / 1e6),
  );
  expect(stderr).toBe("");
  expect(status).toBe(1);
  expect(stdout).toContain(faultyMessage);
  return stdout;
}

const label = (n: number) => `L${n}:\n\tMOVQ $${n}, AX\n\tSYSCALL\n\tJCC L${(n * 7919) % 2e4}\n`;
const p = "package p\n\nfunc f(x int8)\n";
const head = "TEXT ·f(SB), 7, $0-1\n";

describe("findings", () => {
  test("the same TEXT a thousand times", () => {
    const stdout = checked({ "p/p.go": p, "p/p_amd64.s": `${head}\tRET\n`.repeat(1000) });
    expect(stdout).toContain("f is also defined above");
  });

  test("the same TEXT in many files", () => {
    checked({
      "p/p.go": p,
      ...Object.fromEntries(Array.from({ length: 2000 }, (_, n) => [`p/p${n}_amd64.s`, `${head}\tRET\n`])),
    });
  });

  test("a line of carriage returns", () => {
    checked({ "p/p.go": p, "p/p_amd64.s": `${head}\tMOVQ x+0(FP), AX ${"\r".repeat(3e5)} // end\n` });
  });

  test("a finding on every line", () => {
    const stdout = checked({ "p/p.go": p, "p/p_amd64.s": `${head}${"\tMOVQ x+0(FP), AX\n".repeat(5e4)}` });
    expect(stdout).toContain("and 49000 more findings of asmdecl in this file");
  });

  test("ignore comments and findings", () => {
    const comment = "\t// rt0:ignore asmdecl because\n";
    checked({ "p/p.go": p, "p/p_amd64.s": `${head}${`${comment}\tMOVQ x+0(FP), AX\n`.repeat(2e4)}` });
    checked({
      "p/p.go": p,
      "p/p_amd64.s": `${head}${comment.repeat(2e4)}${"\tMOVQ x+0(FP), AX\n".repeat(2e4)}`,
    });
    checked({
      "p/p.go": p,
      "p/p_amd64.s": `${head}${"\t// rt0:ignore frame-size because\n\tRET\n".repeat(2e4)}`,
    });
  });

  test("findings that vet alone has", () => {
    checked({ "p/p.go": p, "p/p_amd64.s": `${head}/*\n${"\tMOVQ x+0(FP), AX\n".repeat(2e4)}*/\n\tRET\n` });
    checked({
      "p/p.go": p,
      "p/p_amd64.s": `${head}\n#ifdef X\n${"\tMOVQ x+0(FP), AX\n".repeat(2e4)}#endif\n\tRET\n`,
    });
    checked({ "p/p.go": p, "p/p_amd64.s": `${head}${"\tMOVQ x+0(FP), AX; RET\n".repeat(2e4)}` });
    checked({
      "p/p.go": p,
      "p/p_amd64.s": `#define M \\\n${"\tMOVQ x+0(FP), AX; \\\n".repeat(2e4)}\n${head}\tRET\n`,
    });
  });

  test("traps and labels", () => {
    checked({ "p/p.go": p, "p/p_linux_amd64.s": `${head}${lines(2e4, label)}\tRET\n` });
    checked({
      "p/p.go": p,
      "p/p_linux_amd64.s": `${head}${lines(2e4, (n) => `L${n}:\n`)}${"\tSYSCALL\n".repeat(2e4)}\tRET\n`,
    });
  });

  test("functions without a body, and calls", () => {
    const declarations = lines(5000, (n) => `func f${n}()\n`);
    const calls = lines(5000, (n) => `\tf${n}()\n`);
    checked({
      "p/p.go": `package p\n\n${declarations}\nfunc all() {\n${calls}}\n`,
      "p/p.s": "// assembly\n",
    });
    checked({
      "p/p.go": `package p\n\n${declarations}`,
      "p/p_amd64.s": `${head}${lines(5000, (n) => `\tCALL ·f${n}(SB)\n`)}`,
    });
  });

  test("many names in many files", () => {
    checked(
      Object.fromEntries(
        Array.from({ length: 100 }, (_, n) => [
          [`p/p${n}.go`, `package p\n\n${lines(20, (k) => `func f${n}x${k}()\n`)}`],
          [`p/p${n}_amd64.s`, lines(20, (k) => `TEXT ·g${n}x${k}(SB), 7, $0\n\tCALL ·f${k}x${n}(SB)\n`)],
        ]).flat(),
      ),
    );
  });
});
