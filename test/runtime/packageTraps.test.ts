/** What is said of a system call where it is made. */
import { describe, expect, test } from "vitest";
import { hover, packageTraps, trapName, trapsIn } from "../../server/src/core/index.ts";
import { memoryProject } from "../support/memoryProject.ts";

const asm = `#define SYS_read 0

TEXT ·read(SB),NOSPLIT,$0-28
	MOVL	fd+0(FP), DI
	MOVQ	p+8(FP), SI
	MOVL	$64, DX
	MOVL	$SYS_read, AX
	SYSCALL
	MOVL	AX, ret+24(FP)
	RET

TEXT ·syscall(SB),NOSPLIT,$0-16
	MOVQ	trap+0(FP), AX
	SYSCALL
	MOVQ	$0, DI
	MOVL	$231, AX
	SYSCALL
	RET
`;
const old = `TEXT sys·exit(SB),7,$-8
	MOVL	8(SP), DI		// arg 1 exit status
	MOVL	$(0x2000000+1), AX	// syscall entry
	SYSCALL
	RET
`;
const project = memoryProject(
  new Map([
    ["/m/go.mod", "module m\n\ngo 1.24\n"],
    ["/m/p/p.go", "package p\n\nfunc read(fd int32, p *byte, n int32) int32\nfunc syscall(trap uintptr)\n"],
    ["/m/p/p_amd64.s", asm],
    ["/m/p/sys_amd64_darwin.s", old],
  ]),
  "/m",
  ["/m/p"],
  ["linux/amd64", "freebsd/amd64", "darwin/amd64", "darwin/arm64"],
);

function hoverAt(word: string): string | undefined {
  const offset = asm.indexOf(word) + 1;
  const options = { besideGopls: false };
  return project.ask((snapshot) => hover(snapshot, "/m/p", "p_amd64.s", offset, options))?.markdown;
}

describe("hover", () => {
  test("on a trap and on its number names the call, and what each register has", () => {
    const markdown = hoverAt("SYSCALL\n\tMOVL\tAX")!;
    expect(markdown).toContain("- `read`, **0** on linux/amd64");
    expect(markdown).toContain("| `DI` | `unsigned int fd` | `fd+0(FP)` |");
    expect(markdown).toContain("| `DX` | `size_t count` | `$64` |");
    expect(markdown).toContain("- `syscall`, **0** on freebsd/amd64");
    expect(hoverAt("$SYS_read")).toBe(markdown);
    expect(hoverAt("231, AX")).toContain("- `exit_group`, **231** on linux/amd64");
  });

  test("says why there is no name", () => {
    expect(hoverAt("SYSCALL\n\tMOVQ\t$0")).toContain("the number is an argument: trap on ");
  });
});

test("a name with the architecture first is one target's", () => {
  const found = project.ask((snapshot) => trapsIn(snapshot, "/m/p", "sys_amd64_darwin.s"));
  expect(found.map((trap) => [trapName(trap), [...trap.targets], trap.loaded])).toEqual([
    ["exit", [2], [["0(FP)"]]],
  ]);
  expect(project.ask((snapshot) => packageTraps(snapshot, "/m/p", 3))).toEqual([]);
});
