/** Linux. */
import type { OperatingSystem } from "../operatingSystem.ts";
import { unixSystem } from "./common.ts";

export const linux: OperatingSystem = {
  ...unixSystem,
  // off_t is a long, offsets of 64 bits are loff_t.
  wideTypes: new Set(),
  perThreadSignal: 33,
};
