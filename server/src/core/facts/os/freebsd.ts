/** FreeBSD. */
import type { OperatingSystem } from "../operatingSystem.ts";
import { unixSystem } from "./common.ts";

export const freebsd: OperatingSystem = {
  ...unixSystem,
  wideTypes: new Set([...unixSystem.wideTypes, "dev_t", "id_t"]),
};
