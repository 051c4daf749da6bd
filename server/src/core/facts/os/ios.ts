/** iOS, which has macOS' kernel. */
import type { OperatingSystem } from "../operatingSystem.ts";
import { darwin } from "./darwin.ts";

export const ios: OperatingSystem = {
  ...darwin,
  nameSince: 16,
  otherNames: [],
  implies: "darwin",
};
