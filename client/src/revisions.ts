/**
 * What previews are compared with: a commit, of which VS Code's own git extension
 * tells, or any file or folder that the user names. Only what that extension does
 * is done with the repository; rt0 runs no program.
 */
import * as vscode from "vscode";
import type { PreviewParams } from "../../server/src/lsp/protocol.ts";
import type { Revision } from "../webview/messages.ts";

export interface Revisions extends vscode.Disposable {
  /**
   * What of a preview's parameters is different for a revision. `file` is one that the preview shows, `subject`
   * where it was asked for. Rejects with a sentence for the user.
   */
  params(
    revision: Revision,
    file: vscode.Uri,
    subject: vscode.Uri,
  ): Promise<Pick<PreviewParams, "uri" | "revision">>;
}

/** `moved` is called when what a name of git means may have changed. */
export function createRevisions(moved: () => void): Revisions {
  /** By repository. */
  const watched = new Map<string, vscode.Disposable>();

  const watch = (repository: GitRepository): void => {
    const root = repository.rootUri.toString();
    if (watched.has(root)) return;
    let commit = repository.state.HEAD?.commit;
    const listener = repository.state.onDidChange(() => {
      if (repository.state.HEAD?.commit === commit) return;
      commit = repository.state.HEAD?.commit;
      moved();
    });
    watched.set(root, listener);
  };

  return {
    async params(revision, file, subject) {
      switch (revision.kind) {
        case "commit": {
          const git = await openGit(file);
          if (!git) throw new Error(`${file.path} lies in no git repository that is open`);
          watch(git.repository);
          return { revision: await commitFiles(git, revision.ref) };
        }
        case "file": {
          const { uri, source } = revision;
          const { mtime } = await vscode.workspace.fs.stat(vscode.Uri.parse(source));
          return { revision: { id: `${source} ${mtime}`, files: [{ uri, source }] } };
        }
        case "folder":
          return { uri: `${(await sameFolder(vscode.Uri.parse(revision.uri), subject)).toString()}/` };
      }
    },
    dispose() {
      for (const listener of watched.values()) listener.dispose();
    },
  };
}

/** As a heading names it. */
export function revisionName(revision: Revision): string {
  switch (revision.kind) {
    case "commit":
      return revision.ref;
    case "file":
      return vscode.workspace.asRelativePath(vscode.Uri.parse(revision.source).with({ query: "" }));
    case "folder":
      return vscode.workspace.asRelativePath(vscode.Uri.parse(revision.uri));
  }
}

// ---- Git

/** Of the interface of VS Code's git extension, version 1, what is used here. */
interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): GitApi;
}

interface GitApi {
  readonly state: "uninitialized" | "initialized";
  readonly onDidChangeState: vscode.Event<unknown>;
  getRepository(uri: vscode.Uri): GitRepository | null;
  /** A document that the extension provides: the file as it was. */
  toGitUri(uri: vscode.Uri, ref: string): vscode.Uri;
}

/** Every call gives an object of its own for the same repository. */
interface GitRepository {
  readonly rootUri: vscode.Uri;
  readonly state: {
    readonly HEAD: { readonly commit?: string } | undefined;
    readonly indexChanges: readonly GitChange[];
    readonly workingTreeChanges: readonly GitChange[];
    readonly untrackedChanges?: readonly GitChange[];
    readonly onDidChange: vscode.Event<void>;
  };
  getCommit(ref: string): Promise<{ readonly hash: string }>;
  getRefs(query: object): Promise<readonly { readonly name?: string; readonly commit?: string }[]>;
  /** Between a commit and what is on disk. */
  diffWith(ref: string): Promise<readonly GitChange[]>;
}

interface GitChange {
  readonly originalUri: vscode.Uri;
  /** Where a renamed file is now. */
  readonly renameUri: vscode.Uri | undefined;
}

interface OpenGit {
  readonly api: GitApi;
  readonly repository: GitRepository;
}

/** The repository around a file; undefined where the editor has no git, or knows of no repository there. */
async function openGit(file: vscode.Uri): Promise<OpenGit | undefined> {
  const extension = vscode.extensions.getExtension<GitExtension>("vscode.git");
  const git = await extension?.activate();
  if (!git?.enabled) return undefined;
  const api = git.getAPI(1);
  while (api.state !== "initialized") {
    await new Promise<void>((resolve) => {
      const listener = api.onDidChangeState(() => {
        listener.dispose();
        resolve();
      });
    });
  }
  const repository = api.getRepository(file);
  return repository ? { api, repository } : undefined;
}

