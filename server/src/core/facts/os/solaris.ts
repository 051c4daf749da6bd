/** Solaris. */
import type { OperatingSystem } from "../operatingSystem.ts";
import { unixSystem } from "./common.ts";

export const solaris = { ...unixSystem, otherNames: ["sunos"] } as const satisfies OperatingSystem;
