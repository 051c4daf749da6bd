/** What most systems have in common, for their files to spread. It must not know any system. */

export const unixSystem = {
  unix: true,
  implies: undefined,
  keepsFramePointer: true,
  hasUsualCCall: true,
  reusesCallNumbers: false,
  signalsAreNotes: false,
  perThreadSignal: undefined,
} as const;

export const otherSystem = { ...unixSystem, unix: false } as const;
