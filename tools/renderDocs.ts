/**
 * What is written from the registry of checks: docs/checks.md, and the settings
 * in package.json that name checks or profiles. Pure; `docs.mjs` writes the files
 * and a test compares them.
 */
import { checks, profileNames } from "../server/src/core/index.ts";
import { ruleLevels } from "../server/src/lsp/settings.ts";

/** docs/checks.md. */
export function renderChecks(): string {
  const header = [
    "<!-- Written by `npm run docs` from server/src/core/checks/registry.ts. DO NOT EDIT. -->",
    "",
    "# Checks",
    "",
    "Every finding carries the code of its check. In the editor the setting `rt0.rules` changes how serious a",
    "check's findings are, or turns it `off`; on the command line `--rules` names the checks to make.",
    "",
  ];
  const sections = checks.flatMap(({ code, severity, title, why, bad, good }) => [
    `## ${code}`,
    "",
    `${title} (${severity}).`,
    "",
    why,
    "",
    "Reported:",
    "",
    fence(bad),
    "",
    "Right:",
    "",
    fence(good),
    "",
  ]);
  return [...header, ...sections].join("\n");
}

function fence(text: string): string {
  return "```\n" + text.trim() + "\n```";
}

interface Manifest {
  readonly contributes: { readonly configuration: { readonly properties: Record<string, object> } };
}

/** package.json with the generated settings in place. */
export function renderManifest(text: string): string {
  const manifest = JSON.parse(text) as Manifest;
  const { properties } = manifest.contributes.configuration;
  const rules = checks.map(({ code, severity, title, why }) => [
    code,
    {
      type: "string",
      enum: ruleLevels,
      default: severity,
      markdownDescription: `${title}.\n\n${why}`,
    },
  ]);
  Object.assign(properties["rt0.rules"]!, {
    default: Object.fromEntries(checks.map(({ code, severity }) => [code, severity])),
    properties: Object.fromEntries(rules) as object,
  });
  Object.assign(properties["rt0.vetProfile"]!, {
    enum: ["", ...profileNames],
    enumDescriptions: [
      "The vet of the tree's own release",
      ...profileNames.map((name) => `The vet of ${name}`),
    ],
    markdownDescription:
      "Whose `go vet` the findings follow. Empty: that of the tree's release, or of the module's go line.",
  });
  return JSON.stringify(manifest, undefined, 2) + "\n";
}
