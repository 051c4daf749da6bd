/**
 * Symbols that the linker lets no package outside the standard library refer to, however
 * they are given away: `blockedLinknames` in cmd/link/internal/loader/loader.go of each
 * release since Go 1.23. It must not know who refers to what.
 */

interface Row {
  /** First and last release that blocks them; undefined: to this day. */
  readonly first: number;
  readonly last?: number;
  /** By package path, the names in it. */
  readonly names: Readonly<Record<string, readonly string[]>>;
}

const rows: readonly Row[] = [
  {
    first: 23,
    last: 23,
    names: { "internal/weak": ["runtime_makeStrongFromWeak", "runtime_registerWeakPointer"] },
  },
  { first: 23, last: 26, names: { runtime: ["coroswitch", "newcoro"] } },
  { first: 24, last: 24, names: { "internal/runtime/maps": ["mapKeyError"] } },
  {
    first: 24,
    names: {
      "crypto/internal/fips140": ["fatal", "getIndicator", "setIndicator"],
      "crypto/internal/sysrand": ["fatal"],
      "crypto/rand": ["fatal"],
      "internal/runtime/maps": [
        "errNilAssign",
        "fatal",
        "newarray",
        "newobject",
        "typedmemclr",
        "typedmemmove",
      ],
      "internal/sync": [
        "fatal",
        "runtime_SemacquireMutex",
        "runtime_Semrelease",
        "runtime_canSpin",
        "runtime_doSpin",
        "runtime_nanotime",
        "throw",
      ],
      "internal/synctest": ["Run", "Wait", "acquire", "inBubble", "release"],
      runtime: [
        "getStaticuint64s",
        "mapaccess1",
        "mapaccess1_fast32",
        "mapaccess1_fast64",
        "mapaccess1_faststr",
        "mapdelete_fast32",
        "mapdelete_fast64",
        "mapdelete_faststr",
      ],
      sync: ["runtime_SemacquireWaitGroup"],
      time: ["runtimeNano", "runtimeNow"],
    },
  },
  {
    first: 25,
    names: {
      "internal/cpu": ["riscvHWProbe"],
      "internal/runtime/cgroup": ["throw"],
      "internal/runtime/maps": ["typeString"],
      "internal/synctest": ["IsInBubble", "associate", "disassociate", "isAssociated"],
      net: ["newWindowsFile"],
      "runtime/trace": ["runtime_readTrace", "runtime_traceClockUnitsPerSecond"],
      "testing/synctest": ["testingSynctestTest"],
      time: ["runtimeIsBubbled"],
      unique: ["runtime_blockUntilEmptyCleanupQueue"],
    },
  },
  {
    first: 26,
    names: {
      "crypto/fips140": ["isBypassed", "setBypass", "unsetBypass"],
      "crypto/internal/rand": ["SetTestingReader"],
      "crypto/subtle": ["setDITDisabled", "setDITEnabled"],
      "internal/cpu": ["sysctlbynameBytes", "sysctlbynameInt32"],
      "internal/runtime/maps": ["rand"],
      runtime: ["addmoduledata", "pprof_goroutineLeakProfileWithLabels"],
      "runtime/pprof": ["runtime_goroutineLeakGC", "runtime_goroutineleakcount"],
      "runtime/secret": ["appendSignalStacks", "count", "dec", "eraseSecrets", "getStack", "inc"],
      syscall: ["rawsyscalln", "runtimeClearenv", "syscalln"],
      testing: ["checkParallel"],
    },
  },
];

/** The release whose linker began to check references into the standard library, and the one that checks those to its assembly. */
export const firstChecked = 23;
export const firstAssemblyChecked = 27;

/** Whether the linker of a release refuses every reference from outside the standard library to a name in one of its packages. */
export function isBlocked(path: string, name: string, release: number): boolean {
  return rows.some(
    ({ first, last, names }) =>
      release >= first && release <= (last ?? Infinity) && names[path]?.includes(name) === true,
  );
}

