/** A TEXT symbol that is not local to its file needs a Go declaration without a body. */
import { isNoFrame, type BlockCheck, type BlockFinding } from "./rule.ts";

export function missingDeclaration({ block, profile, name, frame }: BlockCheck): BlockFinding[] {
  if (frame !== "none" || name.includes("<>")) return [];
  if (!profile.beforeAnalysis && isNoFrame(block.symbol.flags)) return [];
  return [
    { rule: "missing-declaration", message: `function ${name} missing Go declaration`, ...block.symbol.span },
  ];
}
