/** `rt0 signals`, `threads`, `netpoll` and `vdso`: what package runtime asks of each system, as tables. */
import {
  pollerPreview,
  type PreviewModel,
  runtimeDirectories,
  signalPreview,
  type Snapshot,
  threadPreview,
  vdsoPreview,
} from "../core/index.ts";
import { load, settle } from "../host/project.ts";
import type { Arguments } from "./args.ts";
import { openProject, run } from "./openProject.ts";
import type { Output } from "./output.ts";
import { printPreviews, type ShowPreviews } from "./printPreviews.ts";

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
  const show: ShowPreviews = (args, place) => {
    const opened = openProject(args, place, { tests: false, sizes: "compiler" });
    const { project } = opened;
    const { runtime: directory } = project.opened;
    const all = project.targets.flatMap((target) =>
      directory === undefined ? [] : runtimeDirectories(directory, target),
    );
    run(load(project, [...new Set(all)]));
    const targets = [...project.targets.keys()];
    const model = run(settle(project, (snapshot) => preview(snapshot, directory, targets)));
    return { opened, directories: directory === undefined ? [] : [directory], models: [model] };
  };
  return printPreviews(args, output, show, () => "nothing to show");
}
