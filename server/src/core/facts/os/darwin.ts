/** macOS. */
import type { OperatingSystem } from "../operatingSystem.ts";
import { unixSystem } from "./common.ts";

export const darwin = {
  ...unixSystem,
  otherNames: ["macos", "macosx", "osx"],
} as const satisfies OperatingSystem;
