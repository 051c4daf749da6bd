/**
 * In which packages of the standard library the assembler takes ABI selectors. It
 * must not know where packages are.
 *
 * `allowAsmABIPkgs` in cmd/internal/objabi/pkgspecial.go, before Go 1.22
 * `IsRuntimePackagePath` in cmd/internal/objabi/path.go.
 */

interface Row {
  /** A path, or with a slash at the end what paths begin with. */
  readonly path: string;
  /** First and last release, by minor number; undefined: from the beginning, to this day. */
  readonly first?: number;
  readonly last?: number;
}

const rows: readonly Row[] = [
  { path: "runtime" },
  { path: "reflect" },
  { path: "syscall" },
  { path: "runtime/internal/", last: 21 },
  { path: "internal/bytealg", first: 17 },
  { path: "internal/chacha8rand", first: 22 },
  { path: "runtime/internal/syscall", first: 22, last: 22 },
  { path: "runtime/internal/startlinetest", first: 22, last: 24 },
  { path: "internal/runtime/syscall", first: 23, last: 25 },
  { path: "internal/runtime/syscall/linux", first: 26 },
  { path: "internal/runtime/syscall/windows", first: 26 },
  { path: "internal/runtime/startlinetest", first: 25 },
  { path: "internal/runtime/maps", first: 27 },
];

/** Whether the assembler of a release takes `f<ABIInternal>` in the standard library's package with this path. */
export function mayNameAbi(path: string, release: number): boolean {
  return rows.some(
    (row) =>
      release >= (row.first ?? 0) &&
      release <= (row.last ?? Infinity) &&
      (row.path.endsWith("/") ? path.startsWith(row.path) : path === row.path),
  );
}
