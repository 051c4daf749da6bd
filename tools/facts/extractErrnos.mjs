/**
 * `node tools/facts/extractErrnos.mjs GOROOT`: reads the error numbers that a Go tree's package
 * syscall declares into data/errnos.json. Windows is left out: its numbers are invented by that
 * package, and plan9 has texts instead of numbers.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const goroot = process.argv[2];
if (goroot === undefined) throw new Error("usage: node tools/facts/extractErrnos.mjs GOROOT");
const version = readFileSync(join(goroot, "VERSION"), "utf8").split("\n", 1)[0];
const directory = join(goroot, "src/syscall");

const systems = [];
for (const file of readdirSync(directory).sort()) {
  const [, system] = /^(?:zerrors|tables)_(\w+)\.go$/.exec(file) ?? [];
  if (system === undefined || system === "windows") continue;
  const text = readFileSync(join(directory, file), "utf8");
  const values = new Map();
  const rows = [];
  const declared = [
    ...text.matchAll(/^\t(E[0-9A-Z]+)\s+= Errno\((0x[0-9a-f]+|\d+)\)$/gm),
    ...text.matchAll(/^\t(E[0-9A-Z]+)\s+Errno = (\w+)/gm),
  ];
  for (const [, name, value] of declared) {
    const number = values.get(value) ?? Number(value);
    if (!Number.isInteger(number)) throw new Error(`${file}: ${name} = ${value}`);
    values.set(name, number);
    rows.push([number, name]);
  }
  // The table of signals has the same form; it comes after that of errors.
  const table = /^var error(?:s|str) = \[\.\.\.\]string\{\n(.*?)^\}/ms.exec(text)?.[1] ?? "";
  const messages = new Map(
    [...table.matchAll(/^\t(\d+|E[0-9A-Z]+):\s+"([^"]*)",$/gm)].map(([, key, message]) => [
      values.get(key) ?? Number(key),
      message,
    ]),
  );
  rows.sort(([a, nameA], [b, nameB]) => a - b || (nameA < nameB ? -1 : 1));
  const [goos, goarch = "wasm"] = system.split("_");
  systems.push([goos, goarch, file, rows.map(([n, name]) => [n, name, messages.get(n) ?? ""])]);
}

const facts = {
  about:
    "error numbers as package syscall declares them. systems: [goos, goarch, file, rows]; rows: [number, name, message], several names may share a number.",
  source: `${version} src/syscall`,
  systems,
};
const data = fileURLToPath(new URL("data/errnos.json", import.meta.url));
writeFileSync(data, JSON.stringify(facts) + "\n");
