/**
 * What the threads of a Go program ask of the system, as strace and QEMU tell it. Each thread has a list of its own, so
 * that no list depends on how threads take turns, and the scheduler sends no signals, whose handlers would make calls
 * between any two others.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The lines of each thread, the oldest thread first; `options` are further ones of strace. */
export function straceThreads(program: string, options: readonly string[] = []): string[][] {
  return traced((directory) => ["strace", "-ff", "-n", "-o", join(directory, "t"), ...options, program]);
}

/** The lines of each thread under an emulator of QEMU, the oldest thread first. */
export function qemuThreads(emulator: string, program: string): string[][] {
  return traced((directory) => [emulator, "-d", "strace,tid", "-D", join(directory, "t.%d"), program]);
}

function traced(commandFor: (directory: string) => [string, ...string[]]): string[][] {
  const directory = mkdtempSync(join(tmpdir(), "rt0-trace-"));
  try {
    const [tracer, ...args] = commandFor(directory);
    execFileSync(tracer, args, { stdio: "pipe", env: { ...process.env, GODEBUG: "asyncpreemptoff=1" } });
    const names = readdirSync(directory).sort((a, b) => threadOf(a) - threadOf(b));
    return names.map((name) => readFileSync(join(directory, name), "utf8").split("\n").filter(isWhole));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** The thread of `t.4711`. */
function threadOf(name: string): number {
  return Number(name.slice(name.indexOf(".") + 1));
}

/** Not a call in whose midst the program ended. */
function isWhole(line: string): boolean {
  return line !== "" && !line.includes("<unfinished ...>");
}
