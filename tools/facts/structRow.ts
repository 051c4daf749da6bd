/** A row of a struct's layout, as two of the tables have it. */

export type StructField = readonly [name: string, offset: number, size: number, type: string];

/** A layout: where it holds|size|align|fields, of which one is name, offset, size and type. */
export function structRow(
  where: string,
  { size, align, fields }: { size: number; align: number; fields: readonly StructField[] },
): string {
  const words = fields.map(([name, offset, size, type]) => `${name} ${offset} ${size} ${type}`);
  return `${where}|${size}|${align}|${words.join(";")}`;
}
