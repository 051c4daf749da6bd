/** `rt0 syscalls`: the system calls of a target, or one of them and what it is elsewhere. */
import {
  abiOf,
  abiSystems,
  abiText,
  callSystems,
  classNames,
  type Counterpart,
  counterparts,
  type DecodedNumber,
  decodeNumber,
  elsewhereRows,
  errorText,
  goConstant,
  type Import,
  importByName,
  importsOf,
  kernelOf,
  meaningsOf,
  parameterText,
  placeArguments,
  prototypeText,
  remarkOn,
  type Syscall,
  type SyscallAbi,
  syscallByName,
  syscallsOf,
  systemsText,
  type System,
  systemName,
} from "../core/index.ts";
import { type Arguments, listFlag, UsageError } from "./args.ts";
import { InputError, parseTargets } from "./openProject.ts";
import type { Output } from "./output.ts";

export function syscalls(args: Arguments, output: Output): number {
  const names = listFlag(args, "target");
  const [system, ...others] = (names && parseTargets(names)) ?? [];
  if (!system || others.length > 0) throw new UsageError("syscalls: name one target with --target");
  const hasAbi = abiSystems().some(
    ({ goos, goarch }) => goarch === system.goarch && sharesKernel(goos, system),
  );
  if (!hasAbi) throw new InputError(`${systemName(system)}: Go has no such port`);
  if (args.operands.length > 1) throw new UsageError("syscalls: takes one name or number");
  const [operand] = args.operands;
  const isJson = args.flags.format === "json";
  const write = (answer: Answer) => {
    output.write(isJson ? answer.rows.map((row) => JSON.stringify(row) + "\n").join("") : answer.text);
    return 0;
  };
  if (operand === undefined) return write(tableOf(system));
  const constant = readNumber(operand);
  if (constant === undefined) {
    const call = syscallByName(system, operand);
    if (call) return write(oneCall(system, call, undefined));
    const library = importByName(system, operand);
    if (library) return write(oneImport(system, library));
    throw new InputError(`${operand}: no system call of ${systemName(system)}${insteadOf(operand, system)}`);
  }
  if (syscallsOf(system).length === 0) {
    throw new InputError(
      `${operand}: programs of ${systemName(system)} call functions by name, not by number`,
    );
  }
  const decoded = decodeNumber(system, constant);
  if (!decoded.call) throw new InputError(`${operand}: no system call of ${systemName(system)}`);
  return write(oneCall(system, decoded.call, decoded));
}

/** A name of another system: the newer Linux tables have openat and no open. */
function insteadOf(name: string, system: System): string {
  for (const other of callSystems()) {
    const call = syscallByName(other, name);
    const [found] = call ? counterparts(call, [system]) : [];
    if (found) return `; there is ${found.call.name}, ${found.call.number}`;
  }
  return "";
}

function sharesKernel(goos: System["goos"], system: System): boolean {
  return goos === system.goos || goos === kernelOf(system.goos);
}

/** For machines, one object per line; and for people. */
interface Answer {
  readonly rows: readonly object[];
  readonly text: string;
}

/** "4", "0x2000000+4", "0xf0000|2", "-31", "~30"; undefined for a name. Parts are taken from left to right. */
function readNumber(text: string): bigint | undefined {
  const expression = text
    .replace(/^\$/, "")
    .replace(/^\((.*)\)$/, "$1")
    .replace(/\s+/g, "");
  if (!/^[-+~]*(?:0x[0-9a-f]+|\d+)(?:[-+|][-+~]*(?:0x[0-9a-f]+|\d+))*$/i.test(expression)) return undefined;
  let value = 0n;
  for (const [, operator = "+", signs = "", digits = "0"] of expression.matchAll(
    /(^|[-+|])([-+~]*)(0x[0-9a-f]+|\d+)/gi,
  )) {
    let part = BigInt(digits);
    for (const sign of [...signs].reverse()) part = sign === "~" ? ~part : sign === "-" ? -part : part;
    value = operator === "-" ? value - part : operator === "|" ? value | part : value + part;
  }
  return value;
}

