/**
 * The findings of one file as they are shown: without those that another finding refutes, as `asmdecl-misread` does
 * vet's, or makes moot, as `foreign-assembly` does all that is said of targets that cannot assemble the file.
 */
import { withoutMisread } from "./asmdecl/withoutMisread.ts";
import type { Finding } from "./finding.ts";
import { withoutForeign } from "./instructions/foreignAssembly.ts";

/** Of the findings of every check that ran, in one file or several. */
export function reconciled(findings: readonly Finding[]): readonly Finding[] {
  return withoutForeign(withoutMisread(findings));
}
