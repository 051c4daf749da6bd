/** Hover on a flag of TEXT or GLOBL: what it asks of the assembler, the linker or the runtime. */
import { codeSpan } from "../../base/markdown.ts";
import type { FlagEntity } from "../entity/entity.ts";
import type { Hover, HoverInput } from "./hoverSource.ts";

/** By what src/runtime/textflag.h says of each; LOCAL, which it does not have, is left out. */
const meanings: ReadonlyMap<string, string> = new Map([
  ["NOPROF", "asks for nothing any more; once, not to be profiled"],
  ["DUPOK", "several definitions are allowed, of which the linker takes one"],
  ["NOSPLIT", "the stack is not grown: frames from here on have to fit into what every stack keeps free"],
  ["RODATA", "data that is never written"],
  ["NOPTR", "data without pointers, which the garbage collector passes over"],
  ["WRAPPER", "a wrapper, which does not count as a caller when a panic is recovered"],
  ["NEEDCTXT", "a closure, which finds its variables by the context register"],
  ["TLSBSS", "a word for each thread; the variable holds where it lies in the thread's storage"],
  ["NOFRAME", "the assembler makes no frame and saves no link register; only with a frame of 0 bytes"],
  ["REFLECTMETHOD", "may look up methods by reflection, so that the linker keeps them"],
  ["TOPFRAME", "the outermost function of a stack: whoever walks up the stack stops here"],
  ["ABIWRAPPER", "leads from one calling convention to the other"],
]);

export function flagHover({ entity }: HoverInput<FlagEntity>): Hover | undefined {
  const meaning = meanings.get(entity.name);
  return meaning === undefined
    ? undefined
    : { span: entity.span, markdown: `${codeSpan(entity.name)}: ${meaning}\n` };
}
