/**
 * The comment beside a system call's number names another call: one of the two was copied and not
 * changed. Only comments that are a call's name, or have it with sys_ before it, are taken at their word.
 */
import type { Span } from "../../base/span.ts";
import { syscallsNamed } from "../../oslayer/syscalls.ts";
import { callMeant, isRenumbered } from "./syscallNumber.ts";
import { trapCheck } from "./trapCheck.ts";
import type { Check } from "../check.ts";

export const syscallComment: Check<"syscall-comment"> = trapCheck({
  code: "syscall-comment",
  stage: "package",
  severity: "warning",
  title: "The comment beside a system call's number names another call",
  why: [
    "Where numbers have no names a comment tells which call is meant. If it names another one than the number stands",
    "for, one of the two is wrong. Only a comment that is the name of a call, or has one with `sys_`, is read so.",
  ].join("\n"),
  bad: `
-- f_darwin_amd64.go --
package p

func getpid() int32
-- f_darwin_amd64.s --
TEXT ·getpid(SB), NOSPLIT, $0-4
	MOVL $(0x2000000+37), AX // getpid
	SYSCALL
	MOVL AX, ret+0(FP)
	RET
`,
  good: `
-- f_darwin_amd64.go --
package p

func getpid() int32
-- f_darwin_amd64.s --
TEXT ·getpid(SB), NOSPLIT, $0-4
	MOVL $(0x2000000+20), AX // getpid
	SYSCALL
	MOVL AX, ret+0(FP)
	RET
`,
  *rule({ trap, system, code, file }) {
    const { number } = trap;
    if (number.kind !== "constant" || !number.decoded.call || isRenumbered(system)) return;
    const { decoded, from } = number;
    const place = from.at(-1);
    if (!place || code.written(place).origin?.include !== undefined) return;
    const name = commentedName(trailingComment(file.text, code.written(place).span));
    // syscall(2) is what many call any of them.
    if (name === undefined || name === "syscall" || syscallsNamed(system, name).length === 0) return;
    const meant = callMeant(system, name, decoded.number);
    if (!meant || kin(meant.name) === kin(decoded.call!.name)) return;
    const message = `the comment says ${name}, which is ${meant.number}; ${decoded.number} is ${decoded.call!.name}`;
    yield { span: place, message };
  },
});

/** What the forms of one call have in common: a comment may well say open of openat, and exit of exit_group. */
function kin(name: string): string {
  return name
    .toLowerCase()
    .replace(/^_+|^compat_\d+_|^freebsd\d+_/, "")
    .replace(/^(?:rt_|new|old)/, "")
    .replace(/(?:_group|_time64|\d+)$/, "")
    .replace(/at$/, "");
}

/** The comment at the end of the line, without its marks; "" for none. */
function trailingComment(text: string, { end }: Span): string {
  const newline = text.indexOf("\n", end);
  const rest = text.slice(end, newline < 0 ? undefined : newline);
  return /\/\/\s*(.*?)\s*$|\/\*\s*(.*?)\s*\*\//.exec(rest)?.slice(1).find(Boolean) ?? "";
}

function commentedName(comment: string): string | undefined {
  return (
    /\bsys_+(\w+)/i.exec(comment)?.[1] ?? /^([a-z_]\w*)(?:\(\d?\))?(?=$|\s+-|;|\s*\()/.exec(comment)?.[1]
  );
}
