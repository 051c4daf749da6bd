/** Windows. */
import type { OperatingSystem } from "../operatingSystem.ts";
import { otherSystem } from "./common.ts";

export const windows = {
  ...otherSystem,
  hasUsualCCall: false,
} as const satisfies OperatingSystem;
