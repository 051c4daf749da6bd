// SYNTAX TEST "source.go-asm" "Includes, conditions and macros over several lines."

#include "textflag.h"
// <- punctuation.definition.directive.go-asm
//<~------ keyword.control.directive.preprocessor.go-asm
//       ^^^^^^^^^^^^ string.quoted.double.go-asm
#ifdef GOOS_linux // only there
//<~----- keyword.control.directive.preprocessor.go-asm
//     ^^^^^^^^^^ entity.name.function.preprocessor.go-asm
//                ^^^^^^^^^^^^^ comment.line.double-slash.go-asm
#  else
// ^^^^ keyword.control.directive.preprocessor.go-asm
#endif
//<~----- keyword.control.directive.preprocessor.go-asm
  #undef X
//^ punctuation.definition.directive.go-asm
// ^^^^^ keyword.control.directive.preprocessor.go-asm
//       ^ entity.name.function.preprocessor.go-asm

#define SIZE (8*4)
//<~------ keyword.control.directive.define.go-asm
//      ^^^^ entity.name.function.preprocessor.go-asm
//           ^ punctuation.section.group.go-asm
//            ^ constant.numeric.decimal.go-asm
#define TMPREG R27
//      ^^^^^^ entity.name.function.preprocessor.go-asm
//             ^^^ variable.language.register.go-asm
#define g_tls(r) 0(r)(TLS*1)
//      ^^^^^ entity.name.function.preprocessor.go-asm
//           ^ punctuation.definition.parameters.begin.go-asm
//            ^ variable.parameter.preprocessor.go-asm
//               ^ constant.numeric.decimal.go-asm
//                 ^ variable.other.constant.go-asm
#define CALLFN(NAME, MAX) \
//      ^^^^^^ entity.name.function.preprocessor.go-asm
//             ^^^^ variable.parameter.preprocessor.go-asm
//                   ^^^ variable.parameter.preprocessor.go-asm
//                        ^ constant.character.escape.line-continuation.go-asm
TEXT NAME(SB), WRAPPER, $MAX-24; \ // a comment behind the backslash
// <---- meta.macro.go-asm meta.function.go-asm keyword.control.directive.text.go-asm
//   ^^^^ entity.name.function.go-asm
//             ^^^^^^^ storage.modifier.flag.go-asm
//                             ^ punctuation.terminator.statement.go-asm
//                               ^ constant.character.escape.line-continuation.go-asm
//                                 ^^^^^^^^ comment.line.double-slash.go-asm
loop: MOVQ x+0(FP), AX; /* a block */ \
// <---- meta.macro.go-asm entity.name.label.go-asm
//    ^^^^ meta.macro.go-asm support.function.mnemonic.go-asm
//         ^ variable.parameter.go-asm
//                      ^^^^^^^^^^^^^ comment.block.go-asm
#ifdef GOOS_aix \
//<~----- meta.macro.go-asm keyword.control.directive.preprocessor.go-asm
//              ^ constant.character.escape.line-continuation.go-asm
#endif \
//<~----- meta.macro.go-asm keyword.control.directive.preprocessor.go-asm
    RET
//  ^^^ meta.macro.go-asm keyword.control.flow.go-asm
    RET
//  ^^^ keyword.control.flow.go-asm - meta.macro.go-asm

// A line comment swallows the backslash, and the body ends.
#define ONE MOVQ $1, AX // one \
    RET
//  ^^^ keyword.control.flow.go-asm - meta.macro.go-asm
