/** Findings as workflow commands, which GitHub Actions shows beside the changed lines. */
import { onTargets } from "../../core/index.ts";
import { pathFrom, type Report } from "./reported.ts";

const commands = { error: "error", warning: "warning", information: "notice", hint: "notice" } as const;

export const github: Report = (findings, { repository }) =>
  findings
    .map((finding) => {
      const { file, path, line, column, endLine, endColumn, code, severity, message } = finding;
      const place = `line=${line},endLine=${endLine},col=${column},endColumn=${endColumn}`;
      // A path that does not start at the top of the repository is shown nowhere.
      const name = property(pathFrom(repository, path) ?? file);
      const said = data(`${message} (${onTargets(finding.targets, finding.fileTargets)})`);
      return `::${commands[severity]} file=${name},${place},title=${property(`rt0 ${code}`)}::${said}\n`;
    })
    .join("");

function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
