/** Plan 9 from Bell Labs. */
import type { OperatingSystem } from "../operatingSystem.ts";
import { otherSystem } from "./common.ts";

export const plan9: OperatingSystem = {
  ...otherSystem,
  // Its system calls take their number in BP.
  keepsFramePointer: false,
  signalsAreNotes: true,
};
