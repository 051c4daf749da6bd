/**
 * The two hashes by which a dynamic linker finds a symbol in an ELF file: that of
 * DT_HASH, which also stands in version definitions (System V ABI, chapter 5), and
 * that of DT_GNU_HASH. It must not know who looks for what.
 */

/** The hash in DT_HASH and of a version's name: 28 bits. `name` has one code unit per byte. */
export function elfHash(name: string): number {
  let hash = 0;
  for (let i = 0; i < name.length; i++) {
    hash = ((hash << 4) + name.charCodeAt(i)) >>> 0;
    const top = hash & 0xf0000000;
    hash = (hash ^ (top >>> 24)) & 0x0fffffff;
  }
  return hash;
}

/** The hash in DT_GNU_HASH: 32 bits, of which a table's chains leave the lowest out. `name` as for `elfHash`. */
export function gnuHash(name: string): number {
  let hash = 5381;
  for (let i = 0; i < name.length; i++) hash = (Math.imul(hash, 33) + name.charCodeAt(i)) >>> 0;
  return hash;
}
