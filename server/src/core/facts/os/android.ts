/** Android, which has Linux's kernel. */
import type { OperatingSystem } from "../operatingSystem.ts";
import { linux } from "./linux.ts";

export const android: OperatingSystem = {
  ...linux,
  implies: "linux",
};
