/** OpenBSD. */
import type { OperatingSystem } from "../operatingSystem.ts";
import { unixSystem } from "./common.ts";

export const openbsd: OperatingSystem = {
  ...unixSystem,
  // What numbers meant before 5.5 is not in its present table.
  reusesCallNumbers: true,
};
