/**
 * Previews as a user meets them: opened from the palette, shown for another target, left for the source,
 * edited beside. What they say is held elsewhere.
 */
import * as vscode from "vscode";
import { isDriven, onPage, type PageStep, takeScreenshot, until } from "../runner/suite.ts";
import { equal } from "./equal.ts";

const folder = vscode.workspace.workspaceFolders![0]!.uri;

interface Subject {
  readonly file: string;
  readonly symbol: string;
  readonly title: string;
  /** A file that the matrix names, and what is at the place that it links to. */
  readonly definition: string;
  readonly written: string;
  /** One that is laid out differently on another target than on linux/amd64. */
  readonly struct: { readonly file: string; readonly name: string; readonly other: string };
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
        struct: { file: "src/runtime/defs_linux_amd64.go", name: "sigactiont", other: "linux/mips64" },
      }
    : {
        file: "add/add.go",
        symbol: "Add",
        title: "example.org/planted/add.Add",
        definition: "add_amd64.s",
        written: "·Add",
        struct: { file: "add/event.go", name: "Event", other: "linux/386" },
      };
}

const inPreview = true;
const read = (selector: string) => onPage({ kind: "read", selector, inPreview });

async function steps(...all: readonly PageStep[]): Promise<void> {
  for (const step of all) await onPage(step);
}

/** Waits until the editor asks this. */
function asks(question: string): PageStep {
  return { kind: "read", selector: `.quick-input-widget input[placeholder^="${question}"]` };
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
      asks("Function or assembly symbol"),
      { kind: "type", text: subject.symbol },
      { kind: "read", selector: `.quick-input-list .monaco-list-row.focused:has-text("${subject.symbol}")` },
      { kind: "press", key: "Enter" },
      asks("Targets to show"),
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
    const at = editor.document.getText().indexOf(`${subject.written}Gone`) + subject.written.length;
    const added = new vscode.Range(
      editor.document.positionAt(at),
      editor.document.positionAt(at + "Gone".length),
    );
    await editor.edit((edit) => edit.delete(added));
    await editor.document.save();
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
      asks("Targets to show"),
      { kind: "press", key: "Enter" },
      { kind: "read", selector: 'h1:has-text("System calls")', inPreview },
      { kind: "click", selector: "#filter", inPreview },
      { kind: "type", text: "epoll_cr" },
    );
    await read('caption:has-text("of")');
    equal((await read("tbody tr:first-child th")).startsWith("epoll_create"), true);
    await onPage({ kind: "click", selector: "#copy", inPreview });
    await read('#status:has-text("Copied")');
  });

  it("show a struct of several targets side by side, and what differs", async function () {
    // An extension in another host than the suite's knows the file by another address than is given to it here.
    if (!vscode.extensions.getExtension("rt0.rt0")) this.skip();
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await vscode.commands.executeCommand("workbench.action.closePanel");
    const uri = vscode.Uri.joinPath(folder, subject.struct.file);
    const editor = await vscode.window.showTextDocument(uri);
    const at = editor.document.positionAt(
      editor.document.getText().indexOf(`type ${subject.struct.name} struct`),
    );
    const targets = ["linux/amd64", subject.struct.other];
    const preview = { kind: "struct", uri: uri.toString(), symbol: subject.struct.name, targets };
    await vscode.commands.executeCommand("rt0.preview", preview);
    await read(`article:has-text("${subject.struct.other}") svg`);
    await onPage({ kind: "select", selector: "#base", value: "linux/amd64", inPreview });
    await read(`article:has-text("${subject.struct.other}") .changed`);

    // As wide as a picture needs: the source, and both sides.
    await vscode.commands.executeCommand("workbench.action.closeSidebar");
    await vscode.commands.executeCommand("notifications.clearAll");
    const groups = [{ size: 0.3 }, { size: 0.7 }];
    await vscode.commands.executeCommand("vscode.setEditorLayout", { orientation: 0, groups });
    const { TextEditorRevealType } = vscode;
    editor.selection = new vscode.Selection(at, at);
    editor.revealRange(new vscode.Range(at, at), TextEditorRevealType.InCenter);
    await takeScreenshot({ name: "preview", size: { width: 1640, height: 860 } });
  });
});
