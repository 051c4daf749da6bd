/** The commands of the palette. */
import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  checkWorkspaceMethod,
  type Status,
  type Targets,
  targetsMethod,
} from "../../server/src/lsp/protocol.ts";
import { count } from "./statusItem.ts";

export function registerCommands(client: BaseLanguageClient): vscode.Disposable[] {
  const { registerCommand } = vscode.commands;
  return [
    registerCommand("rt0.restartServer", async () => {
      if (client.needsStop()) await client.stop();
      await client.start();
    }),
    registerCommand("rt0.showOutput", () => client.outputChannel.show()),
    registerCommand("rt0.chooseTargets", () => chooseTargets(client)),
    registerCommand("rt0.checkWorkspace", () => checkWorkspace(client)),
  ];
}

async function chooseTargets(client: BaseLanguageClient): Promise<void> {
  const { known, chosen } = await client.sendRequest<Targets>(targetsMethod);
  const items = known.map((label) => ({ label, picked: chosen.includes(label) }));
  const picked = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    title: "Targets that rt0 checks",
    placeHolder: "All or none chosen: every target, also those of later Go releases",
  });
  if (!picked) return;
  const names = picked.length === known.length ? [] : picked.map(({ label }) => label);
  const isFolderOpen = vscode.workspace.workspaceFolders !== undefined;
  const { Workspace, Global } = vscode.ConfigurationTarget;
  await vscode.workspace
    .getConfiguration("rt0")
    .update("targets", names.length > 0 ? names : undefined, isFolderOpen ? Workspace : Global);
}

async function checkWorkspace(client: BaseLanguageClient): Promise<void> {
  const location = vscode.ProgressLocation.Window;
  const { packages, targets, findings } = await vscode.window.withProgress(
    { location, title: "Checking assembly" },
    () => client.sendRequest<Status>(checkWorkspaceMethod),
  );
  const show = "Show Problems";
  const what = `${count(packages, "package")} on ${count(targets, "target")}`;
  const message = `rt0 checked ${what}: ${findings === 0 ? "no findings" : count(findings, "finding")}.`;
  // Not awaited: the command is done, the notice may stay.
  void vscode.window.showInformationMessage(message, ...(findings > 0 ? [show] : [])).then((choice) => {
    if (choice === show) void vscode.commands.executeCommand("workbench.actions.view.problems");
  });
}
