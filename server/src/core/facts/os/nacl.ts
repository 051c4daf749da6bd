/** Native Client, a port until Go 1.13; its name still constrains a file. */
import type { OperatingSystem } from "../operatingSystem.ts";
import { otherSystem } from "./common.ts";

export const nacl: OperatingSystem = { ...otherSystem };
