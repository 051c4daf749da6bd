/** Linux. */
import type { OperatingSystem } from "../operatingSystem.ts";
import { unixSystem } from "./common.ts";

export const linux = {
  ...unixSystem,
  perThreadSignal: 33,
} as const satisfies OperatingSystem;
