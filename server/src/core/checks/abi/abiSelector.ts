/**
 * ABI selectors (`f<ABIInternal>(SB)`) where the assembler refuses them: outside the
 * few packages that may use them, of an unknown name, or in a TEXT that could grow its
 * stack. The rules are those of cmd/asm/internal/asm: `symRefAttrs` in parse.go and
 * `asmText` in asm.go.
 */
import { mayNameAbi } from "../../facts/asmPackages.ts";
import type { Package } from "../../model/go/packageScope.ts";
import type { Statement, SymbolRef } from "../../syntax/asm/ast.ts";
import { symbolRefs } from "../../syntax/asm/symbolRefs.ts";
import { hasFlag } from "../../syntax/asm/textFlags.ts";
import { treeOf } from "../../workspace/importPath.ts";
import type { Snapshot } from "../../workspace/snapshot.ts";
import type { SourceFile } from "../../workspace/sourceFile.ts";
import type { World } from "../../workspace/world.ts";
import type { AsmProfile } from "../asmdecl/profile.ts";
import { codeFindings, type CodeFinding } from "../codeCheck.ts";
import type { Finding } from "../finding.ts";
import type { Check } from "../check.ts";

export const abiSelector: Check<"abi-selector"> = {
  code: "abi-selector",
  stage: "package",
  severity: "error",
  title: "An ABI selector where the assembler takes none",
  why: [
    "`f<ABIInternal>(SB)` names the function by the convention that passes arguments in registers, which changes from",
    "release to release. The assembler accepts a selector in a few packages of the standard library only, and no",
    "other than `ABI0` and `ABIInternal`. Everywhere else assembly is called with the stack layout of ABI0.",
  ].join("\n"),
  bad: `
-- add_amd64.go --
package p

func add(x, y int64) int64
-- add_amd64.s --
TEXT ·add<ABIInternal>(SB), NOSPLIT, $0-24
	MOVQ x+0(FP), AX
	ADDQ y+8(FP), AX
	MOVQ AX, ret+16(FP)
	RET
`,
  good: `
-- add_amd64.go --
package p

func add(x, y int64) int64
-- add_amd64.s --
TEXT ·add(SB), NOSPLIT, $0-24
	MOVQ x+0(FP), AX
	ADDQ y+8(FP), AX
	MOVQ AX, ret+16(FP)
	RET
`,
  run: findSelectors,
};

/** With a name in the angle brackets. */
const selector = /<[ \t]*[A-Za-z_]\w*[ \t]*>/;
/** The same where it may be wrong even in the runtime. */
const suspicious =
  /<[ \t]*(?!ABI0[ \t]*>|ABIInternal[ \t]*>)[A-Za-z_]\w*[ \t]*>|TEXT[^\n]{0,200}ABIInternal(?![^\n]{0,200}NOSPLIT)/;

const outside = codeFindings(abiSelector, {
  concerns: (text) => selector.test(text),
  *check({ code, targets }) {
    for (const { ref, span } of selectors(code.file.statements, code.text)) {
      const message = `ABI selector only permitted when compiling runtime, reference was to ${shownName(ref)}`;
      yield { span, message, targets };
    }
  },
});

const inside = codeFindings(abiSelector, {
  concerns: (text) => suspicious.test(text),
  *check({ code, targets }): Generator<CodeFinding> {
    for (const { ref, span, statement } of selectors(code.file.statements, code.text)) {
      if (ref.abi !== "ABI0" && ref.abi !== "ABIInternal") {
        const message = `malformed ABI selector ${ref.abi} in reference to ${shownName(ref)}`;
        yield { span, message, targets };
      } else if (statement.kind === "text" && ref.abi === "ABIInternal") {
        const message = `TEXT ${shownName(ref)}: ABIInternal requires NOSPLIT`;
        if (hasFlag(statement, "NOSPLIT") === false) yield { span, message, targets };
      }
    }
  },
});

function findSelectors(
  snapshot: Snapshot,
  pkg: Package,
  file: SourceFile,
  profile: AsmProfile,
): readonly Finding[] {
  const check = mayUse(snapshot.world, pkg) ? inside : outside;
  return check(snapshot, pkg, file, profile);
}

function mayUse({ trees, context }: World, { directory, path }: Package): boolean {
  const tree = treeOf(trees, directory);
  // What lies in no tree may be a part of the standard library that was opened alone.
  if (!tree || tree.kind === "plain") return true;
  return tree.kind === "goroot" && mayNameAbi(path, context.release);
}

interface Selector {
  readonly ref: SymbolRef;
  readonly statement: Statement;
  /** Of the selector with its angle brackets. */
  readonly span: { readonly start: number; readonly end: number };
}

function* selectors(statements: readonly Statement[], text: string): Generator<Selector> {
  for (const statement of statements) {
    for (const ref of symbolRefs(statement)) {
      if (ref.abi === undefined || ref.abi === "") continue;
      const start = text.indexOf("<", ref.nameSpan.end);
      const end = text.indexOf(">", start) + 1;
      yield { ref, statement, span: { start, end } };
    }
  }
}

function shownName({ name }: SymbolRef): string {
  return name.replace(/^·/, "");
}
