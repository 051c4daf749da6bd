// SYNTAX TEST "source.go-asm" "Labels, mnemonics with suffixes, branches, macros and separators."

loop:
// <---- entity.name.label.go-asm
//  ^ punctuation.separator.label.go-asm
  again: MOVQ AX, BX; loop2: JMP again
//^^^^^ entity.name.label.go-asm
//     ^ punctuation.separator.label.go-asm
//       ^^^^ support.function.mnemonic.go-asm
//                  ^ punctuation.terminator.statement.go-asm
//                    ^^^^^ entity.name.label.go-asm
//                           ^^^ keyword.control.flow.go-asm
//                               ^^^^^ entity.name.label.go-asm

    MOVD.W R1, 8(R2)
//  ^^^^ support.function.mnemonic.go-asm
//      ^^ storage.modifier.suffix.go-asm
//         ^^ variable.language.register.go-asm
    MOVM.DB.W [R0-R3], (R13)
//      ^^^^^ storage.modifier.suffix.go-asm
//             ^^ variable.language.register.go-asm
//               ^ keyword.operator.arithmetic.go-asm
//                ^^ variable.language.register.go-asm
    MOVW.S.NE R1, R2
//      ^^^^^ storage.modifier.suffix.go-asm
    VADDPD.BCST.Z (AX), Z1, K2, Z3
//        ^^^^^^^ storage.modifier.suffix.go-asm
    ADD R1@>4, R2->8, R3<<2, R4>>1, R5
//        ^^ keyword.operator.shift.go-asm
//               ^^ keyword.operator.shift.go-asm
//                      ^^ keyword.operator.shift.go-asm
//                             ^^ keyword.operator.shift.go-asm
    B.EQ done
//  ^ keyword.control.flow.go-asm
//   ^^^ storage.modifier.suffix.go-asm
//       ^^^^ entity.name.label.go-asm
    BFX $4, R1, $8, R2
//  ^^^ support.function.mnemonic.go-asm
    BNE R1, R2, done // why
//  ^^^ keyword.control.flow.go-asm
//              ^^^^ entity.name.label.go-asm
    CALL runtime·exit(SB)
//       ^^^^^^^^^^^^ entity.name.function.go-asm
    BL libc_open<>(SB)
//     ^^^^^^^^^ entity.name.function.go-asm
//              ^^ storage.modifier.static.go-asm
    CALL (R12)
//        ^^^ variable.language.register.go-asm
    JMP -3(PC)
//      ^ keyword.operator.arithmetic.go-asm
//       ^ constant.numeric.decimal.go-asm
//         ^^ variable.language.pseudo-register.go-asm
    RET
//  ^^^ keyword.control.flow.go-asm

    get_tls(CX)
//  ^^^^^^^ entity.name.function.preprocessor.go-asm
//          ^^ variable.language.register.go-asm
    ROUND(R0, R1, 7)
//  ^^^^^ entity.name.function.preprocessor.go-asm
    NO_LOCAL_POINTERS
//  ^^^^^^^^^^^^^^^^^ entity.name.function.preprocessor.go-asm
    PUSHQ (AX)
//  ^^^^^ support.function.mnemonic.go-asm

    Get SP
//  ^^^ support.function.mnemonic.go-asm
//      ^^ variable.language.pseudo-register.go-asm
    I64Load8U ret+8(FP)
//  ^^^^^^^^^ support.function.mnemonic.go-asm
//            ^^^ variable.parameter.go-asm
    If
//  ^^ keyword.control.flow.go-asm
    BrIf $1
//  ^^^^ keyword.control.flow.go-asm
