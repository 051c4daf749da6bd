/**
 * The panels of previews: opens one from the palette or a link, asks the server for
 * what it shows, again whenever a text changes, and brings it back after a reload.
 * How a preview looks is its page's business, what it says the server's.
 */
import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { placesIn, previewMarkdown, revisedSides, revisionsMarkdown } from "../../server/src/core/index.ts";
import {
  type PreviewAnswer,
  previewCommand,
  type PreviewKind,
  previewKinds,
  type PreviewLink,
  previewMethod,
  type PreviewParams,
  previewsChangedMethod,
  type PreviewSubject,
  type PreviewSymbol,
  previewSymbolsMethod,
} from "../../server/src/lsp/protocol.ts";
import {
  type FromPage,
  type PreviewState,
  type Revision,
  type ShownAnswers,
  type ToPage,
  workingTree,
} from "../webview/messages.ts";
import { chooseRevision, createRevisions, isSourcePath, revisionName } from "./revisions.ts";

const viewType = "rt0.preview";

/** How long texts must stay as they are before previews follow, in milliseconds. */
const pause = 200;

/** The palette's commands, and the question each asks for a name, where its kind has names. */
const commands: Readonly<Record<PreviewKind, { readonly command: string; readonly question?: string }>> = {
  matrix: { command: "rt0.previewMatrix", question: "Function or assembly symbol of the package" },
  struct: { command: "rt0.previewStruct", question: "Struct type of the package" },
  signals: { command: "rt0.previewSignals" },
  threads: { command: "rt0.previewThreads" },
  poller: { command: "rt0.previewPoller" },
  vdso: { command: "rt0.previewVdso" },
  syscalls: { command: "rt0.previewSyscalls" },
};

interface Page {
  readonly panel: vscode.WebviewPanel;
  state: PreviewState;
  shown: ShownAnswers | undefined;
  /** What was sent last, so that nothing is drawn twice; "" before anything was. */
  sent: string;
  /** How often the server was asked: only the last answer counts. */
  asked: number;
  /** The page has not started yet, and the editor keeps for it what it is sent. When it starts again, that is gone. */
  isFirst: boolean;
  /** Called when what was sent is on the screen, or never will be. */
  drawn(): void;
  /** Texts have changed while nobody looked. */
  isStale: boolean;
}

