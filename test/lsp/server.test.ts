/** The bundled language server, driven over stdio as an editor drives it. */
import { describe, expect, test } from "vitest";
import { folder, module, server, session, start } from "./support/ownSession.ts";
import { Folder, startSession } from "./support/session.ts";

const add = "package p\n\nfunc add(x, y int64) int64\n";
const right =
  "TEXT ·add(SB), 4, $0-24\n\tMOVQ x+0(FP), AX\n\tADDQ y+8(FP), AX\n\tMOVQ AX, ret+16(FP)\n\tRET\n";
const wrong = right.replace("x+0(FP)", "x+8(FP)");
const offset = "[amd64] add: invalid offset x+8(FP); expected x+0(FP)";

const messages = (name: string) =>
  session
    .pushed(folder.uri(name))
    .filter(({ code }) => code === "asmdecl" || code === "whitelist")
    .map(({ message }) => String(message));

/** Every file something is pushed for. */
const told = () => [...session.allPushed.keys()];

describe("what is pushed", () => {
  test("one diagnostic with its exact range for all targets it holds on", async () => {
    await start({ ...module, "p/add_amd64.go": add, "p/add_amd64.s": wrong });
    await session.settled();
    const [diagnostic, ...others] = session.pushed(folder.uri("p/add_amd64.s"));
    expect(others).toEqual([]);
    expect(diagnostic).toMatchObject({
      code: "asmdecl",
      codeDescription: { href: "https://example.org/checks.md#asmdecl" },
      source: "rt0",
      severity: 1,
      range: { start: { line: 1, character: 6 }, end: { line: 1, character: 13 } },
    });
    const [message] = messages("p/add_amd64.s");
    expect(message?.slice(0, offset.length)).toBe(offset);
    expect(message?.slice(offset.length)).toMatch(/^ \(on amd64 \(android, .*linux.*, windows\)\)$/);
    // What explains a finding is elsewhere.
    expect(diagnostic).not.toHaveProperty("relatedInformation");
  });

  test("names two targets, and says where it holds on few of those that build the file", async () => {
    const both = { targets: ["linux/amd64", "freebsd/amd64", "linux/arm64"] };
    const sized = add.replaceAll("int64", "word").replace("\n\n", "\n\ntype word int64\n");
    await start(
      {
        ...module,
        "p/add.go": sized,
        "p/add_amd64.s": wrong,
        "q/q.go": "package q\n\nfunc f(x word)\n",
        "q/word_linux.go": "package q\n\ntype word int32\n",
        "q/word_freebsd.go": "package q\n\ntype word int64\n",
        "q/f_amd64.s": "TEXT ·f(SB), 4, $0-8\n\tMOVQ x+0(FP), AX\n\tRET\n",
      },
      { settings: both },
    );
    await session.settled();
    expect(messages("p/add_amd64.s")).toEqual([`${offset} (on freebsd/amd64, linux/amd64)`]);
    for (const message of messages("q/f_amd64.s"))
      expect(message).toMatch(/\(on linux\/amd64, of 2 targets that build the file\)$/);
    expect(messages("q/f_amd64.s").length).toBeGreaterThan(0);
  });

  test("of two architectures that differ in nothing else, one that names both", async () => {
    const ppc64 = "TEXT ·add(SB), 4, $0-24\n\tMOVD x+8(FP), R3\n\tMOVD R3, ret+16(FP)\n\tRET\n";
    const settings = { targets: ["linux/ppc64", "linux/ppc64le"] };
    await start(
      { ...module, "p/add.go": add, "p/add_ppc64x.s": `//go:build ppc64 || ppc64le\n\n${ppc64}` },
      { settings },
    );
    const uri = folder.uri("p/add_ppc64x.s");
    await session.open(uri, `//go:build ppc64 || ppc64le\n\n${ppc64}`);
    await session.settled();
    const said = offset.replace("[amd64]", "[ppc64, ppc64le]");
    expect(messages("p/add_ppc64x.s")).toEqual([`${said} (on linux/ppc64, linux/ppc64le)`]);
    const range = session.pushed(uri)[0]!.range;
    const actions = await session.connection.sendRequest<{ title: string; diagnostics: unknown[] }[]>(
      "textDocument/codeAction",
      { textDocument: { uri }, range, context: { diagnostics: session.pushed(uri) } },
    );
    expect(actions.map(({ title, diagnostics }) => [title, diagnostics.length])).toEqual([
      ["Change to x+0(FP)", 1],
      ["Suppress with // rt0:ignore asmdecl", 1],
    ]);
  });

  test("its code leads to the client's own page, where there is one", async () => {
    const checksPage = "editor://rt0.rt0/checks";
    await start(
      { ...module, "p/add_amd64.go": add, "p/add_amd64.s": wrong },
      { initializationOptions: { checksPage } },
    );
    await session.settled();
    expect(session.pushed(folder.uri("p/add_amd64.s"))).toMatchObject([
      { codeDescription: { href: `${checksPage}#asmdecl` } },
    ]);
  });

  test("an edit brings it, an edit takes it away, and the disk does not count", async () => {
    await start({ ...module, "p/add_amd64.go": add, "p/add_amd64.s": wrong });
    const uri = folder.uri("p/add_amd64.s");
    await session.open(uri, right);
    await session.settled();
    expect(messages("p/add_amd64.s")).toEqual([]);
    const range = { start: { line: 1, character: 8 }, end: { line: 1, character: 9 } };
    await session.edit(uri, 2, "8", range);
    await session.settled();
    expect(messages("p/add_amd64.s")).toEqual([expect.stringContaining(offset)]);
    await session.edit(uri, 3, "0", range);
    await session.settled();
    expect(messages("p/add_amd64.s")).toEqual([]);
  });

  test("a declaration edited in another file counts at once, saved or not", async () => {
    await start({ ...module, "p/add_amd64.go": add, "p/add_amd64.s": right });
    await session.open(folder.uri("p/add_amd64.go"), add);
    await session.edit(folder.uri("p/add_amd64.go"), 2, add.replace("x, y int64", "x, y int32"));
    await session.settled();
    expect(messages("p/add_amd64.s").length).toBeGreaterThan(0);
    await session.edit(folder.uri("p/add_amd64.go"), 3, add);
    await session.settled();
    expect(messages("p/add_amd64.s")).toEqual([]);
  });

  test("closing a file brings back what is on disk", async () => {
    await start({ ...module, "p/add_amd64.go": add, "p/add_amd64.s": wrong });
    const uri = folder.uri("p/add_amd64.s");
    await session.open(uri, right);
    await session.settled();
    await session.close(uri);
    await session.settled();
    expect(messages("p/add_amd64.s")).toHaveLength(1);
  });

  test("files that changed, came or went on disk", async () => {
    await start({ ...module, "p/add_amd64.go": add, "p/add_amd64.s": right });
    await session.settled();
    folder.write("p/add_amd64.s", wrong);
    folder.write("q/add_amd64.go", add);
    folder.write("q/add_amd64.s", wrong);
    await session.watched(
      folder.uri("p/add_amd64.s"),
      folder.uri("q/add_amd64.go"),
      folder.uri("q/add_amd64.s"),
    );
    await session.settled();
    expect(messages("p/add_amd64.s")).toHaveLength(1);
    expect(messages("q/add_amd64.s")).toHaveLength(1);
    folder.remove("p/add_amd64.s");
    folder.remove("q");
    await session.watched(
      folder.uri("p/add_amd64.s"),
      folder.uri("q/add_amd64.go"),
      folder.uri("q/add_amd64.s"),
    );
    await session.settled();
    expect(messages("p/add_amd64.s")).toEqual([]);
    expect([...session.allPushed.keys()].filter((uri) => uri.startsWith(folder.uri("q")))).toEqual([]);
  });

  test("a folder that goes, comes or gets another name, of whose files no event tells", async () => {
    await start({ ...module, "p/q/add_amd64.go": add, "p/q/add_amd64.s": wrong });
    await session.settled();
    expect(told()).toEqual([folder.uri("p/q/add_amd64.s")]);
    folder.rename("p", "r");
    await session.changed({ uri: folder.uri("p"), type: 3 }, { uri: folder.uri("r"), type: 1 });
    await session.settled();
    expect(told()).toEqual([folder.uri("r/q/add_amd64.s")]);
    folder.remove("r");
    await session.changed({ uri: folder.uri("r"), type: 3 });
    await session.settled();
    expect(told()).toEqual([]);
  });

  test("folders of clients that do not watch, as the user moves them", async () => {
    await start({ ...module, "p/q/add_amd64.go": add, "p/q/add_amd64.s": wrong });
    await session.settled();
    folder.rename("p", "r");
    await session.connection.sendNotification("workspace/didRenameFiles", {
      files: [{ oldUri: folder.uri("p"), newUri: folder.uri("r") }],
    });
    await session.settled();
    expect(told()).toEqual([folder.uri("r/q/add_amd64.s")]);
  });

  test("a folder that comes as a module of its own", async () => {
    await start({ ...module, "p/p.go": "package p\n" });
    await session.settled();
    folder.write("n/go.mod", "module n\n\ngo 1.24\n");
    folder.write("n/add_amd64.go", add);
    folder.write("n/add_amd64.s", wrong);
    await session.changed({ uri: folder.uri("n"), type: 1 });
    await session.settled();
    expect(told()).toEqual([folder.uri("n/add_amd64.s")]);
  });

  test("a go.mod that comes makes a module of the folder", async () => {
    await start({ "p/add_amd64.go": add, "p/add_amd64.s": wrong });
    await session.settled();
    expect(messages("p/add_amd64.s")).toHaveLength(1);
    folder.write("go.mod", "module m\n\ngo 1.24\n");
    await session.watched(folder.uri("go.mod"));
    await session.settled();
    expect(messages("p/add_amd64.s")).toHaveLength(1);
  });
});

