/** DragonFly BSD. */
import type { OperatingSystem } from "../operatingSystem.ts";
import { unixSystem } from "./common.ts";

export const dragonfly: OperatingSystem = { ...unixSystem };