function tableOf(system: System): Answer {
  const target = systemName(system);
  const calls = syscallsOf(system);
  if (calls.length === 0) {
    const imports = importsOf(system);
    const lines = imports.map((entry) => `  ${importText(entry)}\n`);
    return {
      rows: imports.map((entry) => ({ target, ...importRow(entry) })),
      text: `${target}: functions that Go's own packages import\n${lines.join("")}`,
    };
  }
  const width = Math.max(...calls.map(({ number }) => String(number).length));
  const classes = [...new Set(calls.map((call) => call.class))];
  const texts = classes.map((cls) => {
    const lines = calls
      .filter((call) => call.class === cls)
      .map((call) => {
        const remark = remarkOn(system, call);
        return `  ${String(call.number).padStart(width)}  ${prototypeText(call) ?? call.name}${remark && `  (${remark})`}\n`;
      });
    const how = cls === "mach" ? `: ${abiText(callAbi(system), cls)}` : "";
    return (cls === "unix" ? "" : `\n${target}, ${classNames[cls]}${how}\n`) + lines.join("");
  });
  return {
    rows: calls.map((call) => callRow(target, call)),
    text: `${target}: ${abiText(callAbi(system))}\n${texts.join("")}`,
  };
}

/** Registers are those of the trap, where the target has ever had one. */
function callAbi(system: System): SyscallAbi | undefined {
  return abiOf(system, "trap") ?? abiOf(system);
}

function callRow(target: string, call: Syscall): object {
  const { name, number, standing, since, until, note, prototype, entry, source } = call;
  return {
    target,
    number,
    name,
    class: call.class,
    ...(call.class === "unix" && { constant: goConstant(call) }),
    standing,
    ...(prototype && { result: prototype.result, parameters: prototype.parameters }),
    ...(entry !== undefined && { entry }),
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
    ...(note !== undefined && { note }),
    source,
    ...(prototype && { prototypeSource: prototype.source }),
  };
}

function oneCall(system: System, call: Syscall, decoded: DecodedNumber | undefined): Answer {
  const target = systemName(system);
  const abi = callAbi(system);
  const placed = abi && call.prototype ? placeArguments(system, abi, call.prototype.parameters) : [];
  const others = callSystems().filter(
    (other) => systemName(other) !== `${kernelOf(system.goos)}/${system.goarch}`,
  );
  const elsewhere = counterparts(call, others);
  const names = elsewhere.flatMap(({ relation, call }) => (relation === "same" ? [call.name] : []));
  const libraryUsers = abiSystems().filter((other) => abiOf(other, "library"));
  const libraries = librariesWith([call.name, ...call.aka, ...names], libraryUsers);
  const meanings = meaningsOf(system, call.number, call.class).filter((other) => other !== call);

  const number =
    call.class === "unix"
      ? `${call.number}, ${goConstant(call)}`
      : `${call.number} of ${classNames[call.class]}`;
  const head = [`${call.name} on ${target}: ${number}`];
  const remark = remarkOn(system, call);
  if (remark !== "") head.push(`  ${remark}`);
  if (decoded) head.push(...decodedLines(decoded).map((line) => `  ${line}`));
  for (const other of meanings)
    head.push(`  also ${[other.name, remarkOn(system, other)].filter(Boolean).join(": ")}`);

  const body = ["", `  ${prototypeText(call) ?? "arguments unknown"}`];
  if (placed.length > 0) {
    const cells = placed.map(
      ({ places, parameter }) => [places.join(", "), parameterText(parameter)] as const,
    );
    const width = Math.max(...cells.map(([place]) => place.length));
    body.push("", ...cells.map(([place, text]) => `  ${place.padEnd(width)}  ${text}`));
  }
  if (abi) body.push("", `  ${abiText(abi, call.class)}`);
  if (abi?.note !== undefined) body.push(`  ${abi.note}`);
  if (elsewhere.length + libraries.length > 0) {
    body.push("", "Elsewhere", ...elsewhereLines(elsewhere, others));
    body.push(
      ...libraries.map(
        ({ name, library, systems }) => `  ${library} ${name}  ${systemsText(systems, libraryUsers)}`,
      ),
    );
  }
  const sources = [call.source, call.prototype?.source, abi?.source].filter((source) => source !== undefined);
  body.push("", "Sources", ...[...new Set(sources)].map((source) => `  ${source}`));
  return {
    rows: [
      {
        ...callRow(target, call),
        ...(decoded && { value: decoded.value, base: decoded.base, misfit: decoded.misfit }),
        ...(abi && {
          trap: abi.trap,
          numberPlace: abi.number,
          arguments: placed.map(({ places, parameter }) => ({ ...parameter, places })),
          resultPlace: abi.result,
          error: errorText(abi, call.class),
          abiSource: abi.source,
        }),
      },
      ...elsewhere.map(({ system, call: other, relation }) => ({
        ...callRow(systemName(system), other),
        counterpartOf: call.name,
        relation,
      })),
    ],
    text: [...head, ...body, ""].join("\n"),
  };
}

