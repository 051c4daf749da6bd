// SYNTAX TEST "source.go-asm" "Directives, flags, symbols and frame sizes."

TEXT runtime·rt0_go<ABIInternal>(SB),NOSPLIT|NOFRAME|TOPFRAME,$0-16
// <---- keyword.control.directive.text.go-asm
//   ^^^^^^^^^^^^^^ entity.name.function.go-asm
//                 ^^^^^^^^^^^^^ storage.modifier.abi.go-asm
//                               ^^ variable.language.pseudo-register.go-asm
//                                  ^ punctuation.separator.comma.go-asm
//                                   ^^^^^^^ storage.modifier.flag.go-asm
//                                          ^ keyword.operator.arithmetic.go-asm
//                                           ^^^^^^^ storage.modifier.flag.go-asm
//                                                   ^^^^^^^^ storage.modifier.flag.go-asm
//                                                            ^ keyword.operator.immediate.go-asm
//                                                             ^ constant.numeric.decimal.go-asm
//                                                              ^ keyword.operator.arithmetic.go-asm
//                                                               ^^ constant.numeric.decimal.go-asm

TEXT ·local<>(SB), DUPOK|WRAPPER|NEEDCTXT|ABIWRAPPER|REFLECTMETHOD|NOPROF, $-8
//   ^^^^^^ entity.name.function.go-asm
//         ^^ storage.modifier.static.go-asm
//                 ^^^^^ storage.modifier.flag.go-asm
//                       ^^^^^^^ storage.modifier.flag.go-asm
//                               ^^^^^^^^ storage.modifier.flag.go-asm
//                                        ^^^^^^^^^^ storage.modifier.flag.go-asm
//                                                   ^^^^^^^^^^^^^ storage.modifier.flag.go-asm
//                                                                 ^^^^^^ storage.modifier.flag.go-asm

TEXT internal∕runtime∕atomic·Load<ABI0>(SB), 7, $0
//   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ entity.name.function.go-asm
//                               ^^^^^^ storage.modifier.abi.go-asm
//                                           ^ constant.numeric.decimal.go-asm

DATA ·table<>+0x08(SB)/8, $0xff
// <---- keyword.control.directive.data.go-asm
//   ^^^^^^ variable.other.global.go-asm
//         ^^ storage.modifier.static.go-asm
//           ^ keyword.operator.arithmetic.go-asm
//            ^^^^ constant.numeric.hex.go-asm
//                ^ punctuation.section.group.go-asm
//                    ^ keyword.operator.arithmetic.go-asm
//                     ^ constant.numeric.decimal.go-asm
//                         ^^^^ constant.numeric.hex.go-asm

GLOBL ·table<>(SB), RODATA|NOPTR|TLSBSS, $16
// <----- keyword.control.directive.data.go-asm
//    ^^^^^^ variable.other.global.go-asm
//                  ^^^^^^ storage.modifier.flag.go-asm
//                         ^^^^^ storage.modifier.flag.go-asm
//                               ^^^^^^ storage.modifier.flag.go-asm

    PCDATA $0, $-1
//  ^^^^^^ keyword.control.directive.data.go-asm
    FUNCDATA $3, no_pointers_stackmap(SB)
//  ^^^^^^^^ keyword.control.directive.data.go-asm
//               ^^^^^^^^^^^^^^^^^^^^ variable.other.global.go-asm
    PCALIGN $16
//  ^^^^^^^ keyword.control.directive.data.go-asm
    PCALIGNMAX $32, $8
//  ^^^^^^^^^^ keyword.control.directive.data.go-asm

// A word that only begins like a directive is none.
    TEXTURE R1
//  ^^^^^^^ support.function.mnemonic.go-asm
    MOVQ TEXT, AX
//       ^^^^ variable.other.constant.go-asm
