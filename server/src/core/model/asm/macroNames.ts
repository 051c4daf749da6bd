/** What a number is called where it is written: the names of macros for system calls in its expressions. */
import type { AsmCode } from "./asmCode.ts";
import type { Expr } from "../../syntax/asm/ast.ts";

const constantName = /^_*(?:SYS|NR|ARM_NR)_\w+$/;

/** `SYS_exit` of `$SYS_exit` and of `NACL_SYSCALL(SYS_exit)`, in the order of the expressions. */
export function macroNames(text: string, code: AsmCode, from: readonly Expr[]): readonly string[] {
  const names = from.flatMap((expr) => {
    const { span, origin } = code.written(expr);
    const words = text.slice(span.start, span.end).match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? [];
    return origin?.macro === undefined ? words : [...words, origin.macro];
  });
  return [...new Set(names.filter((name) => constantName.test(name)))];
}
