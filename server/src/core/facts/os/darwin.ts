/** macOS. */
import type { OperatingSystem } from "../operatingSystem.ts";
import { unixSystem } from "./common.ts";

export const darwin = { ...unixSystem } as const satisfies OperatingSystem;
