/** illumos, which has Solaris' kernel as far as Go can tell. */
import type { OperatingSystem } from "../operatingSystem.ts";
import { solaris } from "./solaris.ts";

export const illumos: OperatingSystem = {
  ...solaris,
  nameSince: 13,
  otherNames: [],
  implies: "solaris",
};
