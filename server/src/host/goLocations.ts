/** Where Go keeps things on this machine, told by the environment alone: no program is run to find out. */
import { existsSync, realpathSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, resolve } from "node:path";
import type { GoLocations } from "./openTree.ts";

/** `goroot`, if given, is the only GOROOT that counts. */
export function goLocations(environment: NodeJS.ProcessEnv, goroot: string | undefined): GoLocations {
  const onPath = (environment.PATH ?? "").split(delimiter).flatMap((directory) => {
    const program = resolve(directory, process.platform === "win32" ? "go.exe" : "go");
    return existsSync(program) ? [slashes(resolve(realpathSync(program), "../.."))] : [];
  });
  const usual = ["/usr/local/go", "/usr/lib/go", "/opt/homebrew/opt/go/libexec", "C:/Program Files/Go"];
  const given = goroot ?? environment.GOROOT;
  const goroots = given ? [slashes(given)] : [...onPath, ...usual];
  const gopath = environment.GOPATH || `${homedir()}/go`;
  const gopaths = gopath.split(delimiter).map(slashes);
  return { goroots, gopaths, moduleCache: slashes(environment.GOMODCACHE || `${gopaths[0]}/pkg/mod`) };
}

/** A path as the core has it. */
export function slashes(path: string): string {
  return process.platform === "win32" ? path.replaceAll("\\", "/") : path;
}
