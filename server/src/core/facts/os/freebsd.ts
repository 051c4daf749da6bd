/** FreeBSD. */
import type { OperatingSystem } from "../operatingSystem.ts";
import { unixSystem } from "./common.ts";

export const freebsd = { ...unixSystem } as const satisfies OperatingSystem;
