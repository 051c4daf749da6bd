/**
 * How the runtime polls the network on each target: how it starts, arms, waits and
 * breaks a wait, and the events it hands over. It must not know how a preview is drawn.
 */
import { pollerOf } from "../../oslayer/osLayer.ts";
import type { Snapshot } from "../../workspace/snapshot.ts";
import { callTable } from "./callTable.ts";
import type { PreviewModel } from "./previewModel.ts";
import { sidesOf } from "./sides.ts";
import { systemCalls } from "./systemCalls.ts";
import { primitiveTable } from "./threadPreview.ts";

const parts = [
  ["netpollinit", "Start"],
  ["netpollopen", "A descriptor is added"],
  ["netpollarm", "A descriptor is armed"],
  ["netpollclose", "A descriptor is removed"],
  ["netpollBreak", "A wait is broken"],
  ["netpoll", "Wait"],
] as const;

export function pollerPreview(
  snapshot: Snapshot,
  directory: string | undefined,
  targets: readonly number[],
): PreviewModel {
  const pkg = directory === undefined ? undefined : snapshot.package(directory);
  const sides = sidesOf(snapshot, targets, (target) => {
    const { goos, goarch } = snapshot.world.targets[target]!;
    const system = { goos, goarch };
    const tables = parts.flatMap(([name, title]) => {
      const calls = pkg && systemCalls(snapshot, pkg, name, target);
      return calls && calls.length > 0 ? [callTable(name, `${title}: ${name}`, calls)] : [];
    });
    return tables.length > 0 ? tables : primitiveTable("poller", "Network poller", system, pollerOf(system));
  });
  return { title: "Network poller", sides };
}
