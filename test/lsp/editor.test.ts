/** What the server offers beside diagnostics: related places, fixes, code lenses and previews. */
import { describe, expect, test } from "vitest";
import {
  type CodeAction,
  type CodeLens,
  DocumentHighlightKind,
  type DocumentSymbol,
  type Hover,
  type MarkupContent,
} from "vscode-languageserver";
import type {
  FilesParams,
  FilesResult,
  PreviewAnswer,
  PreviewParams,
  PreviewSymbol,
} from "../../server/src/lsp/protocol.ts";
import { folder, module, session, start } from "./support/ownSession.ts";

const amd64 = "TEXT ·add(SB), 4, $0-24\n\tMOVQ x+0(FP), AX\n\tMOVQ AX, ret+16(FP)\n\tRET\n";
const wrong = amd64.replace("x+0(FP)", "x+8(FP)");
const add = "package p\n\nfunc add(x, y int64) int64\n\nvar use = add\n";
const go = "package p\n\nfunc add(x, y int64) int64 { return x + y }\n";

const at = (line: number, character: number) => ({ line, character });

const actions = async (uri: string, line: number, context: object = {}) => {
  const diagnostics = session.pushed(uri);
  const range = { start: at(line, 6), end: at(line, 6) };
  return session.connection.sendRequest<CodeAction[]>("textDocument/codeAction", {
    textDocument: { uri },
    range,
    context: { diagnostics, ...context },
  });
};

const titles = async (uri: string) => {
  const lenses = await session.connection.sendRequest<CodeLens[]>("textDocument/codeLens", {
    textDocument: { uri },
  });
  const resolved = await Promise.all(
    lenses.map((lens) => session.connection.sendRequest<CodeLens>("codeLens/resolve", lens)),
  );
  return resolved.map(({ range, command }) => [range.start.line, command?.title]);
};

const preview = (params: Partial<PreviewParams>) =>
  session.connection.sendRequest<PreviewAnswer>("rt0/preview", { targets: [], ...params });

const ask = <T>(method: string, uri: string, line: number, character: number) =>
  session.connection.sendRequest<T>(method, { textDocument: { uri }, position: at(line, character) });

describe("positions in bytes, for a client that offers them", () => {
  const text = "TEXT ·add(SB), 4, $0-24\n\t/* ·𝄞 */ MOVQ x+8(FP), AX\n\tMOVQ AX, ret+16(FP)\n\tRET\n";

  test("go both ways: findings, hovers, edits", async () => {
    await start(
      { ...module, "p/add_amd64.go": add, "p/add_amd64.s": text },
      { capabilities: { general: { positionEncodings: ["utf-8", "utf-16"] } } },
    );
    expect(session.initialized.capabilities.positionEncoding).toBe("utf-8");
    const uri = folder.uri("p/add_amd64.s");
    await session.open(uri, text);
    await session.settled();
    const range = { start: at(1, 19), end: at(1, 26) };
    const offsets = () => session.pushed(uri).filter(({ code }) => code === "asmdecl-expanded");
    expect(offsets().map(({ range }) => range)).toEqual([range]);
    await session.edit(uri, 2, "x+0(FP)", range);
    await session.settled();
    expect(offsets()).toEqual([]);
    expect((await ask<Hover>("textDocument/hover", uri, 1, 20)).range).toEqual(range);
    expect((await ask<Hover>("textDocument/hover", uri, 0, 8)).range).toEqual({
      start: at(0, 5),
      end: at(0, 10),
    });
  });

  test("are not used where it does not", async () => {
    await start(module);
    expect(session.initialized.capabilities.positionEncoding).toBe("utf-16");
  });
});

describe("related places", () => {
  test("point to the other definition, in its file", async () => {
    const second = "// Another.\nTEXT ·add(SB), 4, $0-24\n\tRET\n";
    await start({ ...module, "p/a_amd64.go": add, "p/a_amd64.s": amd64, "p/b_amd64.s": second });
    await session.settled();
    const found = session.pushed(folder.uri("p/b_amd64.s")).find(({ code }) => code === "duplicate-text")
      ?.relatedInformation?.[0];
    expect(found?.location).toEqual({
      uri: folder.uri("p/a_amd64.s"),
      range: { start: at(0, 5), end: at(0, 9) },
    });
    expect(found?.message).toContain("also defined here");
  });
});

