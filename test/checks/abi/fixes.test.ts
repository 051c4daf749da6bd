/** The fix of a missing stack map adds the line, and the file that defines it. */
import { expect, test } from "vitest";
import { checkDirectory } from "../../../server/src/core/index.ts";
import { memoryProject } from "../../support/memoryProject.ts";

const go = "package p\n\nfunc f()\n\nfunc g() { g() }\n";
const code = "TEXT ·f(SB), NOSPLIT, $16-0 // calls\n\tCALL ·g(SB)\n\tRET\n";
const mapped = code.replace("// calls\n", "// calls\n\tNO_LOCAL_POINTERS\n");
const textflag = '#include "textflag.h"\n\n';
const funcdata = '#include "funcdata.h"\n';

test.each([
  [funcdata + code, funcdata + mapped],
  [textflag + code, funcdata + textflag + mapped],
  // Where to include it is for the user to say.
  [code, undefined],
])("%j", (before, after) => {
  const texts = new Map([
    ["/m/go.mod", "module example.com/m\n"],
    ["/m/p/p.go", go],
    ["/m/p/p.s", before],
  ]);
  const { project, ask } = memoryProject(texts, "/m", ["/m/p"], ["linux/amd64"]);
  const [finding] = ask((snapshot) =>
    checkDirectory(snapshot, "/m/p", project.profile, new Set(["stack-map"])),
  );
  expect(finding).toBeDefined();
  const fixed = finding!.fix?.edits.reduceRight(
    (text, { span, newText }) => text.slice(0, span.start) + newText + text.slice(span.end),
    before,
  );
  expect(fixed).toBe(after);
});
