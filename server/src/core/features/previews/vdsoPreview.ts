/**
 * What the runtime looks up in the vDSO of each target, with the hashes the source
 * states and what they should be, and the tags of the auxiliary vector it knows. It must
 * not know how a preview is drawn.
 */
import { declaredConstant } from "../../model/go/constantExpr.ts";
import { toInteger } from "../../model/go/constant.ts";
import { type Declared, declares, type Package, type PackageFile } from "../../model/go/packageScope.ts";
import { type StatedHash, type VdsoEntry, vdsoEntries } from "../../model/go/vdsoTable.ts";
import { elfHash, gnuHash } from "../../oslayer/elfHash.ts";
import { auxvTagsOf, randomSourceOf, vdsoTablesOf } from "../../oslayer/osLayer.ts";
import type { System } from "../../oslayer/system.ts";
import { randomSourcesOf } from "../../runtime/randomSource.ts";
import { declLocation } from "../../workspace/declLocation.ts";
import type { Snapshot } from "../../workspace/snapshot.ts";
import { numberText } from "./argumentText.ts";
import type { Cell, PreviewModel, PreviewSection, Row, TableSection } from "./previewModel.ts";
import { sidesOf } from "./sidesOf.ts";
import type { Location } from "../../workspace/location.ts";

/**
 * vDSO symbols, auxiliary vector and random source on the targets with these indexes, read from the
 * package runtime in `directory`; undefined for a directory: from the facts alone.
 */
export function vdsoPreview(
  snapshot: Snapshot,
  directory: string | undefined,
  targets: readonly number[],
): PreviewModel {
  const pkg = directory === undefined ? undefined : snapshot.package(directory);
  const sides = sidesOf(snapshot, targets, (target) => {
    const { goos, goarch } = snapshot.world.targets[target]!;
    return pkg ? fromSource(snapshot, pkg, target) : fromFacts({ goos, goarch });
  });
  return { title: "vDSO and auxiliary vector", sides };
}

const symbolColumns = [
  { title: "symbol" },
  { title: "ELF hash", align: "right" as const },
  { title: "GNU hash", align: "right" as const },
  { title: "into" },
];

function fromSource(snapshot: Snapshot, pkg: Package, target: number): PreviewSection[] {
  const view = snapshot.view(target);
  const rows = pkg.files
    .filter(({ targets, isTest }) => targets.has(target) && !isTest)
    .flatMap((file) => vdsoEntries(view, pkg, file).map((entry) => entryRow(snapshot, pkg, file, entry)));
  const symbols: PreviewSection =
    rows.length > 0
      ? { kind: "table", key: "vdso", title: "Looked up in the vDSO", columns: symbolColumns, rows }
      : { kind: "notes", key: "vdso", title: "vDSO", notes: [{ text: "nothing is looked up in a vDSO" }] };
  return [
    symbols,
    ...tagTable(tagsOf(snapshot, pkg, target), undefined),
    ...randomRead(snapshot, pkg, target),
  ];
}

function entryRow(snapshot: Snapshot, pkg: Package, file: PackageFile, entry: VdsoEntry): Row {
  const { kind, name, elf, gnu, variable, decl, node } = entry;
  const whole = declLocation(snapshot, { name: "", decl, file, package: pkg } satisfies Declared);
  const placeOf = ({ start, end }: VdsoEntry["node"]): { readonly place?: Location } =>
    whole
      ? { place: { ...whole, span: { start: whole.span.start + start, end: whole.span.start + end } } }
      : {};
  const hashCell = (stated: StatedHash | undefined, right: number): Cell => {
    if (!stated) return { text: "" };
    const hash = `0x${stated.value.toString(16)}`;
    const isRight = stated.value === BigInt(right);
    const text = isRight ? hash : `${hash}, should be 0x${right.toString(16)}`;
    return { text, ...placeOf(stated.node), ...(!isRight && { mark: "differs" as const }) };
  };
  return {
    key: name,
    cells: [
      { text: kind === "version" ? `${name} (version)` : name, ...placeOf(node) },
      hashCell(elf, elfHash(name)),
      hashCell(gnu, gnuHash(name)),
      { text: variable ?? "" },
    ],
  };
}

interface Tag {
  readonly name: string;
  readonly value: string;
  readonly place?: Location | undefined;
  /** Where the runtime compares a tag with it; undefined where nothing does. */
  readonly use?: Location | undefined;
}

