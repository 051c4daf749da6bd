/** What most systems have in common, for their files to spread. It must not know any system. */
import type { OperatingSystem } from "../operatingSystem.ts";

export const unixSystem: OperatingSystem = {
  nameSince: 0,
  otherNames: [],
  unix: true,
  implies: undefined,
  keepsFramePointer: true,
  hasUsualCCall: true,
  wideTypes: new Set(["off_t", "user_off_t"]),
  reusesCallNumbers: false,
  signalsAreNotes: false,
  perThreadSignal: undefined,
};

export const otherSystem: OperatingSystem = { ...unixSystem, unix: false };
