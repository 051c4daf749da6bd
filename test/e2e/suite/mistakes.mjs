/**
 * The workspace of the suite: packages copied from elsewhere, with mistakes planted in them. What was
 * planted stands in `mistakes.json` of the workspace, for the suite to read.
 */
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";
import { env } from "node:process";

/**
 * @typedef {object} Mistake
 * @property {string} file below the workspace folder
 * @property {number} line zero-based
 * @property {number} start zero-based character
 * @property {string} text what is wrong: all of it is marked
 * @property {string} fix what puts it right
 * @property {string} message how the finding begins
 */

/** What to look for in Go's runtime, and what to put there instead. */
const inRuntime = [
  {
    file: "src/runtime/sys_linux_arm64.s",
    right: "\tMOVW\tcode+0(FP), R0",
    text: "code+8(FP)",
    fix: "code+0(FP)",
    message: "[arm64] exit: invalid offset code+8(FP); expected code+0(FP)",
  },
  {
    file: "src/runtime/asm_amd64.s",
    right: "TEXT runtime·systemstack(SB), NOSPLIT, $0-8",
    text: "16",
    fix: "8",
    message: "[amd64] systemstack: wrong argument size 16; expected $...-8",
  },
];

/** 64 fields of every width: a struct as large as those of Go's scheduler. */
const wideFields = Array.from({ length: 64 }, (_, i) => {
  const types = ["uint8", "uintptr", "uint16", "*Event", "uint32", "[3]Event", "int64", "string"];
  return `\tfield${i} ${types[i % types.length]}\n`;
});

/** The same in a package of our own. */
const ours = {
  "go.mod": "module example.org/planted\n\ngo 1.24\n",
  "add/add.go": "package add\n\n// Add is written in assembly.\nfunc Add(x, y int64) int64\n",
  "add/event.go":
    "package add\n\n// Event is 12 bytes on some targets and 16 on others.\ntype Event struct {\n\tflags uint32\n\tdata  uintptr\n}\n",
  "add/wide.go": `package add\n\ntype Wide struct {\n${wideFields.join("")}}\n`,
  "add/add_amd64.s":
    '#include "textflag.h"\n\n// func Add(x, y int64) int64\nTEXT ·Add(SB), NOSPLIT, $0-24\n\tMOVQ x+0(FP), AX\n\tADDQ y+8(FP), AX\n\tMOVQ AX, ret+16(FP)\n\tRET\n',
};
const inOurs = [
  {
    file: "add/add_amd64.s",
    right: "\tADDQ y+8(FP), AX",
    text: "y+0(FP)",
    fix: "y+8(FP)",
    message: "[amd64] Add: invalid offset y+0(FP); expected y+8(FP)",
  },
];

/**
 * Makes the workspace: a GOROOT with a copy of Go's runtime where RT0_GOROOTS names one, else a module. Where
 * git is installed, it is a repository, and the mistakes are changes since its commit.
 * @returns {{ folder: string, openFile: string, remove: () => void }}
 */
export function plantMistakes() {
  const home = mkdtempSync(join(tmpdir(), "rt0-e2e-"));
  const [goroot] = (env["RT0_GOROOTS"] ?? "")
    .split(delimiter)
    .filter((path) => existsSync(join(path, "VERSION")));
  const folder = join(home, goroot === undefined ? "planted" : basename(goroot));
  mkdirSync(folder, { recursive: true });
  const planted = goroot === undefined ? inOurs : inRuntime;
  if (goroot === undefined) {
    for (const [name, text] of Object.entries(ours)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
  } else {
    cpSync(join(goroot, "VERSION"), join(folder, "VERSION"));
    for (const name of ["runtime", "internal"]) {
      const from = join(goroot, "src", name);
      cpSync(from, join(folder, "src", name), {
        recursive: true,
        filter: (path) => !path.includes("/testdata"),
      });
    }
  }
  commit(folder);
  const mistakes = planted.map((mistake) => plant(folder, mistake));
  writeFileSync(join(folder, "mistakes.json"), JSON.stringify(mistakes));
  return {
    folder,
    openFile: join(folder, mistakes[0]?.file ?? ""),
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}

/** @param {string} folder */
function commit(folder) {
  const identity = ["-c", "user.name=rt0", "-c", "user.email=rt0@example.org", "-c", "commit.gpgsign=false"];
  const git = (/** @type {readonly string[]} */ ...args) =>
    execFileSync("git", [...identity, ...args], { cwd: folder, stdio: "ignore" });
  try {
    git("init");
  } catch {
    // There is no git; the tests that need one are skipped.
    return;
  }
  // What the suite and its runner write is none of the repository's.
  writeFileSync(join(folder, ".gitignore"), "*.taken*\nmistakes.json\n");
  git("add", ".");
  git("commit", "--message", "before the mistakes");
}

/**
 * @param {string} folder
 * @param {{ file: string, right: string, text: string, fix: string, message: string }} mistake
 * @returns {Mistake}
 */
function plant(folder, { file, right, text, fix, message }) {
  const path = join(folder, file);
  const source = readFileSync(path, "utf8");
  const at = source.indexOf(right);
  if (at < 0) throw new Error(`${file}: no line ${JSON.stringify(right)}`);
  const before = source.slice(0, at);
  const line = before.split("\n").length - 1;
  const inRight = right.lastIndexOf(fix);
  const start = at - (before.lastIndexOf("\n") + 1) + inRight;
  const wrong = right.slice(0, inRight) + text + right.slice(inRight + fix.length);
  writeFileSync(path, before + wrong + source.slice(at + right.length));
  return { file, line, start, text, fix, message };
}
