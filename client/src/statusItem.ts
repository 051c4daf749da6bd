/** The language status item: what the server is at, and for how many targets. */
import * as vscode from "vscode";
import type { Status } from "../../server/src/lsp/protocol.ts";

export interface StatusItem extends vscode.Disposable {
  show(status: Status): void;
}

export function createStatusItem(): StatusItem {
  const item = vscode.languages.createLanguageStatusItem("rt0.status", [
    { language: "go.asm" },
    { language: "go" },
    { pattern: "**/*.s" },
  ]);
  item.name = "rt0";
  item.text = "rt0";
  item.busy = true;
  item.command = { command: "rt0.chooseTargets", title: "Targets…" };
  return {
    show({ state, packages, targets, findings }) {
      item.busy = state === "checking";
      item.text = targets === 0 ? "rt0" : `rt0: ${count(targets, "target")}`;
      item.detail =
        state === "checking"
          ? "checking"
          : `${count(packages, "package")}, ${findings === 0 ? "no findings" : count(findings, "finding")}`;
    },
    dispose: () => item.dispose(),
  };
}

export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
