/** What reaches a system call's registers, by what the assembly loads into them and not by the order of a Go call. */
import { expect, test } from "vitest";
import { threadPreview } from "../../server/src/core/index.ts";
import { memoryProject } from "../support/memoryProject.ts";

/** The arguments that newosproc's call of `f(a, b, c int64)` comes to, f's assembly being this. */
function argumentsOf(target: string, assembly: string): string | undefined {
  const [goos = "", goarch = ""] = target.split("/");
  const texts = new Map([
    ["/m/go.mod", "module m\n"],
    [
      `/m/runtime/os_${goos}.go`,
      "package runtime\n\nfunc f(a, b, c int64)\nfunc newosproc() { f(11, 22, 33) }\n",
    ],
    [`/m/runtime/sys_${goos}_${goarch}.s`, `TEXT ·f(SB), 4, $0-24\n${assembly}\n\tRET\n`],
  ]);
  const { ask } = memoryProject(texts, "/m", ["/m", "/m/runtime"], [target]);
  const [section] = ask((snapshot) => threadPreview(snapshot, "/m/runtime", [0])).sides[0]?.sections ?? [];
  return section?.kind === "table" ? section.rows[0]?.cells[2]?.text : undefined;
}

const lseek = "MOVD $62, R8\n SVC";

test("Arguments are those that are loaded, in whatever order", () => {
  expect(
    argumentsOf("linux/arm64", `MOVD a+0(FP), R0\n MOVD b+8(FP), R1\n MOVD c+16(FP), R2\n ${lseek}`),
  ).toBe("fd: 11, offset: 22, whence: 33");
  expect(argumentsOf("linux/arm64", `MOVD b+8(FP), R0\n MOVD a+0(FP), R1\n MOVD $5, R2\n ${lseek}`)).toBe(
    "fd: 22, offset: 11, whence: 5",
  );
});

test("Constants alone are no reason to take the Go call's arguments", () => {
  expect(argumentsOf("linux/arm64", `MOVD $1, R0\n MOVD $2, R1\n MOVD $3, R2\n ${lseek}`)).toBe(
    "fd: 1, offset: 2, whence: 3",
  );
});

test("An argument without a name is known by its offset", () => {
  expect(argumentsOf("linux/arm64", `MOVD 8(FP), R0\n MOVD $2, R1\n MOVD 0(FP), R2\n ${lseek}`)).toBe(
    "fd: 22, offset: 2, whence: 11",
  );
});

test("What is not loaded is not told; what lies between is unknown", () => {
  expect(argumentsOf("linux/arm64", `MOVD a+0(FP), R0\n ${lseek}`)).toBe("fd: 11");
  expect(argumentsOf("linux/arm64", `MOVD a+0(FP), R0\n MOVD c+16(FP), R2\n ${lseek}`)).toBe(
    "fd: 11, offset: ?, whence: 33",
  );
});

test("The address of an argument is not the argument", () => {
  expect(argumentsOf("linux/amd64", "LEAQ a+0(FP), DI\n MOVL $8, AX\n SYSCALL")).toBe("fd: $a+0(FP)");
});
