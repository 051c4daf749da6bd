/**
 * Names that are told by what they are called, wherever they stand, in Go, in assembly and in comments: system
 * calls, error numbers and signals. It must not know what their numbers are.
 */
import type { Span } from "../../base/span.ts";
import { oncePerKey } from "../../base/memo.ts";
import { abiSystems } from "../../oslayer/abi.ts";
import { errnosOf } from "../../oslayer/errno.ts";
import { signalsOf } from "../../oslayer/signal.ts";
import type { ErrnoEntity, SignalEntity, SystemCallEntity } from "./entity.ts";

export function systemName(
  name: string,
  span: Span,
): SystemCallEntity | ErrnoEntity | SignalEntity | undefined {
  const call = /^_*SYS_+(\w+)$/i.exec(name)?.[1];
  if (call !== undefined) return { kind: "systemCall", name, call, mayBeLibrary: false, span };
  const constant = name.replace(/^_/, "");
  if (/^E[A-Z0-9]+$/.test(constant) && known("errno").has(constant))
    return { kind: "errno", name, constant, span };
  if (/^SIG[A-Z0-9]+$/.test(constant) && known("signal").has(constant))
    return { kind: "signal", name, constant, span };
  return undefined;
}

/** What any system has. */
const known = oncePerKey((kind: "errno" | "signal"): ReadonlySet<string> => {
  const names = abiSystems().flatMap((system) =>
    kind === "errno"
      ? errnosOf(system).flatMap((errno) => errno.names)
      : signalsOf(system).map((signal) => signal.name),
  );
  return new Set(names);
});
