/** A host of WebAssembly that speaks the first preview of WASI. */
import type { OperatingSystem } from "../operatingSystem.ts";
import { otherSystem } from "./common.ts";

export const wasip1: OperatingSystem = { ...otherSystem, nameSince: 21 };
