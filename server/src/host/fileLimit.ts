/**
 * How much of the world is taken in: what is larger is no source that a person or a generator wrote, and is told
 * instead of read. The largest file of Go's own trees has 2 MB. It must not know how files are read.
 */

/** The largest file that is read, in bytes. */
export const largestFile = 16 << 20;

/** Why a file of this many bytes is not read; without a number, one that does not say how large it is. */
export function tooLarge(bytes?: number): string {
  const limit = `larger than ${largestFile >> 20} MiB`;
  return bytes === undefined ? limit : `${limit}: ${bytes} bytes`;
}

/** Why a name is not read: none of Go's tools takes one with such characters, and they could pass for output of rt0's. */
export const badName = "its name has control characters";

// oxlint-disable-next-line no-control-regex -- they are what is looked for
const control = /[\u0000-\u001F\u007F-\u009F\u2028\u2029]/;

export function hasControl(name: string): boolean {
  return control.test(name);
}
