/** NetBSD. */
import type { OperatingSystem } from "../operatingSystem.ts";
import { unixSystem } from "./common.ts";

export const netbsd: OperatingSystem = { ...unixSystem };
