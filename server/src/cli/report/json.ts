/** Findings as one JSON object per line. */
import type { Report } from "./reported.ts";

export const json: Report = (findings, { perTarget }) =>
  findings
    .map(({ file, line, column, endLine, endColumn, code, severity, message, package: path, targets }) => {
      const place = { file, line, column, endLine, endColumn };
      const on = perTarget ? { target: targets[0] } : { targets };
      return JSON.stringify({ ...place, code, severity, message, package: path, ...on }) + "\n";
    })
    .join("");