async function change(settings: object): Promise<void> {
  await session.configure(settings);
  await session.settled();
}

const save = (name: string) =>
  session.connection.sendNotification("textDocument/didSave", { textDocument: { uri: folder.uri(name) } });
const hover = (name: string) =>
  session.connection.sendRequest("textDocument/hover", {
    textDocument: { uri: folder.uri(name) },
    position: { line: 0, character: 8 },
  });

describe("a client that does not watch files", () => {
  const files = { ...module, "p/add_amd64.go": add, "p/add_amd64.s": right };
  const narrow = add.replace("x, y int64", "x, y int32");
  test("has everything read again when it saves", async () => {
    await start({ ...files, "q/q.go": "package q\n" });
    await session.open(folder.uri("q/q.go"), "package q\n");
    await session.settled();
    folder.write("p/add_amd64.go", narrow);
    await session.settled();
    expect(messages("p/add_amd64.s")).toEqual([]);
    await save("q/q.go");
    await session.settled();
    expect(messages("p/add_amd64.s").length).toBeGreaterThan(0);
  });

  test("has a package read again when it opens a file there, or asks about another than before", async () => {
    await start({ ...files, "q/q.go": "package q\n" });
    await session.settled();
    folder.write("p/add_amd64.go", narrow);
    await session.open(folder.uri("p/add_amd64.s"), right);
    await session.settled();
    expect(messages("p/add_amd64.s").length).toBeGreaterThan(0);
    await hover("q/q.go");
    folder.write("p/add_amd64.go", add);
    await hover("p/add_amd64.s");
    await session.settled();
    expect(messages("p/add_amd64.s")).toEqual([]);
  });

  test("is asked to tell of saving; one that watches is not, and nothing is read for it", async () => {
    await start(files);
    expect(session.initialized.capabilities.textDocumentSync).toHaveProperty("save");
    await session.stop();
    folder.remove();
    const workspace = { configuration: true, didChangeWatchedFiles: { dynamicRegistration: true } };
    await start(files, { capabilities: { workspace } });
    expect(session.initialized.capabilities.textDocumentSync).not.toHaveProperty("save");
    await session.settled();
    folder.write("p/add_amd64.go", narrow);
    await save("p/add_amd64.s");
    await session.settled();
    expect(messages("p/add_amd64.s")).toEqual([]);
  });
});

