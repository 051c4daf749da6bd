/** Solaris. */
import type { OperatingSystem } from "../operatingSystem.ts";
import { unixSystem } from "./common.ts";

export const solaris: OperatingSystem = { ...unixSystem, otherNames: ["sunos"] };
