/**
 * What a file's name says about the build: the GOOS and GOARCH it is for, whether
 * it is a test, whether Go's tools pass it over (`goodOSArchFile` and `matchFile` in
 * go/build/build.go). It must not know which names are systems and architectures:
 * that depends on the release, so the caller tells.
 */

/** The names go/build takes for a GOOS or a GOARCH in a file name. */
export interface KnownNames {
  readonly isOS: (name: string) => boolean;
  readonly isArch: (name: string) => boolean;
}

/**
 * The tags that must all hold for the file, by its name alone: none, a GOOS, a GOARCH, or both, the
 * GOOS first. A name counts only after an underscore that is not the first letter's: `linux.go` is
 * for every target, `x_linux.go` is not.
 */
export function fileNameTags(fileName: string, known: KnownNames): readonly string[] {
  // Only the name up to the first dot counts: `x.pb_linux.go` is for every target.
  const dot = fileName.indexOf(".");
  const name = dot < 0 ? fileName : fileName.slice(0, dot);
  if (!name.includes("_")) return none;
  const words = name.split("_").slice(1);
  if (words.at(-1) === "test") words.pop();
  const last = words.at(-1) ?? "";
  const before = words.at(-2) ?? "";
  if (known.isOS(before) && known.isArch(last)) return [before, last];
  return known.isOS(last) || known.isArch(last) ? [last] : none;
}

const none: readonly never[] = [];

/** Go's tools pass over files whose name begins with an underscore or a dot. */
export function isIgnoredName(fileName: string): boolean {
  return fileName.startsWith("_") || fileName.startsWith(".");
}

export function isTestName(fileName: string): boolean {
  return fileName.endsWith("_test.go");
}
