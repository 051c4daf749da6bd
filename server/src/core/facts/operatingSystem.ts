/**
 * All that is known of an operating system by itself, as one type: each has a file in os/ that fills it in, and
 * `oses` of os.ts lists those. Nothing has a default, so that whoever adds a system is asked for everything. Here
 * must be no system's name but of those that others are built on, no architectures, and
 * nothing of the calls of a kernel, which oslayer has.
 */

export interface OperatingSystem {
  /** First release in which the end of a file's name can be this GOOS, by minor number; 0: 1.11 or before. */
  readonly nameSince: number;
  /** What C compilers and other tools call it, in lower case and without underscores. */
  readonly otherNames: readonly string[];
  /** Satisfies the tag `unix`, which exists since Go 1.19 (`UnixOS` in internal/syslist/syslist.go). */
  readonly unix: boolean;
  /** The system whose kernel this is, and whose tag holds here too (`matchTag` in go/build/build.go). */
  readonly implies: "darwin" | "linux" | "solaris" | undefined;
  /** Functions keep the caller's frame pointer, where the architecture has one. */
  readonly keepsFramePointer: boolean;
  /** C has its first arguments in the registers that the architecture's usual ABI says. */
  readonly hasUsualCCall: boolean;
  /** Of C's types, those that have 64 bits on 32-bit targets here and not everywhere. */
  readonly wideTypes: ReadonlySet<string>;
  /** A number that had one call may have another later. */
  readonly reusesCallNumbers: boolean;
  /** Signals are texts, told apart by how they begin. */
  readonly signalsAreNotes: boolean;
  /** The signal with which C's library runs something on every thread. */
  readonly perThreadSignal: number | undefined;
}