/** Symbols of the runtime's assembly and variables for the compiler's own use: those for ABI0 in cmd/internal/goobj/builtinlist.go. */
const builtinsOfAbi0 =
  /^runtime\.(?:morestack(?:c|_noctxt)?|writeBarrier|tls_g|retpoline\w+|(?:x86|arm|arm64|loong64|riscv64)Has\w+)$/;

/** The runtime's Go functions in that list that some release since Go 1.23 does not mark. */
const builtins: ReadonlySet<string> = new Set(
  `
  newobject panicdivide panicshift panicmakeslicelen panicmakeslicecap panicwrap gorecover goschedguarded
  goPanicIndex goPanicIndexU goPanicSliceAlen goPanicSliceAlenU goPanicSliceAcap goPanicSliceAcapU
  goPanicSliceB goPanicSliceBU goPanicSlice3Alen goPanicSlice3AlenU goPanicSlice3Acap goPanicSlice3AcapU
  goPanicSlice3B goPanicSlice3BU goPanicSlice3C goPanicSlice3CU goPanicSliceConvert printbool printfloat
  printint printhex printuint printcomplex printstring printpointer printuintptr printiface printeface
  printslice printnl printsp printlock printunlock concatstring2 concatstring3 concatstring4 concatstring5
  concatstrings intstring slicebytetostringtmp slicerunetostring stringtoslicebyte stringtoslicerune
  slicecopy decoderune countrunes convT convTnoptr convT16 convT32 assertE2I assertE2I2 panicdottypeE
  panicdottypeI panicnildottype typeAssert interfaceSwitch ifaceeq efaceeq panicrangestate deferrangefunc
  rand32 makemap64 mapaccess1 mapaccess1_fast32 mapaccess1_fast64 mapaccess1_faststr mapaccess1_fat
  mapaccess2_fat mapdelete_fast32 mapdelete_fast64 mapdelete_faststr makechan64 makechan chanrecv1
  chanrecv2 chansend1 closechan chanlen chancap typedmemclr selectnbsend selectnbrecv selectsetpc selectgo
  block makeslice64 makeslicecopy unsafeslicecheckptr panicunsafeslicelen panicunsafeslicenilptr
  unsafestringcheckptr panicunsafestringlen panicunsafestringnilptr memequal0 memequal8 memequal16
  memequal32 memequal64 memequal128 f32equal f64equal c64equal c128equal strequal interequal nilinterequal
  memhash0 memhash8 memhash16 memhash128 f32hash f64hash c64hash c128hash interhash int64div uint64div
  int64mod uint64mod float64toint64 float64touint64 int64tofloat64 int64tofloat32 uint64tofloat64
  uint64tofloat32 complex128div checkptrAlignment checkptrArithmetic addCovMeta asanregisterglobals
  deferproc deferprocStack deferreturn newproc panicoverflow concatbyte2 concatbyte3 concatbyte4
  concatbyte5 concatbytes slicebytetostring mapIterStart mapIterNext mapclear printfloat64 printfloat32
  printcomplex128 printcomplex64 printquoted growsliceBuf growsliceBufNoAlias growsliceNoAlias moveSlice
  moveSliceNoScan moveSliceNoCap moveSliceNoCapNoScan memhash32 memhash64 KeepAlive
  `
    .trim()
    .split(/\s+/),
);

/**
 * Whether objects know a symbol by its number in the compiler's list, so that the linker does not look
 * at references to it: those from assembly for ABI0, which is all there is where Go does not call in
 * registers, and before Go 1.24 those by linkname.
 */
export function isBuiltin(
  symbol: string,
  from: "Go" | "assembly",
  { release, inRegisters }: { readonly release: number; readonly inRegisters: boolean },
): boolean {
  if (from === "assembly" && builtinsOfAbi0.test(symbol)) return true;
  if (from === "Go" ? release > 23 : inRegisters) return false;
  return symbol.startsWith("runtime.") && builtins.has(symbol.slice("runtime.".length));
}
