/** `rt0 signals`, `threads`, `netpoll` and `vdso`: what package runtime asks of each system, as tables. */
import {
  pollerPreview,
  type PreviewModel,
  previewText,
  runtimeDirectories,
  signalPreview,
  type Snapshot,
  threadPreview,
  vdsoPreview,
} from "../core/index.ts";
import { load, settle } from "../host/project.ts";
import type { Arguments } from "./args.ts";
import { openProject, reportUnreadable, run } from "./openProject.ts";
import type { Output } from "./output.ts";

/** Makes a preview of the package runtime in a directory, if there is one, for targets by index. */
type Preview = (
  snapshot: Snapshot,
  directory: string | undefined,
  targets: readonly number[],
) => PreviewModel;

export function signals(args: Arguments, output: Output): number {
  return runtimePreview(args, output, signalPreview);
}

export function threads(args: Arguments, output: Output): number {
  return runtimePreview(args, output, threadPreview);
}

export function netpoll(args: Arguments, output: Output): number {
  return runtimePreview(args, output, pollerPreview);
}

export function vdso(args: Arguments, output: Output): number {
  return runtimePreview(args, output, vdsoPreview);
}

function runtimePreview(args: Arguments, output: Output, preview: Preview): number {
  const opened = openProject(args, output, { tests: false, sizes: "compiler" });
  const { project } = opened;
  const { runtime: directory } = project.opened;
  const all = project.targets.flatMap((target) =>
    directory === undefined ? [] : runtimeDirectories(directory, target),
  );
  const directories = [...new Set(all)];
  run(load(project, directories));
  const targets = project.targets.map((_, i) => i);
  const model = run(settle(project, (snapshot) => preview(snapshot, directory, targets)));
  if (args.flags.format === "json") {
    const lines = model.sides.map((side) => JSON.stringify({ title: model.title, ...side }) + "\n");
    output.write(lines.join(""));
  } else output.write(previewText(model));
  reportUnreadable(opened, directory === undefined ? [] : [directory], output);
  return 0;
}
