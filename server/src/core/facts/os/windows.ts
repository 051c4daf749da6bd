/** Windows. */
import type { OperatingSystem } from "../operatingSystem.ts";
import { otherSystem } from "./common.ts";

export const windows: OperatingSystem = {
  ...otherSystem,
  otherNames: ["win32", "win64"],
  hasUsualCCall: false,
};
