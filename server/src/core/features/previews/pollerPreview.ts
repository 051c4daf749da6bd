/**
 * How the runtime polls the network on each target: how it starts, arms, waits and
 * breaks a wait, and the events it hands over. It must not know how a preview is drawn.
 */
import { pollerEventsOf, pollerOf } from "../../oslayer/osLayer.ts";
import type { System } from "../../oslayer/system.ts";
import type { Snapshot } from "../../workspace/snapshot.ts";
import { callTable } from "./callTable.ts";
import { filledSections } from "./filledSections.ts";
import type { ByteField, ByteMapSection, PreviewModel, PreviewSection } from "./previewModel.ts";
import { sidesOf } from "./sidesOf.ts";
import { systemCalls } from "../../runtime/systemCalls.ts";
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
      const table = calls && calls.length > 0 ? [callTable(name, `${title}: ${name}`, calls)] : [];
      return pkg ? [...table, ...filledSections(snapshot, pkg, name, target)] : table;
    });
    return tables.length > 0 ? tables : fromFacts(system);
  });
  return { title: "Network poller", sides };
}

function fromFacts(system: System): PreviewSection[] {
  const events = pollerEventsOf(system).map(({ revision, size, fields }, i): ByteMapSection => {
    const parts: ByteField[] = [];
    let end = 0;
    const pad = (to: number): void => {
      if (to > end)
        parts.push({ name: "", type: "", offset: end, size: to - end, isPadding: true, fields: [] });
      end = Math.max(end, to);
    };
    for (const field of fields) {
      pad(field.offset);
      parts.push({ ...field, type: "", isPadding: false, fields: [] });
      end = field.offset + field.size;
    }
    pad(size);
    const align =
      fields.some((field) => field.size === 8 && field.offset % 8 === 0) && size % 8 === 0 ? 8 : 4;
    return { kind: "bytes", key: `event ${i}`, title: `Event in ${revision}`, size, align, fields: parts };
  });
  return [
    ...primitiveTable("poller", "Network poller, without source at hand", system, pollerOf(system)),
    ...events,
  ];
}
