/** Where Go keeps things on this machine, told by the environment alone: no program is run to find out. */
import { existsSync, realpathSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, resolve } from "node:path";
import type { GoLocations } from "./openTree.ts";

const usualPlaces = ["/usr/local/go", "/usr/lib/go", "/opt/homebrew/opt/go/libexec", "C:/Program Files/Go"];

/** `goroot`, if given, is the only GOROOT that counts. */
export function goLocations(environment: NodeJS.ProcessEnv, goroot: string | undefined): GoLocations {
  const reasons = new Map<string, string>();
  const found = (path: string, reason: string): void => {
    if (!reasons.has(path)) reasons.set(path, reason);
  };
  if (goroot) found(slashes(goroot), "the setting");
  else if (environment.GOROOT) found(slashes(environment.GOROOT), "the variable GOROOT");
  else {
    for (const directory of (environment.PATH ?? "").split(delimiter)) {
      const program = resolve(directory, process.platform === "win32" ? "go.exe" : "go");
      if (existsSync(program)) found(slashes(resolve(realpathSync(program), "../..")), "the go on PATH");
    }
    for (const path of usualPlaces) found(path, "a usual place");
  }
  const gopath = environment.GOPATH || `${homedir()}/go`;
  const gopaths = gopath.split(delimiter).map(slashes);
  return {
    goroots: [...reasons.keys()],
    reasons,
    gopaths,
    moduleCache: slashes(environment.GOMODCACHE || `${gopaths[0]}/pkg/mod`),
  };
}

/** A path as the core has it. */
export function slashes(path: string): string {
  return process.platform === "win32" ? path.replaceAll("\\", "/") : path;
}
