/** Linux. */
import type { OperatingSystem } from "../operatingSystem.ts";
import { unixSystem } from "./common.ts";

export const linux = {
  ...unixSystem,
  // off_t is a long, offsets of 64 bits are loff_t.
  wideTypes: new Set<string>(),
  perThreadSignal: 33,
} as const satisfies OperatingSystem;
