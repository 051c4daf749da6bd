/** IBM's AIX. */
import type { OperatingSystem } from "../operatingSystem.ts";
import { unixSystem } from "./common.ts";

export const aix = { ...unixSystem } as const satisfies OperatingSystem;
