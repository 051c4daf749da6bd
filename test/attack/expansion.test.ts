/**
 * Little text that comes to much code: macros that double, files that include themselves. Time and memory are those of
 * the text, it is told what is not checked, and what else there is to say is still said.
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

const p = "package p\n\nfunc f(x int8)\n";
const head = "TEXT ·f(SB), 7, $0-1\n";

describe("macros and included files", () => {
  const tested = lines(
    20,
    (n) => `#ifdef GOARCH_${["amd64", "386", "arm", "arm64", "mips"][n % 5]}\n#endif\n`,
  );

  test.each([
    [
      "a file that includes itself",
      { "p/p.s": `${tested}#include "p.h"\n${head}`, "p/p.h": '#include "p.h"\n' },
    ],
    [
      "a file that includes itself twice",
      { "p/p.s": `${tested}#include "p.h"\n${head}`, "p/p.h": '#include "p.h"\n#include "p.h"\n' },
    ],
    [
      "files that include each other",
      {
        "p/p.s": `#include "p.h"\n${head}`,
        "p/p.h": '#include "q.h"\n'.repeat(9),
        "p/q.h": '#include "p.h"\n'.repeat(9),
      },
    ],
  ])("%s", (_, files) => {
    const stdout = checked({ "p/p.go": p, ...files });
    expect(stdout).toContain("files or macros nest more than a hundred deep, which the assembler refuses");
    expect(stdout).not.toContain("nothing provides it");
  });

  test.each([
    [
      "macros that double",
      `#define A0 NOP\n${lines(40, (n) => `#define A${n + 1} A${n} A${n}\n`)}${tested}${head}\tA40\n`,
    ],
    [
      "macros that double over an argument",
      `#define D(x) x x x x\n${tested}${head}${"D(".repeat(40)}y${")".repeat(40)}\n`,
    ],
    ["files that are included twice, to some depth", `#include "a0.h"\n${head}`],
  ])("%s", (_, text) => {
    const headers = Object.fromEntries(
      Array.from({ length: 40 }, (_, n) => [`p/a${n}.h`, `#include "a${n + 1}.h"\n#include "a${n + 1}.h"\n`]),
    );
    const stdout = checked({ "p/p.go": p, "p/p.s": text, ...headers, "p/a40.h": "\tNOP\n" });
    expect(stdout).toContain("macros come to more code than rt0 reads: this file is not checked");
    expect(stdout).not.toContain("nothing provides it");
  });

  test.each([
    ["a million uses on one line", `#define A\n${tested}${head}${"A ".repeat(1e6)}\n`],
    [
      "a use inside of a use",
      `#define F(x) x\n${tested}${head}${"F(".repeat(90)}y${")".repeat(90)}\n`.repeat(100),
    ],
    ["a macro of a million tokens", `#define A ${"x,".repeat(5e5)}\n${tested}${head}\tA\n\tA\n`],
    ["a million macros", `${lines(5e4, (n) => `#define A${n} ${n}\n`)}${tested}${head}`],
    ["a million conditions", `${head}${"#ifdef GOARCH_arm\n".repeat(5e4)}`],
  ])("%s", (_, text) => {
    checked({ "p/p.go": p, "p/p.s": text });
  });
});
