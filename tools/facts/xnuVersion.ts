/** Versions of xnu, the kernel of Apple's systems, by the tags of its sources. */

/** "792.25.20" of "xnu-792.25.20". */
export function xnuVersion(tag: string): string {
  return tag.replace(/^xnu-/, "");
}