describe("a file whose URI the client spells its own way", () => {
  const file = "p@(1)/add_amd64.s";
  const files = { ...module, "p@(1)/add_amd64.go": add, [file]: wrong };
  const spellings = () => {
    const encoded = folder.uri(file).replace("@", "%40").replace("(", "%28").replace(")", "%29");
    return [encoded, decodeURIComponent(encoded), encoded.replace("/p%40", "//p%40")];
  };

  test("shows everything once, by the name under which it is open", async () => {
    await start(files);
    await session.settled();
    expect(session.allPushed.size).toBe(1);
    for (const uri of spellings()) {
      await session.open(uri, wrong);
      await session.settled();
      expect(told()).toEqual([uri]);
      await session.edit(uri, 2, right);
      await session.settled();
      expect(told()).toEqual([]);
      await session.close(uri);
      await session.settled();
      expect(session.allPushed.size).toBe(1);
    }
  });

  test("is the same file however each message spells it", async () => {
    await start(files);
    const [encoded = "", plain = ""] = spellings();
    await session.open(encoded, wrong);
    await session.edit(plain, 2, right);
    await session.watched(plain);
    await session.settled();
    expect([...session.allPushed]).toEqual([]);
    await session.close(plain);
    await session.settled();
    expect(session.allPushed.size).toBe(1);
  });
});

