/**
 * A whitelist's entry that matches nothing any more. Whitelists are read by the host, which finds it (`applyWhitelist`);
 * in a file of the package there is nothing to find.
 */
import type { Check } from "./check.ts";

export const whitelistEntry: Check<"whitelist"> = {
  code: "whitelist",
  stage: "tree",
  severity: "warning",
  title: "A whitelist entry matches nothing",
  why: [
    "A whitelist in the form of the old `cmd/vet/all` hides findings that are known and accepted. An entry that",
    "matches no finding any more hides the next mistake of the same words; it should go.",
  ].join("\n"),
  bad: "runtime/asm_ARCHSUFF.s: [GOARCH] gone: function gone missing Go declaration",
  good: "(the line removed)",
  run: () => [],
};
