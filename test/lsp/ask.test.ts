/** How requests are answered, counted by the questions that are computed: the server runs in this process. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { CancellationTokenSource, type MessageConnection } from "vscode-languageserver/node";
import { connectInProcess } from "./support/inProcess.ts";

const add = "package p\n\nfunc add(x, y int64) int64\n";
const text = "TEXT ·add(SB), 4, $0-24\n\tMOVQ x+0(FP), AX\n\tMOVQ AX, ret+16(FP)\n\tRET\n";
const files = new Map([
  ["/w/go.mod", "module m\n\ngo 1.24\n"],
  ["/w/p/add_amd64.go", add],
  ["/w/p/add_amd64.s", text],
]);
const uri = "file:///w/p/add_amd64.s";
const position = { textDocument: { uri }, position: { line: 1, character: 8 } };

let questions = 0;
let client: MessageConnection;

beforeEach(async () => {
  questions = 0;
  client = connectInProcess(files, { onQuestion: () => void questions++ });
  await client.sendRequest("initialize", { processId: null, rootUri: "file:///w", capabilities: {} });
  await client.sendNotification("initialized", {});
  await client.sendNotification("textDocument/didOpen", {
    textDocument: { uri, languageId: "go.asm", version: 1, text },
  });
  await client.sendRequest("rt0/checkWorkspace");
});

afterEach(() => client.dispose());

const codeOf = (answer: Promise<unknown>): Promise<unknown> =>
  answer.then(
    () => undefined,
    (error: { code: number }) => error.code,
  );

const edit = (version: number) =>
  client.sendNotification("textDocument/didChange", {
    textDocument: { uri, version },
    contentChanges: [{ text: `// ${version}\n${text}` }],
  });

test("requests sent and cancelled at once are answered as cancelled, and cost at most one answer", async () => {
  const sources = Array.from({ length: 40 }, () => new CancellationTokenSource());
  const answers = sources.map(({ token }) =>
    codeOf(client.sendRequest("textDocument/hover", position, token)),
  );
  for (const source of sources) source.cancel();
  const codes = await Promise.all(answers);
  expect(codes.filter((code) => code === -32800).length).toBeGreaterThanOrEqual(39);
  expect(questions).toBeLessThanOrEqual(1);
  expect(await client.sendRequest("textDocument/hover", position)).not.toBeNull();
});

test("requests that stand are all answered", async () => {
  const answers = Array.from({ length: 10 }, () => client.sendRequest("textDocument/hover", position));
  for (const answer of await Promise.all(answers)) expect(answer).not.toBeNull();
  expect(questions).toBe(10);
});

test("what is about a text that an edit has replaced is not computed", async () => {
  const before = codeOf(client.sendRequest("textDocument/hover", position));
  const edited = edit(2);
  const after = client.sendRequest("textDocument/hover", {
    ...position,
    position: { line: 2, character: 8 },
  });
  await edited;
  expect(await before).toBe(-32801);
  expect(await after).not.toBeNull();
  expect(questions).toBe(1);
});

test("what is about a text that was closed is not computed; what is about the tree is", async () => {
  const hover = codeOf(client.sendRequest("textDocument/hover", position));
  const preview = client.sendRequest("rt0/preview", { kind: "matrix", uri, symbol: "add", targets: [] });
  await client.sendNotification("textDocument/didClose", { textDocument: { uri } });
  expect(await hover).toBe(-32801);
  expect(await preview).toHaveProperty("model");
  expect(questions).toBe(1);
});
