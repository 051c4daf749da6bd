/** GOARCH=ppc64le. */
import type { Architecture } from "../architecture.ts";
import { ppc64 } from "./ppc64.ts";

export const ppc64le: Architecture = {
  ...ppc64,
  otherNames: ["ppc64el", "powerpc64le"],
  bigEndian: false,
};
