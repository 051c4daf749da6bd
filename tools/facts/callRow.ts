/** A row of a system call, as the tables of several systems have it, with its signature as C writes it. */

export type Arguments = readonly (readonly [type: string, name: string])[];

/** "int fd, const char *path", as C writes it. */
export function parameters(args: Arguments): string {
  return args.map(([type, name]) => `${cleanType(type)}${type.endsWith("*") ? "" : " "}${name}`).join(", ");
}

/** Without the kernels' annotations, which say nothing to a caller. */
function cleanType(type: string): string {
  return type.replace(/\b__user /g, "").replace(/\bopt\([^)]*\) /g, "");
}

export function signature(result: string | null | undefined, args: Arguments | null | undefined): string {
  return args ? `${result ?? "int"}(${parameters(args)})` : "";
}

/** number|name|signature|attributes, the empty ones at the end left out. */
export function callRow(
  number: number,
  name: string,
  signature: string,
  attributes: Readonly<Record<string, string | number | undefined>> = {},
): string {
  const words = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${value}`],
  );
  return [number, name, signature, words.join(" ")].join("|").replace(/\|+$/, "");
}
