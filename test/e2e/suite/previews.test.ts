/**
 * Previews as a user meets them: opened from the palette, shown for another target, left for the source,
 * edited beside. What they say is held elsewhere.
 */
import * as vscode from "vscode";
import { isDriven, onPage, type PageStep, until } from "../runner/suite.ts";
import { equal } from "./equal.ts";

const folder = vscode.workspace.workspaceFolders![0]!.uri;

interface Subject {
  readonly file: string;
  readonly symbol: string;
  readonly title: string;
  /** A file that the matrix names, and what is at the place that it links to. */
  readonly definition: string;
  readonly written: string;
}

/** A function of Go's runtime where that is what is open, else of the package of our own. */
async function findSubject(): Promise<Subject> {
  const inRuntime = await vscode.workspace.fs.stat(vscode.Uri.joinPath(folder, "src/runtime")).then(
    () => true,
    () => false,
  );
  return inRuntime
    ? {
        file: "src/runtime/sys_linux_amd64.s",
        symbol: "futex",
        title: "runtime.futex",
        definition: "sys_linux_amd64.s",
        written: "runtime·futex",
      }
    : {
        file: "add/add.go",
        symbol: "Add",
        title: "example.org/planted/add.Add",
        definition: "add_amd64.s",
        written: "·Add",
      };
}

const inPreview = true;
const read = (selector: string) => onPage({ kind: "read", selector, inPreview });

async function steps(...all: readonly PageStep[]): Promise<void> {
  for (const step of all) await onPage(step);
}

/** Runs a command of the palette by its title. */
async function fromPalette(title: string): Promise<void> {
  await steps(
    { kind: "press", key: "F1" },
    { kind: "read", selector: ".quick-input-widget input[type=text]" },
    { kind: "type", text: title },
    { kind: "read", selector: `.quick-input-list .monaco-list-row.focused:has-text("${title}")` },
    { kind: "press", key: "Enter" },
  );
}

describe("previews", () => {
  let subject: Subject;

  before(async function () {
    if (!isDriven()) this.skip();
    subject = await findSubject();
  });

  it("open from the palette, for a symbol and for targets", async () => {
    await vscode.window.showTextDocument(vscode.Uri.joinPath(folder, subject.file));
    await fromPalette("rt0: Preview Target Matrix");
    await steps(
      { kind: "read", selector: ".quick-input-list .monaco-list-row" },
      { kind: "type", text: subject.symbol },
      { kind: "read", selector: `.quick-input-list .monaco-list-row.focused:has-text("${subject.symbol}")` },
      { kind: "press", key: "Enter" },
      { kind: "read", selector: '.quick-input-list .monaco-list-row:has-text("linux/amd64")' },
      { kind: "press", key: "Enter" },
    );
    equal(await read(`h1:has-text("${subject.symbol}")`), subject.title);
    equal((await read('tr[data-key="linux/amd64"]')).includes(subject.definition), true);
  });

  it("lead to the source", async () => {
    await onPage({
      kind: "click",
      selector: `tr[data-key="linux/amd64"] a:has-text("${subject.definition}")`,
      inPreview,
    });
    const editor = await until(() => {
      const active = vscode.window.activeTextEditor;
      return active?.document.uri.path.endsWith(`/${subject.definition}`) ? active : undefined;
    });
    await until(() => (editor.document.getText(editor.selection) === subject.written ? true : undefined));
  });

  it("follow what is typed", async () => {
    const editor = await until(() => vscode.window.activeTextEditor);
    await editor.edit((edit) => edit.replace(editor.selection, `${subject.written}Gone`));
    const missing = await read('tr[data-key="linux/amd64"]:has-text("missing")');
    equal(missing.includes(subject.definition), false);
    await vscode.commands.executeCommand("undo");
    await read(`tr[data-key="linux/amd64"]:has-text("${subject.definition}")`);
  });

  it("show another target on demand", async () => {
    await onPage({ kind: "select", selector: "#target", value: "linux/arm64", inPreview });
    await read('main:not(:has(tr[data-key="linux/amd64"])) tr[data-key="linux/arm64"]');
  });

  it("can be filtered where they are long, and copied", async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await fromPalette("rt0: Show System Calls of a Target");
    await steps(
      { kind: "read", selector: '.quick-input-list .monaco-list-row:has-text("linux/")' },
      { kind: "press", key: "Enter" },
      { kind: "read", selector: 'h1:has-text("System calls")', inPreview },
      { kind: "click", selector: "#filter", inPreview },
      { kind: "type", text: "epoll_cr" },
    );
    await read('caption:has-text("of")');
    equal((await read("tbody tr:first-child th")).startsWith("epoll_create"), true);
    await onPage({ kind: "click", selector: "#copy", inPreview });
    await read('#status:has-text("Copied")');
    equal((await vscode.env.clipboard.readText()).startsWith("# System calls"), true);
  });
});
