/** The order that the protocol demands, and how the server ends. */
import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { connectInProcess } from "./support/inProcess.ts";
import { bundleServer, type ServerProcess, spawnServer } from "./support/session.ts";

let bundle: Awaited<ReturnType<typeof bundleServer>>;
let server: ServerProcess;

beforeAll(async () => void (bundle = await bundleServer()));
afterAll(() => bundle.remove());
beforeEach(() => void (server = spawnServer(bundle.script)));
afterEach(() => {
  server.connection.dispose();
  server.child.kill();
});

const initialize = (processId: number | null = null) =>
  server.connection.sendRequest("initialize", { processId, rootUri: null, capabilities: {} });

const codeOf = (method: string, params: object = {}): Promise<unknown> =>
  server.connection.sendRequest(method, params).then(
    () => undefined,
    (error: { code: number }) => error.code,
  );

const hover = { textDocument: { uri: "file:///p/a.s" }, position: { line: 0, character: 0 } };

describe("order", () => {
  test("nothing before initialize, which then is possible still", async () => {
    expect(await codeOf("textDocument/hover", hover)).toBe(-32002);
    expect(await codeOf("shutdown")).toBe(-32002);
    expect(await initialize()).toHaveProperty("capabilities");
    await server.connection.sendNotification("initialized", {});
    expect(await codeOf("textDocument/hover", hover)).toBeUndefined();
  });

  test("initialize once", async () => {
    await initialize();
    expect(await codeOf("initialize", { processId: null, rootUri: null, capabilities: {} })).toBe(-32600);
  });

  test("nothing after shutdown but exit", async () => {
    await initialize();
    await server.connection.sendRequest("shutdown");
    expect(await codeOf("textDocument/hover", hover)).toBe(-32600);
    expect(await codeOf("shutdown")).toBe(-32600);
    await server.connection.sendNotification("exit");
    expect(await server.exited).toBe(0);
  });

  test("exit without shutdown is a failure", async () => {
    await initialize();
    await server.connection.sendNotification("exit");
    expect(await server.exited).toBe(1);
  });

  test("a request between the answer to initialize and initialized is answered", async () => {
    await initialize();
    const answer = codeOf("textDocument/hover", hover);
    await server.connection.sendNotification("initialized", {});
    expect(await answer).toBeUndefined();
  });
});

/** Resolves when the server has written this. */
const heard = (part: string): Promise<void> =>
  new Promise((resolve) => {
    let all = "";
    server.child.stdout.on("data", (data) => void ((all += String(data)).includes(part) && resolve()));
  });

describe("what cannot be read", () => {
  test.each([
    ["a length that is no number", "Content-Length: many\r\n\r\n{}", '"many" is no length of a message'],
    [
      "a length beyond memory",
      "Content-Length: 99999999999\r\n\r\n{}",
      '"99999999999" is no length of a message',
    ],
    ["no length", "Content-Type: text\r\n\r\n{}", "a header without Content-Length"],
    ["another protocol", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", '"GET / HTTP/1.1\\r" is no header'],
    ["what somebody types", "hello\n", '"hello" is no header'],
    ["a line without end", "x".repeat(5000), "a header without end"],
  ])("%s ends the server, which says why", async (_, input, reason) => {
    const said = text(server.child.stderr);
    server.child.stdin.write(input);
    expect(await server.exited).toBe(1);
    expect(await said).toBe(`rt0: cannot read the client's messages: ${reason}\n`);
  });

  test("headers in pieces, of any case and with others beside them, are read", async () => {
    const body = JSON.stringify({
      jsonrpc: "2.0",
      id: 1,
      method: "initialize",
      params: { processId: null, rootUri: null, capabilities: {} },
    });
    const message = `content-type: application/vscode-jsonrpc; charset=utf-8\r\ncontent-LENGTH:${body.length}\r\n\r\n${body}`;
    const answer = heard('"id":1');
    for (const c of message) server.child.stdin.write(c);
    await answer;
  });

  test("a message that is no JSON is answered, and the next one heard", async () => {
    const answer = heard("-32700");
    server.child.stdin.write("Content-Length: 5\r\n\r\n{no}}");
    await answer;
    expect(await initialize()).toHaveProperty("capabilities");
  });
});

describe("a client that is gone", () => {
  test("takes the server with it, though its end of the connection stays open", async () => {
    const client = spawn(process.execPath, ["-e", "setInterval(() => 0, 1000)"]);
    await initialize(client.pid!);
    client.kill();
    expect(await server.exited).toBe(1);
  });

  test("is watched by the process it names; one that names none is not", async () => {
    const watched: number[] = [];
    for (const named of [{ processId: 7 }, { processId: null }, {}]) {
      const client = connectInProcess(new Map(), { watchClient: (id) => void watched.push(id) });
      await client.sendRequest("initialize", { ...named, rootUri: null, capabilities: {} });
      client.dispose();
    }
    expect(watched).toEqual([7]);
  });

  test("so does the end of its connection", async () => {
    await initialize();
    server.child.stdin.end();
    expect(await server.exited).toBe(1);
  });
});