export function registerPreviews(client: BaseLanguageClient, extension: vscode.Uri): vscode.Disposable[] {
  const pages = new Set<Page>();
  const options = { enableScripts: true, localResourceRoots: [] };

  const ask = (state: PreviewState, other: Partial<PreviewParams> = {}): Promise<PreviewAnswer> =>
    client.sendRequest<PreviewAnswer>(previewMethod, {
      kind: state.kind,
      ...(state.uri !== undefined && { uri: state.uri }),
      ...(state.symbol !== undefined && { symbol: state.symbol }),
      targets: state.targets,
      ...other,
    } satisfies PreviewParams);

  /** The same of another revision, or why there is none. */
  const askOther = async (
    state: PreviewState,
    answer: PreviewAnswer,
    against: Revision,
  ): Promise<Pick<ShownAnswers, "other" | "problem">> => {
    const name = revisionName(against);
    try {
      const params = await revisions.params(against, shownFiles(state, answer)[0]!, subjectUri(state));
      const other = await ask(state, { targets: answer.chosen, ...params });
      return other.targets.length > 0
        ? { other: { name, answer: other } }
        : { problem: `${name} cannot be read` };
    } catch (error) {
      return { problem: error instanceof Error ? error.message : String(error) };
    }
  };

  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- the editor's, not a window's
  const send = (page: Page, message: ToPage): void => void page.panel.webview.postMessage(message);

  const show = (page: Page, isForced: boolean): void => {
    const { shown, state, panel } = page;
    if (!shown) return;
    const answers = JSON.stringify(shown);
    if (answers === page.sent && !isForced) return;
    page.sent = answers;
    panel.title = (shown.answer.model ?? shown.other?.answer.model)?.title ?? "rt0";
    send(page, { kind: "show", state, answers });
  };

  const refresh = async (page: Page): Promise<void> => {
    page.isStale = false;
    const asked = ++page.asked;
    const { state } = page;
    const answer = await ask(state);
    const compared = state.against && (await askOther(state, answer, state.against));
    if (page.asked !== asked) return;
    page.shown = { answer, ...compared };
    show(page, false);
  };

  const refreshAll = (): void => {
    for (const page of pages) {
      if (page.panel.visible) void refresh(page);
      else page.isStale = true;
    }
  };

  const adopt = (
    panel: vscode.WebviewPanel,
    state: PreviewState,
    answer: PreviewAnswer | undefined,
  ): Page => {
    const page: Page = {
      panel,
      state,
      shown: answer && { answer },
      sent: "",
      asked: 0,
      isFirst: true,
      drawn() {},
      isStale: false,
    };
    pages.add(page);
    panel.onDidDispose(() => {
      pages.delete(page);
      page.drawn();
    });
    panel.onDidChangeViewState(() => {
      if (!panel.visible) page.isFirst = false;
      else if (page.isStale) void refresh(page);
    });
    panel.iconPath = vscode.Uri.joinPath(extension, "icon.png");
    panel.webview.options = options;
    panel.webview.onDidReceiveMessage((message: FromPage) => receive(page, message));
    panel.webview.html = html();
    // The server answers while the page loads, and the editor keeps the answer for it until it has.
    if (answer) show(page, true);
    else void refresh(page);
    return page;
  };

  const receive = async (page: Page, message: FromPage): Promise<void> => {
    switch (message.kind) {
      case "ready":
        if (!page.isFirst) show(page, true);
        page.isFirst = false;
        break;
      case "drawn":
        page.drawn();
        break;
      case "open":
        await openLink(page.panel, message.link);
        break;
      case "targets":
        await showTargets(page, message.targets);
        break;
      case "chooseTargets": {
        const names = page.shown && (await chooseTargets(page.shown.answer));
        if (names) await showTargets(page, names);
        break;
      }
      case "chooseRevision":
        await changeRevision(page);
        break;
      case "state":
        page.state = { ...message.state, targets: page.state.targets, against: page.state.against };
        break;
      case "copy":
        if (!page.shown) break;
        await vscode.env.clipboard.writeText(markdown(page.shown));
        send(page, { kind: "say", text: "Copied as Markdown" });
        break;
    }
  };

  const showTargets = async (page: Page, targets: readonly string[]): Promise<void> => {
    page.state = { ...page.state, targets };
    await refresh(page);
    show(page, true);
  };

  const changeRevision = async (page: Page): Promise<void> => {
    if (!page.shown) return;
    const { state, shown } = page;
    const chosen = await chooseRevision(state.against, shownFiles(state, shown.answer));
    if (chosen === undefined) return;
    page.state = { ...page.state, against: chosen === "none" ? undefined : chosen };
    await refresh(page);
    show(page, true);
  };

  /** Resolves when the preview is on the screen. */
  const open = async (state: PreviewState, answer?: PreviewAnswer): Promise<void> => {
    const known = [...pages].find((page) => isSame(page.state, state));
    if (known) {
      known.panel.reveal();
      if (state.targets.length > 0) await showTargets(known, state.targets);
      return;
    }
    const column = vscode.window.activeTextEditor ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
    const panel = vscode.window.createWebviewPanel(viewType, answer?.model?.title ?? "rt0", column, options);
    const page = adopt(panel, state, answer);
    await new Promise<void>((resolve) => {
      page.drawn = resolve;
    });
  };

  /** From the palette: asks for what is not known yet. */
  const openFromPalette = async (kind: PreviewKind, question: string | undefined): Promise<void> => {
    const editor = vscode.window.activeTextEditor;
    const uri = editor && isSourcePath(editor.document.uri.path) ? editor.document.uri.toString() : undefined;
    const subject: PreviewSubject = { kind, ...(uri !== undefined && { uri }) };
    const symbol = question === undefined ? undefined : await chooseSymbol(client, subject, question);
    if (question !== undefined && symbol === undefined) return;
    const state: PreviewState = { ...subject, ...(symbol !== undefined && { symbol }), targets: [] };
    const targets = await chooseTargets(await ask(state));
    if (!targets) return;
    const chosen = { ...state, targets };
    await open(chosen, await ask(chosen));
  };

  let timer: ReturnType<typeof setTimeout> | undefined;
  const later = (): void => {
    clearTimeout(timer);
    timer = setTimeout(refreshAll, pause);
  };
  const revisions = createRevisions(later);

  return [
    vscode.commands.registerCommand(previewCommand, (subject: unknown) => {
      const state = readState(subject);
      return state && open(state);
    }),
    ...Object.entries(commands).map(([kind, { command, question }]) =>
      vscode.commands.registerCommand(command, () => openFromPalette(kind as PreviewKind, question)),
    ),
    vscode.window.registerWebviewPanelSerializer(viewType, {
      deserializeWebviewPanel(panel: vscode.WebviewPanel, saved: unknown) {
        const state = readState(saved);
        if (state) adopt(panel, state, undefined);
        else panel.dispose();
        return Promise.resolve();
      },
    }),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0 && isSourcePath(document.uri.path) && pages.size > 0) later();
    }),
    client.onNotification(previewsChangedMethod, () => {
      if (pages.size > 0) later();
    }),
    revisions,
    { dispose: () => clearTimeout(timer) },
  ];
}

function isSame(a: PreviewSubject, b: PreviewSubject): boolean {
  return a.kind === b.kind && a.symbol === b.symbol && directoryOf(a.uri) === directoryOf(b.uri);
}