/** The constants AT_X that the package declares. */
function tagsOf(snapshot: Snapshot, pkg: Package, target: number): Tag[] {
  const view = snapshot.view(target);
  const tags: (Tag & { readonly number: bigint })[] = [];
  for (const name of pkg.scope.keys()) {
    if (!/^_?AT_[A-Z0-9_]+$/.test(name) || /^_?AT_FDCWD$/.test(name)) continue;
    const declared = view.lookup(pkg, pkg, name);
    if (!declares(declared, "const")) continue;
    const { value } = view.measure(() => declaredConstant(view, declared).value);
    const number = value && toInteger(value);
    if (number === undefined) continue;
    const place = declLocation(snapshot, declared);
    const use = useOf(snapshot, pkg, target, name);
    tags.push({ name: name.replace(/^_/, ""), value: String(number), number, place, use });
  }
  tags.sort((a, b) => (a.number < b.number ? -1 : a.number > b.number ? 1 : 0));
  return tags;
}

/** The first place in the files of a target where a tag is compared with a constant: `case _AT_RANDOM:`. */
function useOf(snapshot: Snapshot, pkg: Package, target: number, constant: string): Location | undefined {
  const pattern = new RegExp(`(?:\\bcase |[!=]= )(${constant})\\b`);
  for (const { name, targets, isTest } of pkg.files) {
    if (isTest || !targets.has(target)) continue;
    const text = snapshot.directories.get(pkg.directory)?.files.get(name)?.text ?? "";
    const found = text.includes(constant) ? pattern.exec(text) : null;
    if (!found) continue;
    const end = found.index + found[0].length;
    return { directory: pkg.directory, file: name, span: { start: end - constant.length, end } };
  }
  return undefined;
}

function tagTable(tags: readonly Tag[], used: string | undefined): TableSection[] {
  if (tags.length === 0) return [];
  const rows = tags.map(({ name, value, place, use }): Row => ({
    key: name,
    cells: [
      { text: name, ...(place && { place }) },
      { text: value },
      { text: use?.file ?? "", ...(use && { place: use }) },
    ],
  }));
  const title = `Auxiliary vector${used === undefined || used === "" ? "" : ` (${used})`}`;
  const columns = [{ title: "tag" }, { title: "value", align: "right" as const }, { title: "looked at in" }];
  return [{ kind: "table", key: "auxv", title, columns, rows }];
}

const randomTitle = "Random bytes at start";

function randomRead(snapshot: Snapshot, pkg: Package, target: number): PreviewSection[] {
  const sources = randomSourcesOf(snapshot, pkg, target);
  if (sources.length === 0) return [];
  const notes = sources.map(({ name = "nothing", place }, i) => ({
    text: i > 0 ? `else ${name}` : name,
    place,
  }));
  return [{ kind: "notes", key: "random", title: randomTitle, notes }];
}

function randomNotes(system: System): PreviewSection[] {
  const sources = randomSourceOf(system);
  if (sources.length === 0) return [];
  const notes = sources.map(({ name, revision }) => ({ text: `${name} (${revision})` }));
  return [{ kind: "notes", key: "random", title: randomTitle, notes }];
}

function fromFacts(system: System): PreviewSection[] {
  const tables = vdsoTablesOf(system).map(
    ({ version, versionHash, symbols, revision, file }): TableSection => {
      const rows = symbols.map(({ name, elfHash, gnuHash, variable }): Row => ({
        key: name,
        cells: [name, hashText(elfHash), hashText(gnuHash), variable].map((text) => ({ text })),
      }));
      const title = `Looked up in the vDSO in ${revision}: ${version} (${hashText(versionHash)}), ${file}`;
      return { kind: "table", key: `vdso ${revision}`, title, columns: symbolColumns, rows };
    },
  );
  const known = auxvTagsOf(system);
  const tags = (known?.tags ?? []).map(({ name, value }) => ({ name, value: numberText(BigInt(value)) }));
  const nothing: PreviewSection[] =
    tables.length === 0
      ? [{ kind: "notes", key: "vdso", title: "vDSO", notes: [{ text: "nothing is looked up in a vDSO" }] }]
      : [];
  return [...tables, ...nothing, ...tagTable(tags, known?.used), ...randomNotes(system)];
}

function hashText(hash: number | undefined): string {
  return hash === undefined ? "" : `0x${hash.toString(16)}`;
}