describe("settings", () => {
  test("fewer targets, other severities, no findings of a check", async () => {
    await start({ ...module, "p/add_amd64.go": add, "p/add_amd64.s": wrong });
    const uri = folder.uri("p/add_amd64.s");
    await change({ targets: ["freebsd/amd64"], rules: { asmdecl: "hint" } });
    expect(session.pushed(uri)).toMatchObject([{ message: `${offset} (on freebsd/amd64)`, severity: 4 }]);
    expect(session.pushed(uri)[0]).not.toHaveProperty("relatedInformation");
    await change({ targets: ["linux/arm64"] });
    expect(session.pushed(uri)).toEqual([]);
    await change({ rules: { asmdecl: "off" } });
    expect(session.pushed(uri)).toEqual([]);
    await change({ rules: "nonsense", targets: [1, "no/such"] });
    expect(session.pushed(uri)).toHaveLength(1);
  });

  test("a whitelist hides findings, and its entries that hide nothing are reported", async () => {
    const list = `// known\np/add_amd64.s: ${offset}\np/gone_amd64.s: [amd64] gone: function gone missing Go declaration\n`;
    await start(
      { ...module, "p/add_amd64.go": add, "p/add_amd64.s": wrong, "list/amd64.txt": list },
      { settings: { whitelist: "list" } },
    );
    await session.settled();
    expect(messages("p/add_amd64.s")).toEqual([]);
    expect(session.pushed(folder.uri("list/amd64.txt"))).toMatchObject([
      { code: "whitelist", severity: 2, range: { start: { line: 2, character: 0 } } },
    ]);
    await change({});
    expect(messages("p/add_amd64.s")).toHaveLength(1);
    expect(messages("list/amd64.txt")).toEqual([]);
  });
});

describe("a client that pulls", () => {
  const capabilities = {
    textDocument: { diagnostic: {} },
    workspace: { configuration: true, diagnostics: { refreshSupport: true } },
  };

  test("is told of open files when it asks, of the others as they change, and of none twice", async () => {
    await start(
      {
        ...module,
        "p/add_amd64.go": add,
        "p/add_amd64.s": wrong,
        "q/add_amd64.go": add,
        "q/add_amd64.s": wrong,
      },
      { capabilities },
    );
    const uri = folder.uri("p/add_amd64.s");
    expect(session.initialized.capabilities.diagnosticProvider).toMatchObject({
      interFileDependencies: true,
    });
    await session.open(uri, wrong);
    expect(await session.pull(uri)).toHaveLength(1);
    await session.settled();
    expect(told()).toEqual([folder.uri("q/add_amd64.s")]);
    await session.edit(uri, 2, right);
    expect(await session.pull(uri)).toEqual([]);
    await session.close(uri);
    await session.settled();
    expect(messages("p/add_amd64.s")).toHaveLength(1);
    expect(await session.pull(uri)).toEqual([]);
  });

  test("is asked to pull again when another file changes what it was told", async () => {
    await start({ ...module, "p/add_amd64.go": add, "p/add_amd64.s": right }, { capabilities });
    await session.open(folder.uri("p/add_amd64.go"), add);
    await session.open(folder.uri("p/add_amd64.s"), right);
    expect(await session.pull(folder.uri("p/add_amd64.s"))).toEqual([]);
    await session.edit(folder.uri("p/add_amd64.go"), 2, add.replace("add(", "sum("));
    await session.settled();
    expect(session.requests).toContain("workspace/diagnostic/refresh");
    const pulled = await session.pull(folder.uri("p/add_amd64.s"));
    expect(pulled.filter(({ code }) => code === "asmdecl")).toHaveLength(1);
  });

  test("not announced, not offered", async () => {
    await start(module);
    expect(session.initialized.capabilities).not.toHaveProperty("diagnosticProvider");
  });
});

