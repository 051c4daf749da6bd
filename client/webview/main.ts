/**
 * The page of a preview: a toolbar, and the sides of the model beside each other.
 * It draws what it is sent and asks the extension for everything else; all of its
 * state is kept by the editor, so that it comes back after a reload.
 */
import { previewDiff, revisedSides, type SectionDiff } from "../../server/src/core/index.ts";
import type { PreviewAnswer, PreviewLink } from "../../server/src/lsp/protocol.ts";
import { element } from "./dom.ts";
import {
  type FromPage,
  type OtherRevision,
  type PreviewState,
  type ShownAnswers,
  type ToPage,
  workingTree,
} from "./messages.ts";
import type { PreviewColumn } from "./page.ts";
import { filteredFrom, sectionElement, type SectionInput } from "./sections.ts";

declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void;
  setState(state: PreviewState): void;
};

const editor = acquireVsCodeApi();
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- the editor's, not a window's
const tell = (message: FromPage): void => editor.postMessage(message);
let state: PreviewState | undefined;
let answer: PreviewAnswer = { targets: [], chosen: [] };
let other: OtherRevision | undefined;

const title = element("h1", {}, "rt0");
const target = element("select", { id: "target" });
const choose = element("button", { id: "choose", type: "button" }, "Choose Targets…");
const base = element("select", { id: "base" });
const revision = element("button", { id: "revision", type: "button" });
const onlyDifferences = element("input", { id: "differences", type: "checkbox" });
const filter = element("input", { id: "filter", type: "search", placeholder: "Filter" });
const copy = element("button", { id: "copy", type: "button" }, "Copy as Markdown");
const status = element("p", { id: "status", role: "status", "aria-live": "polite" });
const sides = element("main", { id: "sides" });

const labelled = (text: string, control: HTMLElement) =>
  element("label", { for: control.id }, element("span", {}, text), control);
const targetLabel = labelled("Target", target);
const baseLabel = labelled("Compare with", base);
const differencesLabel = labelled("Differences only", onlyDifferences);
const filterLabel = labelled("Filter", filter);

document.body.append(
  element(
    "header",
    {},
    title,
    element(
      "div",
      { class: "tools", role: "group", "aria-label": "Preview" },
      targetLabel,
      choose,
      baseLabel,
      revision,
      differencesLabel,
      filterLabel,
      copy,
    ),
    status,
  ),
  sides,
);

/** Changes how the page is shown, and has the editor keep that. */
function change(changes: Partial<PreviewState>): void {
  if (!state) return;
  state = { ...state, ...changes };
  editor.setState(state);
  tell({ kind: "state", state });
  draw();
}

target.addEventListener("change", () => {
  if (target.value !== "") tell({ kind: "targets", targets: [target.value] });
});
choose.addEventListener("click", () => tell({ kind: "chooseTargets" }));
base.addEventListener("change", () => change({ base: base.value === "" ? undefined : base.value }));
revision.addEventListener("click", () => tell({ kind: "chooseRevision" }));
onlyDifferences.addEventListener("change", () => change({ onlyDifferences: onlyDifferences.checked }));
filter.addEventListener("input", () => change({ filter: filter.value }));
copy.addEventListener("click", () => tell({ kind: "copy" }));
const open = (link: PreviewLink) => tell({ kind: "open", link });

window.addEventListener("message", ({ data }: MessageEvent<ToPage>) => {
  if (data.kind === "say") {
    status.textContent = data.text;
    return;
  }
  state = data.state;
  const shown = JSON.parse(data.answers) as ShownAnswers;
  ({ answer, other } = shown);
  status.textContent = shown.problem ?? "";
  editor.setState(state);
  draw();
});

/** A side as it stands on the page. */
interface Shown {
  readonly side: PreviewColumn;
  /** Of the revision, where there are two. */
  readonly revision?: string;
  /** Marks of difference are of what the other side has no longer. */
  readonly isOlder?: boolean;
  /** What it is compared with, and how that is called. */
  readonly against?: { readonly side: PreviewColumn; readonly name: string } | undefined;
}

/**
 * Draws what can be seen, and has the rest follow. What is there already stays until it is replaced, so that the
 * page keeps its place while somebody types.
 */
function draw(): void {
  colours.clear();
  const { model, targets, chosen } = answer;
  title.textContent = model?.title ?? other?.answer.model?.title ?? "Nothing to show";
  const columns = model?.sides ?? [];
  const shown = other ? revisions(other) : sidesAgainst(columns);
  drawTools(columns, shown, targets, chosen);

  sides.classList.toggle("several", shown.length > 1);
  const nothing = "There is nothing of this name on the chosen targets, or it cannot be resolved there.";
  const old = [...sides.children];
  if (shown.length === 0) sides.replaceChildren(element("p", {}, nothing));
  else for (const left of old.slice(shown.length)) left.remove();
  const atOnce = Math.ceil(window.innerWidth / narrowestSide);
  waiting = [];
  for (const [i, side] of shown.entries()) {
    const there = old[i];
    const place = (): void => (there ? replace(there, side) : sides.append(sideElement(side, postpone)));
    if (i < atOnce) place();
    else postpone(place);
  }
  // The task after the next frame finds it painted.
  requestAnimationFrame(() =>
    setTimeout(() => {
      tell({ kind: "drawn" });
      clearTimeout(timer);
      timer = setTimeout(drawWaiting, breath);
    }),
  );
}

