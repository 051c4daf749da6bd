/**
 * The hashes of rt0 are those that the linker wrote into the C library of this
 * machine: every symbol stands in the chain of its hash, every version has its own.
 */
import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { elfHash, gnuHash } from "../../server/src/core/oslayer/elfHash.ts";

const directories = ["x86_64-linux-gnu", "aarch64-linux-gnu"].map((name) => `/lib/${name}`);
const library = [...directories, "/lib64", "/usr/lib"]
  .map((path) => `${path}/libc.so.6`)
  .find((path) => existsSync(path));

test.skipIf(library === undefined && process.env["CI"] === undefined)("hashes of the C library", () => {
  const { sections, file } = readSections(readFileSync(library!));
  const symbols = symbolNames(file, sections);

  const gnu = sections.get(".gnu.hash")!.at;
  const [buckets, first, maskWords] = [0, 4, 8].map((at) => file.getUint32(gnu + at, true)) as [
    number,
    number,
    number,
  ];
  const chains = gnu + 16 + 8 * maskWords + 4 * buckets;
  const hashed = symbols.slice(first);
  expect(hashed.length).toBeGreaterThan(1000);
  for (const [i, name] of hashed.entries()) {
    const stated = file.getUint32(chains + 4 * i, true);
    expect([name, (gnuHash(name) | 1) >>> 0]).toEqual([name, (stated | 1) >>> 0]);
  }

  const versions = versionHashes(file, sections);
  expect(versions.length).toBeGreaterThan(10);
  for (const [name, stated] of versions) expect([name, elfHash(name)]).toEqual([name, stated]);
});

interface Section {
  readonly at: number;
  readonly size: number;
  readonly count: number;
}

function readSections(bytes: Uint8Array): { file: DataView; sections: Map<string, Section> } {
  const file = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const table = Number(file.getBigUint64(40, true));
  const headers = Array.from({ length: file.getUint16(60, true) }, (_, i) => table + 64 * i);
  const offset = (header: number) => Number(file.getBigUint64(header + 24, true));
  const names = offset(headers[file.getUint16(62, true)]!);
  const entries = headers.map((header): [string, Section] => [
    stringAt(file, names + file.getUint32(header, true)),
    {
      at: offset(header),
      size: Number(file.getBigUint64(header + 32, true)),
      count: file.getUint32(header + 44, true),
    },
  ]);
  return { file, sections: new Map(entries) };
}

function symbolNames(file: DataView, sections: ReadonlyMap<string, Section>): string[] {
  const [symbols, strings] = [sections.get(".dynsym")!, sections.get(".dynstr")!];
  return Array.from({ length: symbols.size / 24 }, (_, i) =>
    stringAt(file, strings.at + file.getUint32(symbols.at + 24 * i, true)),
  );
}

function versionHashes(file: DataView, sections: ReadonlyMap<string, Section>): [string, number][] {
  const [versions, strings] = [sections.get(".gnu.version_d")!, sections.get(".dynstr")!];
  const found: [string, number][] = [];
  for (let at = versions.at, i = 0; i < versions.count; i++, at += file.getUint32(at + 16, true)) {
    const name = file.getUint32(at + file.getUint32(at + 12, true), true);
    found.push([stringAt(file, strings.at + name), file.getUint32(at + 8, true)]);
  }
  return found;
}

/** One code unit per byte. */
function stringAt(file: DataView, at: number): string {
  let text = "";
  for (let i = at; file.getUint8(i) !== 0; i++) text += String.fromCharCode(file.getUint8(i));
  return text;
}
