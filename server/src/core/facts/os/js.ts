/** A JavaScript engine that runs WebAssembly. */
import type { OperatingSystem } from "../operatingSystem.ts";
import { otherSystem } from "./common.ts";

export const js: OperatingSystem = { ...otherSystem };
