/**
 * What a user sees: mistakes planted in the workspace show at their exact ranges, and go as the fix is
 * typed. The same tests run with the server of the desktop and with that of the browser.
 */
import * as vscode from "vscode";
import { takeScreenshot, until } from "../runner/suite.ts";
import { equal } from "./equal.ts";
import type { Mistake } from "./mistakes.mjs";

const extensionId = "rt0.rt0";

const folder = vscode.workspace.workspaceFolders![0]!.uri;

async function readMistakes(): Promise<readonly Mistake[]> {
  const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, "mistakes.json"));
  return JSON.parse(new TextDecoder().decode(bytes)) as Mistake[];
}

/** The findings of the check that the mistakes are for. */
function findings(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter(
      ({ source, code }) => source === "rt0" && (typeof code === "object" ? code.value : code) === "asmdecl",
    );
}

/** Waits until a file has so many findings. */
function untilFindings(uri: vscode.Uri, count: number): Promise<vscode.Diagnostic[]> {
  return until(() => {
    const found = findings(uri);
    return found.length === count ? found : undefined;
  });
}

/** A new file of a line that no assembler is known by. */
async function openNew(name: string): Promise<vscode.TextDocument> {
  const uri = vscode.Uri.joinPath(folder, name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode("\n"));
  return vscode.workspace.openTextDocument(uri);
}

const rangeOf = ({ line, start, text }: Mistake) => new vscode.Range(line, start, line, start + text.length);

describe("findings", () => {
  let mistakes: readonly Mistake[] = [];

  before(async () => {
    mistakes = await readMistakes();
  });

  it("start the extension when a file is opened", async () => {
    await vscode.window.showTextDocument(vscode.Uri.joinPath(folder, mistakes[0]!.file));
    // An extension of another host is not to be seen from here, only its findings are.
    const extension = vscode.extensions.getExtension(extensionId);
    if (extension) await until(() => extension.isActive || undefined);
  });

  it("leave the assembly of folders without Go what it was", async () => {
    const [directory] = mistakes[0]!.file.split(/\/[^/]+$/);
    const other = await openNew("firmware/boot.s");
    const own = await openNew(`${directory}/begin.s`);
    await until(() => own.languageId === "go.asm" || undefined);
    equal(other.languageId, "plaintext");
    for (const { uri } of [other, own]) await vscode.workspace.fs.delete(uri);
  });

  it("show at the exact range, and go as the fix is typed", async () => {
    for (const mistake of mistakes) {
      const uri = vscode.Uri.joinPath(folder, mistake.file);
      const document = await vscode.workspace.openTextDocument(uri);
      await until(() => document.languageId === "go.asm" || undefined);
      const editor = await vscode.window.showTextDocument(document);
      await until(() => editor.options.tabSize === 8 || undefined);
      const [finding] = await untilFindings(uri, 1);
      const range = rangeOf(mistake);
      equal(finding!.range, range);
      equal(document.getText(finding!.range), mistake.text);
      equal(finding!.message.slice(0, mistake.message.length), mistake.message);

      editor.selection = new vscode.Selection(range.start, range.end);
      await vscode.commands.executeCommand("type", { text: mistake.fix });
      await untilFindings(uri, 0);
      const fixed = new vscode.Range(
        mistake.line,
        mistake.start,
        mistake.line,
        mistake.start + mistake.fix.length,
      );
      await editor.edit((edit) => edit.replace(fixed, mistake.text));
      await untilFindings(uri, 1);
    }
  });

  it("name all targets they hold on", async () => {
    const [mistake] = mistakes;
    const uri = vscode.Uri.joinPath(folder, mistake!.file);
    await vscode.window.showTextDocument(uri);
    const [finding] = await untilFindings(uri, 1);
    equal(/ \(on [^()]*(\([^()]*\)[^()]*)*\)$/.test(finding!.message), true);
    equal(/linux/.test(finding!.message), true);
    equal(
      finding!.relatedInformation?.some(({ location }) => location.range.isEqual(finding!.range)) ?? false,
      false,
    );
  });

  it("show in files that are not open", async () => {
    await vscode.workspace.saveAll();
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await vscode.commands.executeCommand("rt0.checkWorkspace");
    for (const { file } of mistakes) await untilFindings(vscode.Uri.joinPath(folder, file), 1);
  });

  it("follow the settings", async () => {
    const settings = vscode.workspace.getConfiguration("rt0");
    const uri = vscode.Uri.joinPath(folder, mistakes[0]!.file);
    await settings.update("rules", { asmdecl: "off" }, vscode.ConfigurationTarget.Workspace);
    await untilFindings(uri, 0);
    await settings.update("rules", undefined, vscode.ConfigurationTarget.Workspace);
    await untilFindings(uri, 1);
  });

  it("come back after a restart of the server", async () => {
    await vscode.commands.executeCommand("rt0.restartServer");
    await untilFindings(vscode.Uri.joinPath(folder, mistakes[0]!.file), 1);
  });

  it("look well", async () => {
    const mistake = mistakes.at(-1)!;
    const uri = vscode.Uri.joinPath(folder, mistake.file);
    const editor = await vscode.window.showTextDocument(uri);
    await untilFindings(uri, 1);
    await vscode.commands.executeCommand("workbench.actions.view.problems");
    await vscode.commands.executeCommand("notifications.clearAll");
    await vscode.window.showTextDocument(uri);
    const { start } = rangeOf(mistake);
    editor.selection = new vscode.Selection(start, start);
    editor.revealRange(rangeOf(mistake), vscode.TextEditorRevealType.InCenter);
    // Lines that move, as they do when code lenses arrive, close the hover: it is asked for until it is seen.
    const picture = takeScreenshot({ name: "findings", selector: ".monaco-hover:not(.hidden) .marker" });
    await until(async () => {
      await vscode.commands.executeCommand("editor.action.showHover");
      const pause = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), 3000));
      return Promise.race([picture.then(() => true), pause]);
    });
  });
});