describe("code actions", () => {
  test("mend a finding, or suppress it with a comment above, indented as the line is", async () => {
    await start({ ...module, "p/add_amd64.go": add, "p/add_amd64.s": wrong });
    const uri = folder.uri("p/add_amd64.s");
    await session.open(uri, wrong);
    await session.settled();
    const [fix, suppress, ...others] = await actions(uri, 1);
    expect(fix).toMatchObject({
      title: "Change to x+0(FP)",
      isPreferred: true,
      edit: { changes: { [uri]: [{ range: { start: at(1, 6), end: at(1, 13) }, newText: "x+0(FP)" }] } },
    });
    expect(others).toEqual([]);
    expect(suppress).toMatchObject({ title: "Suppress with // rt0:ignore asmdecl", kind: "quickfix" });
    expect(suppress?.diagnostics).toHaveLength(1);
    const [edit] = suppress?.edit?.changes?.[uri] ?? [];
    expect(edit?.range).toEqual({ start: at(1, 0), end: at(1, 0) });
    expect(edit?.newText).toMatch(/^\t\/\/ rt0:ignore asmdecl \S.*\n$/);
    expect(await actions(uri, 2)).toEqual([]);
    expect(await actions(uri, 1, { only: ["refactor"] })).toEqual([]);
  });

  test("not for findings of a text that has changed since, nor of rules that are off", async () => {
    await start({ ...module, "p/add_amd64.go": add, "p/add_amd64.s": wrong });
    const uri = folder.uri("p/add_amd64.s");
    await session.open(uri, wrong);
    await session.settled();
    await session.edit(uri, 2, amd64);
    expect(await actions(uri, 1)).toEqual([]);
    await session.configure({ rules: { asmdecl: "off" } });
    await session.edit(uri, 3, wrong);
    await session.settled();
    expect(await actions(uri, 1)).toEqual([]);
  });

  test("of what vet misreads: only the comment, which brings back nothing of vet's", async () => {
    const misread = amd64.replace("\tMOVQ x", "#define SUM MOVQ AX, sum+16(FP)\n\tMOVQ x");
    await start({ ...module, "p/add_amd64.go": add, "p/add_amd64.s": misread });
    const uri = folder.uri("p/add_amd64.s");
    await session.open(uri, misread);
    await session.settled();
    expect(session.pushed(uri).map(({ code }) => code)).toEqual(["asmdecl-misread"]);
    const range = { start: at(1, 21), end: at(1, 21) };
    const offered = await session.connection.sendRequest<CodeAction[]>("textDocument/codeAction", {
      textDocument: { uri },
      range,
      context: { diagnostics: session.pushed(uri) },
    });
    expect(offered.map(({ title }) => title)).toEqual(["Suppress with // rt0:ignore asmdecl-misread"]);
    const [edit] = offered[0]?.edit?.changes?.[uri] ?? [];
    await session.edit(uri, 2, misread.replace("#define", `${edit?.newText}#define`));
    await session.settled();
    expect(session.pushed(uri)).toEqual([]);
  });

  test("the comment is not put into the middle of a macro", async () => {
    const macro = `#define LOAD \\\n${wrong.split("\n")[1]} \n${wrong.replace("\tMOVQ x+8(FP), AX\n", "\tLOAD\n")}`;
    await start({ ...module, "p/add_amd64.go": add, "p/add_amd64.s": macro });
    const uri = folder.uri("p/add_amd64.s");
    await session.open(uri, macro);
    await session.settled();
    for (const { edit } of await actions(uri, 1)) {
      for (const { range, newText } of edit?.changes?.[uri] ?? []) {
        expect(newText.includes("rt0:ignore") && range.start.line === 1).toBe(false);
      }
    }
  });
});

