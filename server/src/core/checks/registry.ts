/**
 * Every check that rt0 makes, in the order of docs/checks.md. Nothing else lists checks: the command line, the editor's
 * settings, the documents and the order of work are made from this list.
 */
import { abiSelector } from "./abi/abiSelector.ts";
import { argumentWidth } from "./asmdecl/argumentWidth.ts";
import { asmdecl } from "./asmdecl/asmdecl.ts";
import { asmdeclExpanded } from "./asmdecl/asmdeclExpanded.ts";
import { asmdeclMisread } from "./asmdecl/asmdeclMisread.ts";
import { blockedReference } from "./abi/blockedReference.ts";
import { buildtag } from "./buildtag/buildtag.ts";
import { directive } from "./buildtag/directive.ts";
import { duplicateText } from "./pairing/duplicateText.ts";
import { endlessMacro } from "./expansion/endlessMacro.ts";
import { foreignAssembly } from "./instructions/foreignAssembly.ts";
import { framePointerFlow } from "./framepointer/framePointerFlow.ts";
import { frameSize } from "./abi/frameSize.ts";
import { framepointer } from "./framepointer/framepointer.ts";
import { goAsmName } from "./goAsm/goAsmName.ts";
import { goAsmWidth } from "./goAsm/goAsmWidth.ts";
import { ignore } from "./ignore.ts";
import { instructionSince } from "./instructions/instructionSince.ts";
import { instructionUnknown } from "./instructions/instructionUnknown.ts";
import { lateBuildLine } from "./buildtag/lateBuildLine.ts";
import { layoutDiffers } from "./layoutDiffers.ts";
import { libcArguments } from "./libc/libcArguments.ts";
import { libcImport } from "./libc/libcImport.ts";
import { libcTrampoline } from "./libc/libcTrampoline.ts";
import { libcUnused } from "./libc/libcUnused.ts";
import { missingText } from "./pairing/missingText.ts";
import { neverBuilt } from "./buildtag/neverBuilt.ts";
import { noframeCall } from "./abi/noframeCall.ts";
import { orphanText } from "./pairing/orphanText.ts";
import { resultUnwritten } from "./asmdecl/resultUnwritten.ts";
import { stackMap } from "./abi/stackMap.ts";
import { syscallArguments } from "./traps/syscallArguments.ts";
import { syscallComment } from "./traps/syscallComment.ts";
import { syscallError } from "./traps/syscallError.ts";
import { syscallNumber } from "./traps/syscallNumber.ts";
import { tagCombination } from "./pairing/tagCombination.ts";
import { trapForm } from "./traps/trapForm.ts";
import { unknownTag } from "./buildtag/unknownTag.ts";
import { vdsoHash } from "./vdso/vdsoHash.ts";
import { whitelistEntry } from "./whitelistEntry.ts";

export const checks = [
  asmdecl,
  asmdeclExpanded,
  asmdeclMisread,
  argumentWidth,
  resultUnwritten,
  goAsmName,
  goAsmWidth,
  libcImport,
  libcArguments,
  libcUnused,
  libcTrampoline,
  missingText,
  orphanText,
  duplicateText,
  vdsoHash,
  layoutDiffers,
  buildtag,
  directive,
  lateBuildLine,
  neverBuilt,
  unknownTag,
  tagCombination,
  ignore,
  endlessMacro,
  framepointer,
  framePointerFlow,
  abiSelector,
  frameSize,
  noframeCall,
  blockedReference,
  stackMap,
  whitelistEntry,
  syscallNumber,
  syscallComment,
  trapForm,
  syscallArguments,
  syscallError,
  foreignAssembly,
  instructionUnknown,
  instructionSince,
] as const;

export type CheckCode = (typeof checks)[number]["code"];
