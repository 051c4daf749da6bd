/**
 * The page of a preview: a toolbar, and the sides of the model beside each other.
 * It draws what it is sent and asks the extension for everything else; all of its
 * state is kept by the editor, so that it comes back after a reload.
 */
import { previewDiff, revisedSides } from "../../server/src/core/index.ts";
import type { PreviewAnswer, PreviewLink } from "../../server/src/lsp/protocol.ts";
import { element } from "./dom.ts";
import {
  type FromPage,
  type OtherRevision,
  type PreviewState,
  type ToPage,
  workingTree,
} from "./messages.ts";
import type { PreviewColumn } from "./page.ts";
import { filteredFrom, sectionElement } from "./sections.ts";

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
  answer = data.answer;
  other = data.other;
  status.textContent = "";
  editor.setState(state);
  draw(() => requestAnimationFrame(() => tell({ kind: "drawn" })));
});

/** A side as it stands on the page. */
interface Shown {
  readonly side: PreviewColumn;
  /** Of the revision, where there are two. */
  readonly revision?: string;
  /** What it is compared with, and how that is called. */
  readonly against?: { readonly side: PreviewColumn; readonly name: string } | undefined;
}

/** Draws all that there is to show, and calls `done` when the last of it is there. */
function draw(done: () => void = () => undefined): void {
  const focused = document.activeElement?.getAttribute("data-id");
  const { model, targets, chosen } = answer;
  title.textContent = model?.title ?? other?.answer.model?.title ?? "Nothing to show";
  const columns = model?.sides ?? [];
  const shown = other ? revisions(other) : sidesAgainst(columns);
  drawTools(columns, shown, targets, chosen);

  sides.classList.toggle("several", shown.length > 1);
  const nothing = "There is nothing of this name on the chosen targets, or it cannot be resolved there.";
  const first = shown.slice(0, atOnce).map(sideElement);
  sides.replaceChildren(...(shown.length > 0 ? first : [element("p", {}, nothing)]));
  if (focused !== null && focused !== undefined) {
    sides.querySelector<HTMLElement>(`[data-id="${CSS.escape(focused)}"]`)?.focus();
  }
  drawLater(shown.slice(atOnce), done);
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
      { side: there, revision: name },
      { side: here, revision: workingTree, against: { side: there, name } },
    ];
  });
}

/** So many sides are drawn at once, the others as soon as these can be seen. */
const atOnce = 3;
let later: ReturnType<typeof setTimeout> | undefined;

function drawLater([next, ...others]: readonly Shown[], done: () => void): void {
  clearTimeout(later);
  if (!next) return done();
  later = setTimeout(() => {
    sides.append(sideElement(next));
    drawLater(others, done);
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

function sideElement({ side, revision, against }: Shown): HTMLElement {
  const diffs = against ? previewDiff(side, against.side) : [];
  const sections = side.sections.map((section) =>
    sectionElement(section, {
      diff: diffs.find(({ key }) => key === section.key),
      onlyDifferences: state?.onlyDifferences === true,
      filter: (state?.filter ?? "").trim().toLowerCase(),
      open,
    }),
  );
  const [first = "", ...more] = side.targets;
  const names = more.length === 0 ? [first] : moreNames(first, more);
  const note = revision ?? (against ? `against ${against.name}` : "");
  const noted = note === "" ? [] : [" ", element("span", { class: "note" }, note)];
  return element("article", { class: "side" }, element("h2", {}, ...names, ...noted), ...sections);
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
