/** The flags of Linux's clone, as include/uapi/linux/sched.h has them. */

const flags: readonly (readonly [name: string, value: number])[] = [
  ["CLONE_VM", 0x100],
  ["CLONE_FS", 0x200],
  ["CLONE_FILES", 0x400],
  ["CLONE_SIGHAND", 0x800],
  ["CLONE_PIDFD", 0x1000],
  ["CLONE_PTRACE", 0x2000],
  ["CLONE_VFORK", 0x4000],
  ["CLONE_PARENT", 0x8000],
  ["CLONE_THREAD", 0x10000],
  ["CLONE_NEWNS", 0x20000],
  ["CLONE_SYSVSEM", 0x40000],
  ["CLONE_SETTLS", 0x80000],
  ["CLONE_PARENT_SETTID", 0x100000],
  ["CLONE_CHILD_CLEARTID", 0x200000],
  ["CLONE_DETACHED", 0x400000],
  ["CLONE_UNTRACED", 0x800000],
  ["CLONE_CHILD_SETTID", 0x1000000],
];

/** The names of the flags that are set, by value; what has no name is left out. */
export function cloneFlagNames(value: bigint): readonly { readonly name: string; readonly value: bigint }[] {
  return flags
    .map(([name, flag]) => ({ name, value: BigInt(flag) }))
    .filter((flag) => (value & flag.value) !== 0n);
}
