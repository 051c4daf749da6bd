/** Findings as workflow commands, which GitHub Actions shows beside the changed lines. */
import type { Report } from "./reported.ts";

const commands = { error: "error", warning: "warning", information: "notice", hint: "notice" } as const;

export const github: Report = (findings) =>
  findings
    .map(({ file, line, column, endLine, endColumn, code, severity, message, targets }) => {
      const place = `line=${line},endLine=${endLine},col=${column},endColumn=${endColumn}`;
      const on = targets.length === 1 ? targets[0]! : `${targets[0]} and ${targets.length - 1} more`;
      const title = property(`rt0 ${code}`);
      return `::${commands[severity]} file=${property(file)},${place},title=${title}::${data(`${message} (${on})`)}\n`;
    })
    .join("");

function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
