/** iOS, which has macOS' kernel. */
import type { OperatingSystem } from "../operatingSystem.ts";
import { darwin } from "./darwin.ts";

export const ios = {
  ...darwin,
  nameSince: 16,
  otherNames: [],
  implies: "darwin",
} as const satisfies OperatingSystem;
