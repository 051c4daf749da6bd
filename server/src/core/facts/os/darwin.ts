/** macOS. */
import type { OperatingSystem } from "../operatingSystem.ts";
import { unixSystem } from "./common.ts";

export const darwin: OperatingSystem = {
  ...unixSystem,
  otherNames: ["macos", "macosx", "osx"],
};
