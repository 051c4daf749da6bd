/** What most systems have in common, for their files to spread. It must not know any system. */

export const unixSystem = {
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
} as const;

export const otherSystem = { ...unixSystem, unix: false } as const;