function decodedLines({ base, number, value, misfit }: DecodedNumber): string[] {
  const parts = base ? [`${hex(value)} is ${hex(base.value)} (${base.name}) + ${number % 0x10000}`] : [];
  if (misfit === "base missing") parts.push("the trap itself wants it with its base or class");
  if (misfit === "foreign base") parts.push("the base or class is one of another ABI");
  if (misfit === "out of range") parts.push("no number of this target is that large");
  return parts;
}

function hex(value: number): string {
  return value < 0 ? `-0x${(-value).toString(16)}` : `0x${value.toString(16)}`;
}

/** One line for each name and number, with the targets that have it. */
function elsewhereLines(elsewhere: readonly Counterpart[], others: readonly System[]): string[] {
  const rows = elsewhereRows(elsewhere);
  const digits = Math.max(0, ...rows.map(({ number }) => String(number).length));
  const width = Math.max(0, ...rows.map(({ name }) => name.length));
  return rows.map(
    ({ number, name, systems }) =>
      `  ${String(number).padStart(digits)} ${name.padEnd(width)}  ${systemsText(systems, others)}`,
  );
}

/** The libraries through which a function of the first of these names is called, on every system that does so. */
function librariesWith(names: readonly string[], users: readonly System[]) {
  const found = new Map<
    string,
    { readonly name: string; readonly library: string; readonly systems: System[] }
  >();
  for (const system of users) {
    const entry = names.flatMap((name) => importByName(system, name) ?? [])[0];
    if (entry?.kind !== "library") continue;
    const key = `${entry.library} ${entry.name}`;
    const row = found.get(key) ?? { name: entry.name, library: entry.library, systems: [] };
    row.systems.push(system);
    found.set(key, row);
  }
  return [...found.values()];
}

function oneImport(system: System, entry: Import): Answer {
  const target = systemName(system);
  const abi = abiOf(system, entry.kind === "wasm" ? "import" : "library");
  const lines = [`${entry.name} on ${target}: ${importText(entry)}`];
  if (abi) lines.push("", `  ${abiText(abi)}`, `  ${abi.source}`);
  return { rows: [{ target, ...importRow(entry) }], text: [...lines, ""].join("\n") };
}

function importText(entry: Import): string {
  if (entry.kind === "wasm") {
    const functions = entry.functions.map(({ name, parameters, result }) =>
      `func ${name}(${parameters}) ${result}`.trimEnd(),
    );
    return `${entry.module} ${entry.name}  ${[...new Set(functions)].join("; ")}`;
  }
  const { name, library, packages, argumentCount } = entry;
  const count =
    argumentCount === undefined ? "" : `, ${argumentCount} argument${argumentCount === 1 ? "" : "s"}`;
  return `${library} ${name}  (${packages.join(", ")}${count})`;
}

function importRow(entry: Import): object {
  if (entry.kind === "wasm") {
    const { name, module, functions, source } = entry;
    return { name, module, functions, source };
  }
  const { name, library, packages, argumentCount, revision, source } = entry;
  return {
    name,
    library,
    packages,
    ...(argumentCount !== undefined && { arguments: argumentCount }),
    revision,
    source,
  };
}