/** The new side in place of the old one, with the focus where it was. */
function replace(old: Element, side: Shown): void {
  const focused = old.contains(document.activeElement) ? document.activeElement : undefined;
  const made = sideElement(side, (draw) => draw());
  old.replaceWith(made);
  const id = focused?.getAttribute("data-id");
  if (typeof id === "string") made.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`)?.focus();
}

/** By field, the same on every side. */
const colours = new Map<string, number>();
/** In pixels, so that no more sides are drawn at once than a window may show. */
const narrowestSide = 480;
/** In milliseconds, for the editor to answer in between: page and editor may share a thread. */
const breath = 20;
/** What is still to be drawn. */
let waiting: (() => void)[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;

function postpone(draw: () => void): void {
  waiting.push(draw);
}

function drawWaiting(): void {
  const next = waiting.shift();
  if (!next) return;
  next();
  timer = setTimeout(drawWaiting, breath);
}

/** The sides, each compared with the one that was chosen. */
function sidesAgainst(columns: readonly PreviewColumn[]): Shown[] {
  const base = columns.find((side) => state?.base !== undefined && side.targets.includes(state.base));
  const against = base && { side: base, name: base.targets[0] ?? "" };
  return columns.map((side) => (side === base ? { side } : { side, against }));
}

/** Of targets on which the revisions differ both, the other in front; else the one that is the same in both. */
function revisions({ name, answer: { model } }: OtherRevision): Shown[] {
  return revisedSides(answer.model, model, answer.chosen).flatMap(({ here, there, isSame }): Shown[] => {
    if (!here) return there ? [{ side: there, revision: `${name} only` }] : [];
    if (!there) return [{ side: here, revision: `${workingTree} only` }];
    if (isSame) return [{ side: here, revision: `the same in ${name}`, against: { side: there, name } }];
    return [
      { side: there, revision: name, isOlder: true, against: { side: here, name: workingTree } },
      { side: here, revision: workingTree, against: { side: there, name } },
    ];
  });
}

function drawTools(
  columns: readonly PreviewColumn[],
  shown: readonly Shown[],
  targets: readonly string[],
  chosen: readonly string[],
): void {
  const [only, ...others] = chosen;
  const several = others.length > 0 ? [option("", `${chosen.length} targets`, true)] : [];
  fill(target, [
    ...several,
    ...targets.map((name) => option(name, name, others.length === 0 && name === only)),
  ]);
  const hasSeveral = columns.length > 1;
  baseLabel.hidden = !hasSeveral || other !== undefined;
  differencesLabel.hidden = !shown.some(({ against }) => against);
  // System calls are known without any source.
  revision.hidden = state?.kind === "syscalls";
  revision.textContent = other ? `Compared with ${other.name}…` : "Compare Revision…";
  fill(base, [
    option("", "nothing", state?.base === undefined),
    ...columns.map(({ targets: [first = "", ...more] }) =>
      option(first, more.length > 0 ? `${first} and ${more.length} more` : first, state?.base === first),
    ),
  ]);
  onlyDifferences.checked = state?.onlyDifferences === true;
  const isLong = shown.some(({ side: { sections } }) =>
    sections.some((section) => section.kind === "table" && section.rows.length >= filteredFrom),
  );
  filterLabel.hidden = !isLong;
  if (document.activeElement !== filter) filter.value = state?.filter ?? "";
  copy.disabled = shown.length === 0;
}

/** Leaves the list alone where it would be the same: it may be open. */
function fill(list: HTMLSelectElement, options: readonly HTMLOptionElement[]): void {
  if (textOf(list.options) !== textOf(options)) list.replaceChildren(...options);
  list.value = options.find(({ defaultSelected }) => defaultSelected)?.value ?? "";
}

function textOf(options: Iterable<HTMLOptionElement>): string {
  return [...options].map(({ value, textContent }) => `${value} ${textContent}`).join("\n");
}

function option(value: string, text: string, isSelected: boolean): HTMLOptionElement {
  const made = element("option", { value }, text);
  made.defaultSelected = isSelected;
  return made;
}

/** `later` takes what is below the first screen. */
function sideElement({ side, revision, isOlder, against }: Shown, later: SectionInput["later"]): HTMLElement {
  const diffs = against ? previewDiff(side, against.side) : [];
  // Of two revisions each is marked, so neither needs a list of what only the other has.
  const diffOf = (key: string): SectionDiff | undefined => {
    const diff = diffs.find((diff) => diff.key === key);
    return diff && revision !== undefined ? { ...diff, missing: [] } : diff;
  };
  const sections = side.sections.map((section) =>
    sectionElement(section, {
      diff: diffOf(section.key),
      onlyDifferences: state?.onlyDifferences === true,
      filter: (state?.filter ?? "").trim().toLowerCase(),
      colours,
      open,
      later,
    }),
  );
  const [first = "", ...more] = side.targets;
  const names = more.length === 0 ? [first] : moreNames(first, more);
  const note = revision ?? (against ? `against ${against.name}` : "");
  const noted = note === "" ? [] : [element("span", { class: "note" }, note)];
  return element(
    "article",
    { class: isOlder ? "side older" : "side" },
    element("h2", {}, ...names, ...noted),
    ...sections,
  );
}

/** The first target, and the others on demand. */
function moreNames(first: string, more: readonly string[]): Node[] {
  if (more.length <= 3) return [document.createTextNode([first, ...more].join(", "))];
  return [
    element(
      "details",
      {},
      element("summary", {}, `${first} and ${more.length} more`),
      element("p", { class: "targets" }, more.join(", ")),
    ),
  ];
}

tell({ kind: "ready" });
// What was sent before anybody listened may be lost.
setTimeout(() => {
  if (!state) tell({ kind: "ready" });
}, 1000);