describe("silence", () => {
  const gnu = "\t.text\n\t.globl add\nadd:\n\tmovq 8(%rsp), %rax\n\tret\n# TEXT of a comment (SB)\n";

  test("in assembly for other tools, beside Go files or not", async () => {
    await start({ ...module, "c/add.s": gnu, "p/p.go": "package p\n", "p/add.s": gnu });
    await session.open(folder.uri("c/add.s"), gnu);
    await session.open(folder.uri("p/add.s"), gnu);
    await session.settled();
    expect([...session.allPushed]).toEqual([]);
  });

  test("in a directory without a Go file", async () => {
    await start({ ...module, "p/add_amd64.s": wrong });
    await session.open(folder.uri("p/add_amd64.s"), wrong);
    await session.settled();
    expect([...session.allPushed]).toEqual([]);
  });

  test("in testdata, as long as nothing there is open", async () => {
    const name = "p/testdata/q/add_amd64.s";
    await start({ ...module, "p/p.go": "package p\n", "p/testdata/q/add_amd64.go": add, [name]: wrong });
    await session.settled();
    expect([...session.allPushed]).toEqual([]);
    await session.open(folder.uri(name), wrong);
    await session.settled();
    expect(messages(name)).toHaveLength(1);
    await session.close(folder.uri(name));
    await session.settled();
    expect([...session.allPushed]).toEqual([]);
  });

  test("outside the workspace, as long as nothing there is open", async () => {
    await start(module);
    const other = new Folder({ ...module, "add_amd64.go": add, "add_amd64.s": wrong });
    await session.settled();
    await session.open(other.uri("add_amd64.s"), wrong);
    await session.settled();
    expect(session.pushed(other.uri("add_amd64.s"))).toHaveLength(1);
    await session.close(other.uri("add_amd64.s"));
    await session.settled();
    expect([...session.allPushed]).toEqual([]);
    other.remove();
  });
});

describe("what must not stop it", () => {
  test("files that are no text, empty, or of lone carriage returns", async () => {
    await start({ ...module, "p/add_amd64.go": add, "p/add_amd64.s": wrong, "p/empty.s": "", "p/x.go": "" });
    folder.write(
      "p/noise.go",
      Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256),
    );
    folder.write(
      "p/noise_amd64.s",
      Uint8Array.from({ length: 5000 }, (_, i) => (i * 104729) % 256),
    );
    await session.open(folder.uri("p/add_amd64.s"), wrong.replaceAll("\n", "\r"));
    await session.settled();
    await session.edit(folder.uri("p/add_amd64.s"), 2, wrong);
    await session.settled();
    expect(messages("p/add_amd64.s")).toHaveLength(1);
  });

  test("URIs of other schemes, documents that were never opened, positions beyond the end", async () => {
    await start({ ...module, "p/add_amd64.go": add, "p/add_amd64.s": wrong });
    await session.open("untitled:Untitled-1.s", wrong);
    await session.open("not a URI", wrong);
    await session.edit(folder.uri("p/never.s"), 1, "x");
    await session.close(folder.uri("p/never.s"));
    const uri = folder.uri("p/add_amd64.s");
    await session.open(uri, wrong);
    const far = { line: 1e6, character: 1e6 };
    await session.edit(uri, 2, "// end\n", { start: far, end: far });
    await session.settled();
    expect(told()).toEqual([uri]);
  });

  test("shutdown ends the process with status 0", async () => {
    await start({ ...module, "p/add_amd64.go": add, "p/add_amd64.s": wrong });
    const other = await startSession(server.script, { folder });
    expect(await other.stop()).toBe(0);
  });
});
