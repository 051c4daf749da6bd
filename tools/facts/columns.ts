/** The columns of the linux table: GOARCHes that differ in byte order only share one. */

export interface Column {
  readonly name: string;
  readonly arches: readonly string[];
}

export const linuxColumns: readonly Column[] = [
  ["386"],
  ["amd64"],
  ["arm"],
  ["arm64"],
  ["loong64"],
  ["mips", "mipsle"],
  ["mips64", "mips64le"],
  ["ppc64", "ppc64le"],
  ["riscv64"],
  ["s390x"],
].map((arches) => ({ name: arches[0]!, arches }));

/** The number that all GOARCHes of a column have in common; throws where they have not. */
export function columnsOf(
  row: ReadonlyMap<string, number>,
  { arches }: Column,
  name: string,
): number | undefined {
  const [number, ...others] = arches.map((arch) => row.get(arch));
  if (others.some((other) => other !== number))
    throw new Error(`${name} differs between ${arches.join(", ")}`);
  return number;
}

/** "386,mips": the columns of all these GOARCHes; throws where one has only a part of its own. */
export function columnNames(arches: readonly string[]): string {
  const named = linuxColumns.filter((column) => column.arches.some((arch) => arches.includes(arch)));
  const wrong = named.find((column) => !column.arches.every((arch) => arches.includes(arch)));
  if (wrong) throw new Error(`${arches.join(", ")}: not the whole column ${wrong.name}`);
  return named.map(({ name }) => name).join(",");
}

/** "386,arm": in alphabetical order. */
export function joinArches(arches: readonly string[]): string {
  return [...arches].sort().join(",");
}
