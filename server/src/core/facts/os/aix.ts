/** IBM's AIX. */
import type { OperatingSystem } from "../operatingSystem.ts";
import { unixSystem } from "./common.ts";

export const aix = { ...unixSystem, nameSince: 12 } as const satisfies OperatingSystem;
