/**
 * The command line's grammar: commands, their flags, and the usage text made
 * from the same table. It must not know what a command does.
 */
import { parseArgs } from "node:util";
import { profileNames } from "../core/index.ts";

interface Flag {
  readonly type: "string" | "boolean";
  /** Shown in the usage text after the flag's name. */
  readonly value?: string;
  readonly help: string;
}

const flags = {
  root: {
    type: "string",
    value: "DIR",
    help: "the tree to read: a GOROOT, a module, a GOPATH, or any directory",
  },
  target: { type: "string", value: "OS/ARCH,…", help: "these targets: a list, host, or all (the default)" },
  rules: {
    type: "string",
    value: "CODE,…",
    help: "only these checks; docs/checks.md lists them",
  },
  vet: { type: "string", value: "PROFILE", help: `whose vet to follow: ${profileNames.join(", ")}` },
  whitelist: {
    type: "string",
    value: "DIR",
    help: "hide the findings listed there, in the form of cmd/vet/all",
  },
  "write-whitelist": {
    type: "string",
    value: "DIR",
    help: "write such a whitelist from the present findings",
  },
  format: { type: "string", value: "FORMAT", help: "how to print" },
  symbol: {
    type: "string",
    value: "PACKAGE.NAME",
    help: "what the function is on each target: declared, assembly, neither",
  },
  against: {
    type: "string",
    value: "DIR",
    help: "what differs from the same call in another checkout",
  },
  vendor: { type: "boolean", help: "check vendored packages too, without their being named" },
  severity: { type: "string", value: "LEVEL", help: "show findings of this level and above" },
  "fail-on": { type: "string", value: "LEVEL", help: "exit with 1 for findings of this level and above" },
  "per-target": { type: "boolean", help: "one finding per target" },
  goroot: { type: "string", value: "DIR", help: "where packages of the standard library are found" },
  tags: { type: "string", value: "TAG,…", help: "further build tags that hold" },
  cgo: { type: "boolean", help: "select files as with CGO_ENABLED=1" },
  stdio: { type: "boolean", help: "talk over standard input and output, as without any flag" },
  "node-ipc": { type: "boolean", help: "talk over Node's channel to the parent process" },
  clientProcessId: { type: "string", value: "PID", help: "end when this process has ended" },
  help: { type: "boolean", help: "print this" },
} as const satisfies Record<string, Flag>;

export type FlagName = keyof typeof flags;

interface Command {
  readonly arguments: string;
  readonly help: string;
  readonly flags: readonly FlagName[];
  readonly formats?: readonly string[];
  /** Where it takes one target, what that is for; others take a list, and all without one. */
  readonly oneTarget?: string;
  /** What the usage text says below the flags. */
  readonly notes?: readonly string[];
}

const packageNote = "A PACKAGE is an import path or a directory; with /... after it, so are all below it.";

const previewNote =
  "Read from package runtime of the tree, or of the Go that is found; without one, from what is known of Go.";

const againstNotes = [
  "With --against all is a diff, - there and + here: DIR is there what --root, or where you stand, is here.",
  "With --format json besides, each row has what is here, what is there, and whether that is the same.",
] as const;

const treeFlags = ["root", "target", "goroot", "tags", "cgo"] as const;

export const commands = {
  check: {
    arguments: "[PACKAGE…]",
    help: "check assembly against Go declarations, for every target at once",
    flags: [
      ...treeFlags,
      "vendor",
      "rules",
      "vet",
      "whitelist",
      "write-whitelist",
      "severity",
      "fail-on",
      "format",
      "per-target",
    ],
    formats: ["text", "vet", "json", "sarif", "github"],
    notes: [
      packageNote,
      "None means every package that has assembly, below the root or where you stand.",
      "A LEVEL is error, warning, information or hint; all are shown, and hints alone do not fail.",
      "Exit status: 0 no findings that fail, 1 findings, 2 a mistake in the call or, without findings, an unreadable file.",
    ],
  },
  files: {
    arguments: "PACKAGE…",
    help: "list the files each target selects",
    flags: [...treeFlags, "format"],
    formats: ["text", "json"],
    notes: [packageNote],
  },
  layout: {
    arguments: "PACKAGE [TYPE]",
    help: "print the size, alignment and field offsets of a package's types",
    flags: [...treeFlags, "against", "vet", "format"],
    formats: ["text", "json"],
    notes: [
      "Of one TYPE the text also tells padding and its cost, what its fields are made of, the names that",
      "assembly has for them in go_asm.h and where it uses them, and what the kernel has in their place.",
      ...againstNotes,
    ],
  },
  consts: {
    arguments: "PACKAGE…",
    help: "print the values of a package's constants",
    flags: [...treeFlags, "vet", "format"],
    formats: ["text", "json"],
    notes: [packageNote],
  },
  targets: {
    arguments: "[FILE]",
    help: "list the targets, or those that select FILE",
    flags: [...treeFlags, "symbol", "format"],
    formats: ["text", "json"],
  },
  syscalls: {
    arguments: "[NAME|NUMBER]",
    help: "list the system calls of one target, or tell of one what it is there and elsewhere",
    flags: ["target", "format"],
    formats: ["text", "json"],
    oneTarget: "this target, or host; it has to be given",
    notes: [
      "A NUMBER is as in Go's SYS_ constants or as a trap takes it: 4, 0x2000004, 0x2000000+4.",
      "One that begins with a minus comes after --: rt0 syscalls --target darwin/arm -- -31",
    ],
  },
  signals: {
    arguments: "",
    help: "show how signals are set up: what is done about each, the bytes that install a handler",
    flags: [...treeFlags, "against", "format"],
    formats: ["text", "json"],
    notes: [previewNote, ...againstNotes],
  },
  threads: {
    arguments: "",
    help: "show how a thread starts, sleeps and is woken: the calls of the system in order",
    flags: [...treeFlags, "against", "format"],
    formats: ["text", "json"],
    notes: [previewNote, ...againstNotes],
  },
  netpoll: {
    arguments: "",
    help: "show how the network is polled: what is armed, how a wait is broken, the events' bytes",
    flags: [...treeFlags, "against", "format"],
    formats: ["text", "json"],
    notes: [previewNote, ...againstNotes],
  },
  vdso: {
    arguments: "",
    help: "list what is looked up in the vDSO, with both hashes, and the tags of the auxiliary vector",
    flags: [...treeFlags, "against", "format"],
    formats: ["text", "json"],
    notes: [previewNote, ...againstNotes],
  },
  traps: {
    arguments: "PACKAGE…",
    help: "list the system calls that a package's assembly makes, with their arguments",
    flags: [...treeFlags, "format"],
    formats: ["text", "json"],
    notes: [packageNote],
  },
  lsp: {
    arguments: "",
    help: "serve an editor: the language server",
    flags: ["stdio", "node-ipc", "clientProcessId"],
  },
} as const satisfies Record<string, Command>;

