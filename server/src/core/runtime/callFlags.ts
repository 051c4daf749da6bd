/** The flags of a system call, those that assembly adds on the way among them. It must not know how they are shown. */
import { cloneFlagNames } from "../oslayer/cloneFlags.ts";
import type { CallArgument } from "./callArgument.ts";
import type { SystemCall } from "./systemCalls.ts";

/** The argument that is put together from named bits, if there is one. */
export function flagsOf({ args }: SystemCall): CallArgument | undefined {
  return args.find(({ names }) => names.length > 1);
}

/** With the bits that assembly sets on the way. */
export function withBits(arg: CallArgument, added: bigint): CallArgument {
  if (added === 0n || arg.value === undefined) return arg;
  return { ...arg, value: arg.value | added, names: [...arg.names, ...cloneFlagNames(added & ~arg.value)] };
}