describe("code lenses", () => {
  const settings = { targets: ["linux/amd64", "linux/arm64", "linux/386", "linux/riscv64"] };
  const files = {
    ...module,
    "p/decl_asm.go": "//go:build amd64 || arm64 || riscv64\n\n" + add,
    "p/decl_386.go": go,
    "p/add_amd64.s": amd64,
    "p/add_arm64.s": amd64,
  };

  test("say on how many targets a symbol is assembly, Go, or missing", async () => {
    await start(files, { settings });
    await session.open(folder.uri("p/add_amd64.s"), amd64);
    expect(await titles(folder.uri("p/add_amd64.s"))).toEqual([[0, "2 targets, in Go on 1, missing on 1"]]);
    expect(await titles(folder.uri("p/decl_asm.go"))).toEqual([[4, "2 targets, in Go on 1, missing on 1"]]);
  });

  test("say how large a struct beside assembly is", async () => {
    const struct =
      "package p\n\ntype (\n\tevent struct { flags uint32; data uintptr }\n\tempty struct {}\n)\n";
    await start({ ...files, "p/event.go": struct, "q/event.go": struct }, { settings });
    await session.open(folder.uri("p/event.go"), struct);
    expect(await titles(folder.uri("p/event.go"))).toEqual([[3, "8 to 16 bytes"]]);
    expect(await titles(folder.uri("q/event.go"))).toEqual([]);
  });

  test("follow an edit of another file", async () => {
    await start(files, { settings });
    await session.open(folder.uri("p/add_arm64.s"), amd64);
    await session.edit(folder.uri("p/add_arm64.s"), 2, amd64.replace("·add", "·sum"));
    expect(await titles(folder.uri("p/add_amd64.s"))).toEqual([[0, "1 target, in Go on 1, missing on 2"]]);
    expect(await titles(folder.uri("p/add_arm64.s"))).toEqual([[0, "1 target"]]);
  });

  test("can be switched off", async () => {
    await start(files, { settings: { ...settings, codeLens: false } });
    await session.open(folder.uri("p/add_amd64.s"), amd64);
    expect(await titles(folder.uri("p/add_amd64.s"))).toEqual([]);
  });
});

const eventFile = (flags: string, more = "") =>
  `package p\n\n${more}type event struct {\n\tflags ${flags}\n\tdata uintptr\n}\n`;

const fieldsOf = ({ model }: PreviewAnswer) => {
  const map = model?.sides[0]?.sections[0];
  return map?.kind === "bytes" ? map.fields.map(({ name, size, place }) => [name, size, place?.uri]) : [];
};

