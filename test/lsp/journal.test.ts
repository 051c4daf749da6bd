/** What the server tells of itself in the editor's output. */
import { expect, test } from "vitest";
import { folder, module, session, start } from "./support/ownSession.ts";
import { Folder } from "./support/session.ts";

const add = {
  "p/add.go": "package p\n\nfunc add(x, y int64) int64\n",
  "p/add_amd64.s": "TEXT ·add(SB), 4, $0-24\n\tRET\n",
};
const goroot = { VERSION: "go1.26.1\n", "src/runtime/proc.go": "package runtime\n", "src/make.bash": "" };

/** Without the times, which differ. */
const output = () => session.output.map((line) => line.replace(/in [\d.]+ s/, "in 1 s"));

test("which rt0, which settings, which Go, whose vet, how much; not again for an edit", async () => {
  await start({ ...module, ...add }, { settings: { targets: ["linux/amd64"], codeLens: false } });
  await session.settled();
  expect(output()).toEqual([
    `rt0 1.2.3 on Node.js ${process.version}, ${process.platform} ${process.arch}`,
    'settings: {"targets":["linux/amd64"],"codeLens":false}',
    `${folder.path}: module m, 1 target of Go 1.27, findings of the vet of Go 1.27; no Go found, so types of the standard library are unknown`,
    expect.stringMatching(/^checked 1 package on 1 target in 1 s: \d+ findings?$/),
  ]);
  await session.open(folder.uri("p/add_amd64.s"), "\n");
  await session.settled();
  expect(session.output).toHaveLength(4);
  expect(session.initialized.serverInfo).toEqual({ name: "rt0", version: "1.2.3" });
});

test("where Go was found, and why: the variable, or the setting that overrides it", async () => {
  const [one, other] = [new Folder(goroot), new Folder({ ...goroot, VERSION: "go1.25.1\n" })];
  await start({ ...module, ...add }, { environment: { GOROOT: one.path } });
  await session.settled();
  expect(output().find((line) => line.startsWith(folder.path))).toMatch(
    new RegExp(
      `of Go 1\\.26, findings of the vet of Go 1\\.26; standard library of ${one.path} \\(the variable GOROOT\\)$`,
    ),
  );
  await session.configure({ goroot: other.path });
  await session.settled();
  const [, again] = output().filter((line) => line.startsWith(folder.path));
  expect(again).toContain(`standard library of ${other.path} (the setting)`);
  one.remove();
  other.remove();
});

test("what is wrong in a go.mod", async () => {
  await start({ "go.mod": "go 1.24\n\nrequire example.org/x\n", ...add });
  await session.settled();
  const told = output().filter((line) => line.startsWith(`${folder.path}/go.mod`));
  expect(told).toEqual([
    `${folder.path}/go.mod:3: want: require path version`,
    `${folder.path}/go.mod: no module line`,
  ]);
});

test("what cannot be read, once", async () => {
  await start({ ...module, ...add });
  folder.link("nowhere", "p/gone_amd64.s");
  await session.changed({ uri: folder.uri("p/gone_amd64.s"), type: 1 });
  await session.settled();
  await session.watched(folder.uri("p/add.go"));
  await session.settled();
  const told = output().filter((line) => line.startsWith(`${folder.path}/p/gone_amd64.s: cannot be read`));
  expect(told).toHaveLength(1);
});