export type CommandName = keyof typeof commands;

export interface Arguments {
  readonly command: CommandName;
  readonly operands: readonly string[];
  readonly flags: Readonly<Partial<Record<FlagName, string | boolean>>>;
}

/** A mistake in how rt0 was called; its message is one line that names the mistake. */
export class UsageError extends Error {}

/** What was asked for; "help" where the user wants the usage text. Throws UsageError. */
export function parseArguments(
  argv: readonly string[],
): Arguments | { readonly help: CommandName | undefined } | "version" {
  const [name, ...rest] = argv;
  if (name === "--version") return "version";
  if (name === undefined || name === "help" || name === "--help" || name === "-h") {
    const about = name === "help" ? rest[0] : undefined;
    return { help: about === undefined ? undefined : commandNamed(about) };
  }
  const command = commandNamed(name);
  const { flags: accepted, formats }: Command = commands[command];
  const options = Object.fromEntries(
    accepted.map((flag) => [flag, { type: flags[flag].type, multiple: isList(flag) }]),
  );
  let parsed: ReturnType<typeof parseArgs>;
  try {
    const help = { type: flags.help.type, short: "h" };
    parsed = parseArgs({ args: rest, options: { ...options, help }, allowPositionals: true });
  } catch (error) {
    // Node's message goes on with advice that does not fit here.
    const [reason] = (error as Error).message.split(/\.?\n|\. /);
    throw new UsageError(`${name}: ${uncapitalised(reason!)}; see "rt0 help ${name}"`);
  }
  if (parsed.values.help === true) return { help: command };
  const empty = Object.entries(parsed.values).find(([, value]) => [value].flat().includes(""));
  if (empty) throw new UsageError(`${name}: --${empty[0]} needs a value`);
  // A list that is given in several pieces is one list.
  const values: Arguments["flags"] = Object.fromEntries(
    Object.entries(parsed.values).map(([flag, value]) => [flag, Array.isArray(value) ? value.join() : value]),
  );
  const [operand] = parsed.positionals;
  if (operand !== undefined && commands[command].arguments === "")
    throw new UsageError(`${name}: takes flags alone, not ${JSON.stringify(operand)}`);
  const { format } = values;
  if (typeof format === "string" && !formats?.includes(format)) {
    throw new UsageError(
      `${name}: unknown format ${JSON.stringify(format)}; formats are ${formats?.join(", ")}`,
    );
  }
  return { command, operands: parsed.positionals, flags: values };
}

function isList(name: FlagName): boolean {
  const { value }: Flag = flags[name];
  return value?.endsWith(",…") ?? false;
}

function commandNamed(name: string): CommandName {
  if (Object.hasOwn(commands, name)) return name as CommandName;
  const known = Object.keys(commands).join(", ");
  throw new UsageError(
    name.startsWith("-")
      ? `the command comes before its flags; commands are ${known}`
      : `unknown command ${JSON.stringify(name)}; commands are ${known}`,
  );
}

/** The parts of a flag's comma-separated list; undefined where the flag is not given. */
export function listFlag({ flags }: Arguments, name: FlagName): readonly string[] | undefined {
  const value = flags[name];
  if (typeof value !== "string") return undefined;
  const parts = value.split(",").map((part) => part.trim());
  return [...new Set(parts.filter((part) => part !== ""))];
}

/** The usage text of one command, or of all. */
export function usage(about: CommandName | undefined): string {
  if (about === undefined) {
    const lines = Object.entries(commands).map(([name, { help }]) => `  ${name.padEnd(8)} ${help}`);
    return [
      "Usage: rt0 COMMAND [FLAGS] [ARGUMENTS]",
      "",
      ...lines,
      "",
      "rt0 help COMMAND tells more; rt0 --version says which rt0 this is.",
      "",
    ].join("\n");
  }
  const command: Command = commands[about];
  const lines = command.flags.map((name) => {
    const { oneTarget } = command;
    const flag: Flag =
      name === "target" && oneTarget !== undefined
        ? { ...flags.target, value: "OS/ARCH", help: oneTarget }
        : flags[name];
    const choices = name === "format" ? `: ${command.formats?.join(", ")}` : "";
    return (
      `  --${flag.value === undefined ? name : `${name} ${flag.value}`}`.padEnd(26) + flag.help + choices
    );
  });
  const head = `Usage: rt0 ${about} [FLAGS] ${command.arguments}`.trimEnd();
  const notes = command.notes ? ["", ...command.notes] : [];
  return [head, "", capitalised(command.help) + ".", "", ...lines, ...notes, ""].join("\n");
}

function uncapitalised(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
