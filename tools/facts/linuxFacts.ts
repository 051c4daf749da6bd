/** What data/syscalls_linux.json holds, from which two files are made. */

export interface LinuxFacts {
  readonly private: {
    readonly arm: Readonly<Record<string, number | string>>;
  };
  readonly tables: Readonly<
    Record<
      string,
      {
        readonly base: number;
        readonly source: string;
        readonly only_in_xsys: readonly string[];
        readonly pseudo: Readonly<Record<string, number>>;
        readonly go_only: Readonly<Record<string, number>>;
        readonly nums: readonly (readonly [number, string])[];
        readonly entry: Readonly<Record<string, string>>;
      }
    >
  >;
}