/** Any file of a package stands for it. */
function directoryOf(uri: string | undefined): string {
  return uri?.slice(0, uri.lastIndexOf("/")) ?? "";
}

/** Where a preview was asked for; the workspace where it was asked for nowhere in particular. */
function subjectUri({ uri }: PreviewSubject): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  return uri === undefined
    ? vscode.Uri.joinPath(folder?.uri ?? vscode.Uri.file("/"), "/")
    : vscode.Uri.parse(uri);
}

/** The files that a preview links to, at least one: of nothing else is it known what it was read from. */
function shownFiles(subject: PreviewSubject, { model }: PreviewAnswer): vscode.Uri[] {
  const sections = model?.sides.flatMap((side) => side.sections) ?? [];
  const links = new Set(sections.flatMap((section) => placesIn(section)).map(({ uri }) => uri));
  const files = Array.from(links, (uri) => vscode.Uri.parse(uri)).filter(({ path }) => isSourcePath(path));
  return files.length > 0 ? files : [subjectUri(subject)];
}

function markdown({ answer, other }: ShownAnswers): string {
  if (!other) return answer.model ? previewMarkdown(answer.model) : "";
  const [here, there] = [answer.model, other.answer.model];
  const sides = revisedSides(here, there, answer.chosen);
  return revisionsMarkdown((here ?? there)?.title ?? "", sides, { here: workingTree, there: other.name });
}

/** What a page saved, or a link says; undefined for what is neither. */
function readState(value: unknown): PreviewState | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { kind, uri, symbol, targets, base, against, onlyDifferences, filter } = value as Record<
    string,
    unknown
  >;
  const known = previewKinds.find((name) => name === kind);
  if (!known) return undefined;
  return {
    kind: known,
    ...(typeof uri === "string" && { uri }),
    ...(typeof symbol === "string" && { symbol }),
    targets: Array.isArray(targets) ? targets.filter((name) => typeof name === "string") : [],
    ...(typeof base === "string" && { base }),
    against: readRevision(against),
    ...(onlyDifferences === true && { onlyDifferences }),
    ...(typeof filter === "string" && { filter }),
  };
}

function readRevision(value: unknown): Revision | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { kind, ref, uri, source } = value as Record<string, unknown>;
  if (kind === "commit" && typeof ref === "string") return { kind, ref };
  if (kind === "folder" && typeof uri === "string") return { kind, uri };
  if (kind === "file" && typeof uri === "string" && typeof source === "string") return { kind, uri, source };
  return undefined;
}

/** The name under the cursor stands first. */
async function chooseSymbol(
  client: BaseLanguageClient,
  subject: PreviewSubject,
  placeHolder: string,
): Promise<string | undefined> {
  const symbols = await client.sendRequest<readonly PreviewSymbol[]>(previewSymbolsMethod, subject);
  if (symbols.length === 0) {
    void vscode.window.showInformationMessage(
      "rt0: there is nothing to preview here. Open a file of the package first.",
    );
    return undefined;
  }
  const editor = vscode.window.activeTextEditor;
  const range = editor?.document.getWordRangeAtPosition(editor.selection.active, /[\p{L}\p{N}_]+/u);
  const word = range && editor?.document.getText(range);
  const items = symbols.map(({ name, detail }) => ({ label: name, description: detail }));
  items.sort((a, b) => Number(b.label === word) - Number(a.label === word));
  const picked = await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true });
  return picked?.label;
}

async function chooseTargets({ targets, chosen }: PreviewAnswer): Promise<readonly string[] | undefined> {
  const picked = await vscode.window.showQuickPick(
    targets.map((label) => ({ label, picked: chosen.includes(label) })),
    { canPickMany: true, placeHolder: "Targets to show, side by side where they differ" },
  );
  return picked && picked.length > 0 ? picked.map(({ label }) => label) : undefined;
}

/** Beside the panel, not in its place. */
async function openLink(
  panel: vscode.WebviewPanel,
  { uri, range: { start, end } }: PreviewLink,
): Promise<void> {
  const selection = new vscode.Range(start.line, start.character, end.line, end.character);
  const isFirst = (panel.viewColumn ?? vscode.ViewColumn.One) === vscode.ViewColumn.One;
  const viewColumn = isFirst ? vscode.ViewColumn.Beside : vscode.ViewColumn.One;
  await vscode.window.showTextDocument(vscode.Uri.parse(uri), { selection, viewColumn });
}

/** The page's script and style, which esbuild fills in. */
declare const pageScript: string;
declare const pageStyle: string;

/** The page has all it needs in it, and may load nothing. */
function html(): string {
  const nonce = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>rt0</title>
<style nonce="${nonce}">${pageStyle}</style>
</head>
<body>
<script nonce="${nonce}">${pageScript}</script>
</body>
</html>`;
}
