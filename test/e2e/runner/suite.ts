/**
 * The half of a test suite that runs in the extension host: starts mocha, and tells the runner
 * outside, through lines it prints, how the tests went and when to take a picture. It is the same in
 * Node, in a web worker and in a desktop VS Code, so it uses nothing but `vscode` and the console.
 */
// oxlint-disable-next-line import/no-unassigned-import -- It defines the global `Mocha`.
import "mocha/mocha.js";
import * as vscode from "vscode";

/** A picture for the runner to take: `NAME.png`, once `selector` matches something on the page, of a window that large. */
export type Screenshot = {
  readonly name: string;
  readonly selector?: string | undefined;
  readonly size?: { readonly width: number; readonly height: number };
};

/**
 * What a user does on the page, which the extension host cannot: keys, clicks, and looking. `selector`s are
 * Playwright's; `inPreview` looks for them in the page of a webview.
 */
export type PageStep =
  | { readonly kind: "press"; readonly key: string }
  | { readonly kind: "type"; readonly text: string }
  | { readonly kind: "click"; readonly selector: string; readonly inPreview?: boolean }
  | {
      readonly kind: "select";
      readonly selector: string;
      readonly value: string;
      readonly inPreview?: boolean;
    }
  /** Waits until something matches, and gives its text. */
  | { readonly kind: "read"; readonly selector: string; readonly inPreview?: boolean };

const timeout = 120_000;

// The build for browsers leaves its class here; it runs in Node as well.
declare const Mocha: {
  new (options: Mocha.MochaOptions): Mocha;
  readonly reporters: { readonly Base: Mocha.ReporterConstructor };
};

/**
 * Runs the tests that `load` defines; rejects if one fails. Prints a line for each test, and in the
 * end the counts that the runner demands.
 */
export async function runMocha(load: () => Promise<void>): Promise<void> {
  // Base is the reporter that prints nothing.
  const mocha = new Mocha({ ui: "bdd", reporter: Mocha.reporters.Base, timeout });
  // Defines the global `describe` and `it`.
  mocha.suite.emit("pre-require", globalThis, "", mocha);
  await load();
  const counts = { passes: 0, failures: 0, pending: 0 };
  await new Promise((resolve) => {
    const runner = mocha.run(resolve);
    runner.on("pass", (test) => {
      counts.passes++;
      print("line", `  ok    ${test.fullTitle()} (${test.duration ?? 0} ms)`);
    });
    runner.on("pending", (test) => {
      counts.pending++;
      print("line", `  skip  ${test.fullTitle()}`);
    });
    runner.on("fail", (test, error: Error) => {
      counts.failures++;
      print("line", `  FAIL  ${test.fullTitle()}\n${error.stack ?? error.message}`);
    });
  });
  print("result", JSON.stringify(counts));
  if (counts.failures > 0) throw new Error(`${counts.failures} failing`);
}

/**
 * Has the runner take a picture and waits until it is there. A desktop VS Code has no runner that
 * could; there nothing happens.
 */
export async function takeScreenshot(screenshot: Screenshot): Promise<void> {
  if (isDriven()) await answerTo("screenshot", screenshot.name, screenshot);
}

/** Whether there is a runner that can see the page: a desktop VS Code has none. */
export function isDriven(): boolean {
  return vscode.env.uiKind === vscode.UIKind.Web && vscode.workspace.workspaceFolders !== undefined;
}

let steps = 0;

/** Has the runner do something on the page; resolves to what it read there. */
export function onPage(step: PageStep): Promise<string> {
  const name = `step${++steps}`;
  return answerTo("page", name, { name, ...step });
}

/** Asks the runner, who answers with the file `NAME.taken` in the workspace. */
async function answerTo(mark: "screenshot" | "page", name: string, question: object): Promise<string> {
  const taken = vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, `${name}.taken`);
  print(mark, JSON.stringify(question));
  const bytes = await until(() =>
    vscode.workspace.fs.readFile(taken).then(
      (bytes) => bytes,
      () => undefined,
    ),
  );
  await vscode.workspace.fs.delete(taken);
  return new TextDecoder().decode(bytes);
}

/** Asks again until there is an answer; a test that never gets one ends by mocha's time limit. */
export async function until<T>(ask: () => T | undefined | PromiseLike<T | undefined>): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** A line among the names of the tests. */
export function report(text: string): void {
  print("line", `        ${text}`);
}

/** The console is the only way out of the extension host; `runSuite.mjs` reads these marks. */
function print(mark: "line" | "result" | "screenshot" | "page", text: string): void {
  // oxlint-disable-next-line no-console
  console.log(`rt0:${mark} ${text}`);
}