describe("previews", () => {
  const targets = ["linux/amd64", "linux/arm64"];

  test("the matrix of a symbol, its places as links", async () => {
    await start({ ...module, "p/add.go": add, "p/add_amd64.s": amd64 }, { settings: { targets } });
    const uri = folder.uri("p/add.go");
    const { model, chosen } = await preview({ kind: "matrix", uri, symbol: "add" });
    expect(chosen).toEqual(targets);
    expect(model?.title).toBe("m/p.add");
    const table = model?.sides[0]?.sections.find((section) => section.kind === "table");
    const [here, there] = table?.rows ?? [];
    expect(here?.cells.map(({ text }) => text)).toEqual(["linux/amd64", "add.go", "add_amd64.s", "ABI0"]);
    expect(here?.cells[1]?.place).toEqual({ uri, range: { start: at(2, 5), end: at(2, 8) } });
    expect(here?.cells[2]?.place).toEqual({
      uri: folder.uri("p/add_amd64.s"),
      range: { start: at(0, 5), end: at(0, 9) },
    });
    expect(there?.cells[2]).toEqual({ text: "missing", mark: "differs" });
    expect((await preview({ kind: "matrix", uri, symbol: "no" })).model).toBeUndefined();
    expect(
      (await preview({ kind: "matrix", uri, symbol: "add", targets: ["linux/arm64", "x"] })).chosen,
    ).toEqual(["linux/arm64"]);
    const symbols = await session.connection.sendRequest<PreviewSymbol[]>("rt0/previewSymbols", {
      kind: "matrix",
      uri,
    });
    expect(symbols).toEqual([{ name: "add", detail: "2 files" }]);
  });

  test("of signals: what is known without a runtime at hand", async () => {
    await start(module, { settings: { targets } });
    const { model } = await preview({ kind: "signals", targets: ["linux/amd64"] });
    expect(model).toMatchObject({ title: "Signal setup", sides: [{ targets: ["linux/amd64"] }] });
  });

  test("the system calls of targets, without a file at hand", async () => {
    await start(module, { settings: { targets } });
    const { model } = await preview({ kind: "syscalls", targets });
    const reads = model?.sides.map(({ sections }) => {
      const table = sections.find((section) => section.kind === "table");
      return table?.rows.find(({ key }) => key === "read")?.cells[0]?.text;
    });
    expect(reads).toEqual(["0", "63"]);
  });

  test("structs of the package, and what is known of the runtime where none is at hand", async () => {
    const event = "package p\n\ntype event struct {\n\tflags uint32\n\tdata uintptr\n}\n";
    await start({ ...module, "p/event.go": event }, { settings: { targets: ["linux/amd64", "linux/386"] } });
    const uri = folder.uri("p/event.go");
    const { model, chosen } = await preview({ kind: "struct", uri, symbol: "event" });
    expect(chosen).toEqual(["linux/amd64"]);
    expect(model?.sides[0]?.sections[0]).toMatchObject({ kind: "bytes", size: 16 });
    expect(await session.connection.sendRequest("rt0/previewSymbols", { kind: "struct", uri })).toEqual([
      { name: "event", detail: "event.go" },
    ]);
    for (const kind of ["signals", "threads", "poller", "vdso"] as const) {
      const answer = await preview({ kind, uri });
      expect(answer.model?.sides[0]?.sections.length).toBeGreaterThan(0);
    }
  });

  test("asked for before anything is read, they say what they say later", async () => {
    await start({
      ...module,
      "p/p.go": 'package p\n\nimport "m/q"\n\ntype event struct{ word q.Word }\n\nfunc given()\n',
      "p/p.s": "",
      "q/q.go": 'package q\n\nimport _ "m/r"\n\ntype Word uint64\n',
      "r/r.go": 'package r\n\nimport _ "unsafe"\n\n//go:linkname give m/p.given\nfunc give() {}\n',
    });
    const uri = folder.uri("p/p.go");
    const both = () =>
      Promise.all([
        preview({ kind: "struct", uri, symbol: "event" }),
        preview({ kind: "matrix", uri, symbol: "given", targets: ["linux/amd64"] }),
      ]);
    const [struct, matrix] = await both();
    expect(struct.model?.sides[0]?.sections[0]).toMatchObject({ kind: "bytes", size: 8 });
    expect(matrix.model?.sides[0]?.sections[0]).toMatchObject({
      notes: [{ text: "provided elsewhere on 1" }],
    });
    await session.settled();
    expect(await both()).toEqual([struct, matrix]);
  });

  test("of another revision: its files in place of the tree's, which stays as it is", async () => {
    const word = "package q\n\ntype Word uint16\n";
    const now = {
      ...module,
      "p/event.go": eventFile("uint32"),
      "p/new.go": "package p\n\ntype later struct{}\n",
    };
    await start({ ...now, "q/word.go": word }, { settings: { targets: ["linux/amd64"] } });
    const uri = folder.uri("p/event.go");
    const then = new Map([
      ["git:/event.go?1", eventFile("q.Word", 'import "m/q"\n\n')],
      ["git:/old.go?1", "package p\n\ntype earlier struct{}\n"],
      ["git:/new.go?1", ""],
      ["git:/word.go?1", word.replace("uint16", "uint64")],
    ]);
    let reads = 0;
    session.connection.onRequest("rt0/files", ({ requests }: FilesParams): FilesResult => {
      reads += requests.length;
      return requests.map(({ uri }) => ({ kind: "text", text: then.get(uri) ?? "" }));
    });
    const files = [
      { uri, source: "git:/event.go?1" },
      { uri: folder.uri("p/old.go"), source: "git:/old.go?1" },
      { uri: folder.uri("p/new.go"), source: "git:/new.go?1" },
      { uri: folder.uri("q/word.go"), source: "git:/word.go?1" },
      { uri: folder.uri("never/asked.go"), source: "git:/asked.go?1" },
    ];
    const revision = { id: "1", files };
    const event1 = { kind: "struct", uri, symbol: "event", revision } as const;
    expect(fieldsOf(await preview(event1))).toEqual([
      ["flags", 8, "git:/event.go?1"],
      ["data", 8, "git:/event.go?1"],
    ]);
    expect(reads).toBe(4);
    expect(fieldsOf(await preview({ kind: "struct", uri, symbol: "event" }))).toEqual([
      ["flags", 4, uri],
      ["", 4, undefined],
      ["data", 8, uri],
    ]);
    for (const [symbol, isNow, wasThen] of [
      ["earlier", false, true],
      ["later", true, false],
    ] as const) {
      expect((await preview({ kind: "struct", uri, symbol })).model !== undefined).toBe(isNow);
      expect((await preview({ kind: "struct", uri, symbol, revision })).model !== undefined).toBe(wasThen);
    }
    // Edits of what the revision leaves alone show in both; texts are not read again.
    await session.open(folder.uri("p/new.go"), "");
    expect(fieldsOf(await preview(event1))[0]).toEqual(["flags", 8, "git:/event.go?1"]);
    expect(reads).toBe(4);
  });

  test("what is no kind, and no file, has none", async () => {
    await start(module);
    expect((await preview({ kind: "nonsense" as "matrix" })).model).toBeUndefined();
    expect((await preview({ kind: "matrix", uri: "untitled:x" })).model).toBeUndefined();
  });
});

