#!/usr/bin/env node
/**
 * Stands in for the `code` executable where no desktop is: @vscode/test-electron, given this file as
 * `vscodeExecutablePath`, runs its suite in the same editor inside a browser. Of a desktop's options
 * it knows the extension, the suite, the folder and a file to open; the rest is passed over.
 */
import { statSync } from "node:fs";
import process, { argv, stderr } from "node:process";
import { runSuite } from "./runSuite.mjs";

const value = (/** @type {string} */ name) =>
  argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
const paths = argv.slice(2).filter((arg) => !arg.startsWith("-"));
const folder = paths.find((path) => statSync(path, { throwIfNoEntry: false })?.isDirectory());
const openFile = paths.find((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
const suitePath = value("extensionTestsPath");
const extensionPath = value("extensionDevelopmentPath");

if (folder === undefined || suitePath === undefined || extensionPath === undefined) {
  stderr.write("need a folder, --extensionTestsPath=FILE and --extensionDevelopmentPath=FOLDER\n");
  process.exit(2);
}
try {
  await runSuite({ folder, suitePath, extensionPath, ...(openFile === undefined ? {} : { openFile }) });
} catch (error) {
  stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
