/** IBM's AIX. */
import type { OperatingSystem } from "../operatingSystem.ts";
import { unixSystem } from "./common.ts";

export const aix: OperatingSystem = { ...unixSystem, nameSince: 12 };