describe("hover and definition", () => {
  const files = { ...module, "p/add_amd64.go": add, "p/add_amd64.s": amd64 };
  test("of a symbol, with a link to its declaration", async () => {
    await start(files);
    const uri = folder.uri("p/add_amd64.s");
    await session.open(uri, amd64);
    const hover = await ask<Hover>("textDocument/hover", uri, 0, 7);
    expect(hover.range).toEqual({ start: at(0, 5), end: at(0, 9) });
    expect((hover.contents as MarkupContent).value).toContain(
      `declared in [add\\_amd64.go](${folder.uri("p/add_amd64.go")}#L3)`,
    );
    expect(await ask("textDocument/definition", uri, 0, 7)).toEqual([
      { uri: folder.uri("p/add_amd64.go"), range: { start: at(2, 5), end: at(2, 8) } },
    ]);
    expect(await ask("textDocument/hover", uri, 3, 2)).toBeNull();
    expect(await ask("textDocument/definition", uri, 100, 100)).toBeNull();
  });

  test("of what is typed, not of what is on disk", async () => {
    await start(files);
    const uri = folder.uri("p/add_amd64.s");
    await session.open(uri, amd64);
    await session.edit(uri, 2, `// Comment.\n${amd64}`);
    const hover = await ask<Hover>("textDocument/hover", uri, 2, 8);
    expect((hover.contents as MarkupContent).value).toContain("8 bytes at `0(FP)`");
  });

  test("of a struct: a link to its preview only where the client has one", async () => {
    const struct = { ...files, "p(1)/s.go": eventFile("uint32"), "p(1)/s.s": "TEXT ·f(SB), 4, $0\n\tRET\n" };
    for (const previews of [false, true]) {
      await start(struct, { initializationOptions: { previews } });
      const { contents } = await ask<Hover>("textDocument/hover", folder.uri("p(1)/s.go"), 2, 6);
      const [, argument = ""] =
        /\[Preview layout\]\(command:rt0\.preview\?([^)]*)\)/.exec((contents as MarkupContent).value) ?? [];
      if (previews) {
        expect(JSON.parse(decodeURIComponent(argument))).toMatchObject([{ kind: "struct", symbol: "event" }]);
        break;
      }
      expect((contents as MarkupContent).value).not.toContain("command:");
      await session.stop();
      folder.remove();
    }
  });

  test("what gopls says too is left to it where the user wants that", async () => {
    await start(files, { settings: { leaveToGopls: true } });
    const uri = folder.uri("p/add_amd64.s");
    await session.open(uri, amd64);
    const hover = await ask<Hover>("textDocument/hover", uri, 0, 7);
    expect((hover.contents as MarkupContent).value).not.toContain("declared in");
    expect(await ask("textDocument/definition", uri, 0, 7)).toBeNull();
  });

  test("the outline of a file, and what the cursor is on elsewhere in it", async () => {
    const loop = "TEXT ·add(SB), 4, $0-24\nagain:\n\tJMP again\n";
    await start({ ...files, "p/add_amd64.s": loop });
    const uri = folder.uri("p/add_amd64.s");
    await session.open(uri, loop);
    const ofFile = { textDocument: { uri } };
    const [symbol] = await session.connection.sendRequest<DocumentSymbol[]>(
      "textDocument/documentSymbol",
      ofFile,
    );
    expect(symbol).toMatchObject({
      name: "·add",
      detail: "4, $0-24",
      range: { start: at(0, 0), end: at(2, 10) },
      children: [{ name: "again" }],
    });
    expect(await ask("textDocument/documentHighlight", uri, 2, 6)).toEqual([
      { range: { start: at(1, 0), end: at(1, 5) }, kind: DocumentHighlightKind.Write },
      { range: { start: at(2, 5), end: at(2, 10) }, kind: DocumentHighlightKind.Text },
    ]);
    expect(await ask("textDocument/documentHighlight", uri, 0, 18)).toBeNull();
  });

  test("hints name the system call behind an instruction, unless they are off", async () => {
    const trap = "TEXT ·trap(SB), 4, $0\n\tMOVL $39, AX\n\tSYSCALL\n\tRET\n";
    await start({ ...files, "p/trap_linux_amd64.s": trap });
    const uri = folder.uri("p/trap_linux_amd64.s");
    await session.open(uri, trap);
    const hints = (start: number, end: number) =>
      session.connection.sendRequest("textDocument/inlayHint", {
        textDocument: { uri },
        range: { start: at(start, 0), end: at(end, 0) },
      });
    expect(await hints(0, 4)).toEqual([{ position: at(2, 8), label: "getpid()", paddingLeft: true }]);
    expect(await hints(0, 2)).toEqual([]);
    await session.configure({ inlayHints: false });
    await session.settled();
    expect(await hints(0, 4)).toEqual([]);
  });
});