/** Every source file that may differ from the commit, as the commit has it. */
async function commitFiles(
  { api, repository }: OpenGit,
  ref: string,
): Promise<NonNullable<PreviewParams["revision"]>> {
  const { hash } = await repository.getCommit(ref).catch(() => {
    throw new Error(`git knows no commit ${ref} here`);
  });
  const { indexChanges, workingTreeChanges, untrackedChanges = [] } = repository.state;
  const changes = [
    ...(await repository.diffWith(hash)),
    ...indexChanges,
    ...workingTreeChanges,
    ...untrackedChanges,
  ].flatMap(({ originalUri, renameUri }) => (renameUri ? [originalUri, renameUri] : [originalUri]));
  // What is typed counts before it is saved, and git does not know of it.
  const root = repository.rootUri.toString();
  const typed = vscode.workspace.textDocuments
    .filter(({ isDirty, uri }) => isDirty && api.getRepository(uri)?.rootUri.toString() === root)
    .map(({ uri }) => uri);
  const sources = [...changes, ...typed].filter(({ path }) => isSourcePath(path));
  const files = new Map(sources.map((uri) => [uri.toString(), api.toGitUri(uri, hash).toString()]));
  return { id: hash, files: Array.from(files, ([uri, source]) => ({ uri, source })) };
}

/** Whether the server reads files of this name. */
export function isSourcePath(path: string): boolean {
  return /\.(?:go|s|h|c|goc)$/.test(path);
}

// ---- Folders

/** What in another checkout is where the subject's package is in its workspace folder; else the folder itself. */
async function sameFolder(folder: vscode.Uri, subject: vscode.Uri): Promise<vscode.Uri> {
  const root = vscode.workspace.getWorkspaceFolder(subject)?.uri;
  if (!root) return folder;
  const directory = subject.path.slice(0, subject.path.lastIndexOf("/"));
  const same = vscode.Uri.joinPath(folder, directory.slice(root.path.length));
  return (await exists(same)) ? same : folder;
}

function exists(uri: vscode.Uri): Promise<boolean> {
  return Promise.resolve(
    vscode.workspace.fs.stat(uri).then(
      () => true,
      () => false,
    ),
  );
}

// ---- Choosing

interface RevisionItem extends vscode.QuickPickItem {
  /** undefined where the user does not say after all; "none" for the files at hand alone. */
  choose?(): Promise<Revision | "none" | undefined>;
}

/** Lets the user choose; `files` are those that the preview shows, at least one. */
export async function chooseRevision(
  current: Revision | undefined,
  files: readonly vscode.Uri[],
): Promise<Revision | "none" | undefined> {
  const git = await openGit(files[0]!);
  const refs = (await git?.repository.getRefs({})) ?? [];
  const items: RevisionItem[] = [
    ...(current ? [{ label: "Nothing", choose: () => Promise.resolve("none" as const) }] : []),
    ...(git ? [commitItem("HEAD", "the commit you are on")] : []),
    ...openDiffs(),
    ...(git
      ? [{ label: "Another Commit…", description: "by its hash, or as HEAD~2", choose: askForCommit }]
      : []),
    { label: "Another File…", choose: () => chooseFile(files) },
    { label: "Another Folder…", description: "the root of another checkout", choose: chooseFolder },
    { label: "branches and tags", kind: vscode.QuickPickItemKind.Separator },
    ...refs.flatMap(({ name, commit }) =>
      name === undefined ? [] : commitItem(name, commit?.slice(0, 10) ?? ""),
    ),
  ];
  const placeHolder = "What to compare the files with, as you have them now";
  const picked = await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true });
  return picked?.choose?.();
}

function commitItem(ref: string, description: string): RevisionItem {
  return { label: ref, description, choose: () => Promise.resolve({ kind: "commit", ref }) };
}

async function askForCommit(): Promise<Revision | undefined> {
  const ref = await vscode.window.showInputBox({ prompt: "A commit, branch or tag" });
  return ref === undefined || ref.trim() === "" ? undefined : { kind: "commit", ref: ref.trim() };
}

/** The left sides of the diff editors that are open: whatever extension shows them. */
function openDiffs(): RevisionItem[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) =>
    tabs.flatMap(({ input, label }) => {
      if (!(input instanceof vscode.TabInputTextDiff) || !isSourcePath(input.modified.path)) return [];
      const [uri, source] = [input.modified.toString(), input.original.toString()];
      const description = "the left side of an open diff";
      return [{ label, description, choose: () => Promise.resolve({ kind: "file" as const, uri, source }) }];
    }),
  );
}

/** A file, and of those shown the one that it stands in for: by its name, or as the user says. */
async function chooseFile(files: readonly vscode.Uri[]): Promise<Revision | undefined> {
  const picked = await vscode.window.showOpenDialog({
    title: "A file to compare with",
    openLabel: "Compare",
    defaultUri: vscode.Uri.joinPath(files[0]!, ".."),
  });
  const source = picked?.[0];
  if (!source) return undefined;
  const others = files.filter((file) => file.toString() !== source.toString());
  const namesake = others.find((file) => nameOf(file) === nameOf(source));
  const items = others.map((uri) => ({ label: nameOf(uri), uri }));
  const placeHolder = `Which file does ${nameOf(source)} stand in for?`;
  const uri = namesake ?? (await vscode.window.showQuickPick(items, { placeHolder }))?.uri;
  return uri && { kind: "file", uri: uri.toString(), source: source.toString() };
}

function nameOf({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

async function chooseFolder(): Promise<Revision | undefined> {
  const [folder] =
    (await vscode.window.showOpenDialog({
      title: "A checkout to compare with",
      openLabel: "Compare",
      canSelectFiles: false,
      canSelectFolders: true,
    })) ?? [];
  return folder && { kind: "folder", uri: folder.toString() };
}
