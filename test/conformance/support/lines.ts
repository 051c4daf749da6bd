/**
 * Runs a program and yields the JSON objects it prints, one a line, without holding
 * its whole output. It must not know the programs.
 */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Exit codes that count as success. */
  readonly allowed: readonly number[];
  /** Words on stderr that mean failure whatever the exit code. */
  readonly alarming?: RegExp;
}

/** What a program prints, line by line. Throws with its last words on stderr if it ends in any other way than allowed. */
export async function* outputLines(command: Command): AsyncGenerator<string> {
  const child = spawn(command.program, command.args, {
    env: { ...process.env, ...command.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (complaint += text));
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  // A program that cannot start must not count as an unhandled rejection before it is awaited below.
  ended.catch(() => undefined);
  try {
    yield* createInterface({ input: child.stdout, crlfDelay: Infinity });
  } finally {
    child.kill();
  }
  const code = await ended;
  if (code === null || !command.allowed.includes(code) || command.alarming?.test(complaint)) {
    const call = `${command.program} ${command.args.join(" ").slice(0, 300)}`;
    throw new Error(`${call}: exit ${code}\n${complaint.slice(-2000)}`);
  }
}

/** Calls `work` for every item, two at a time, and returns the results in the items' order. */
export async function inPairs<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  let next = 0;
  async function worker(): Promise<void> {
    while (next < items.length) {
      const index = next++;
      results[index] = await work(items[index]!);
    }
  }
  await Promise.all([worker(), worker()]);
  return results;
}

/** Cuts a list into parts of at most `size`. */
export function chunked<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, i) =>
    list.slice(i * size, (i + 1) * size),
  );
}
