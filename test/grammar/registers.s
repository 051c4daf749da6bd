// SYNTAX TEST "source.go-asm" "Registers of every architecture."

    X SB, FP, SP, PC
//    ^^ variable.language.pseudo-register.go-asm
//        ^^ variable.language.pseudo-register.go-asm
//            ^^ variable.language.pseudo-register.go-asm
//                ^^ variable.language.pseudo-register.go-asm
// 386, amd64
    X AX, AH, BL, SIB, R8B, R15, X31, Y16, Z0, K7, M0, F7, GS, CR4, DR7, TLS, GDTR
//    ^^ variable.language.register.go-asm
//        ^^ variable.language.register.go-asm
//            ^^ variable.language.register.go-asm
//                ^^^ variable.language.register.go-asm
//                     ^^^ variable.language.register.go-asm
//                          ^^^ variable.language.register.go-asm
//                               ^^^ variable.language.register.go-asm
//                                    ^^^ variable.language.register.go-asm
//                                         ^^ variable.language.register.go-asm
//                                             ^^ variable.language.register.go-asm
//                                                 ^^ variable.language.register.go-asm
//                                                     ^^ variable.language.register.go-asm
//                                                         ^^ variable.language.register.go-asm
//                                                             ^^^ variable.language.register.go-asm
//                                                                  ^^^ variable.language.register.go-asm
//                                                                       ^^^ variable.language.register.go-asm
//                                                                            ^^^^ variable.language.register.go-asm
// arm
    X R11, F15, C7, CPSR, SPSR, FPCR
//    ^^^ variable.language.register.go-asm
//         ^^^ variable.language.register.go-asm
//              ^^ variable.language.register.go-asm
//                  ^^^^ variable.language.register.go-asm
//                        ^^^^ variable.language.register.go-asm
//                              ^^^^ variable.language.register.go-asm
// arm64
    X R30, LR, RSP, ZR, V1.B16, V3.D[1], R2.UXTW<<2, R18_PLATFORM, TPIDR_EL0, NZCV, PN3, Z1.S
//    ^^^ variable.language.register.go-asm
//         ^^ variable.language.register.go-asm
//             ^^^ variable.language.register.go-asm
//                  ^^ variable.language.register.go-asm
//                      ^^ variable.language.register.go-asm - storage.modifier.suffix.go-asm
//                        ^^^^ variable.language.register.go-asm storage.modifier.suffix.go-asm
//                                ^^ variable.language.register.go-asm storage.modifier.suffix.go-asm
//                                   ^ constant.numeric.decimal.go-asm
//                                         ^^^^^ storage.modifier.suffix.go-asm
//                                              ^^ keyword.operator.shift.go-asm
//                                                   ^^^^^^^^^^^^ variable.language.register.go-asm
//                                                                 ^^^^^^^^^ variable.language.register.go-asm
//                                                                            ^^^^ variable.language.register.go-asm
//                                                                                  ^^^ variable.language.register.go-asm
//                                                                                       ^^ variable.language.register.go-asm
// loong64
    X R4, F31, V2, X9, FCSR0, FCC7
//    ^^ variable.language.register.go-asm
//        ^^^ variable.language.register.go-asm
//             ^^ variable.language.register.go-asm
//                 ^^ variable.language.register.go-asm
//                     ^^^^^ variable.language.register.go-asm
//                            ^^^^ variable.language.register.go-asm
// mips, mipsle, mips64, mips64le
    X R31, HI, LO, FCR31, M12, W5, RSB
//    ^^^ variable.language.register.go-asm
//         ^^ variable.language.register.go-asm
//             ^^ variable.language.register.go-asm
//                 ^^^^^ variable.language.register.go-asm
//                        ^^^ variable.language.register.go-asm
//                             ^^ variable.language.register.go-asm
//                                 ^^^ variable.language.register.go-asm
// ppc64, ppc64le
    X R31, VS63, CR7, CR0LT, CR, XER, CTR, FPSCR, MSR, SPR(268), A3
//    ^^^ variable.language.register.go-asm
//         ^^^^ variable.language.register.go-asm
//               ^^^ variable.language.register.go-asm
//                    ^^^^^ variable.language.register.go-asm
//                           ^^ variable.language.register.go-asm
//                               ^^^ variable.language.register.go-asm
//                                    ^^^ variable.language.register.go-asm
//                                         ^^^^^ variable.language.register.go-asm
//                                                ^^^ variable.language.register.go-asm
//                                                     ^^^ variable.language.register.go-asm
//                                                         ^^^ constant.numeric.decimal.go-asm
//                                                               ^^ variable.language.register.go-asm
// riscv64
    X X31, ZERO, RA, GP, TP, T6, S11, A7, FT11, FS2, FA0, CTXT, TMP, VTYPE, VL, g
//    ^^^ variable.language.register.go-asm
//         ^^^^ variable.language.register.go-asm
//               ^^ variable.language.register.go-asm
//                   ^^ variable.language.register.go-asm
//                       ^^ variable.language.register.go-asm
//                           ^^ variable.language.register.go-asm
//                               ^^^ variable.language.register.go-asm
//                                    ^^ variable.language.register.go-asm
//                                        ^^^^ variable.language.register.go-asm
//                                              ^^^ variable.language.register.go-asm
//                                                   ^^^ variable.language.register.go-asm
//                                                        ^^^^ variable.language.register.go-asm
//                                                              ^^^ variable.language.register.go-asm
//                                                                   ^^^^^ variable.language.register.go-asm
//                                                                          ^^ variable.language.register.go-asm
//                                                                              ^ variable.language.register.go-asm
// s390x
    X R15, F15, V31, AR1
//    ^^^ variable.language.register.go-asm
//         ^^^ variable.language.register.go-asm
//              ^^^ variable.language.register.go-asm
//                   ^^^ variable.language.register.go-asm
// wasm
    X RET0, PAUSE, PC_B
//    ^^^^ variable.language.register.go-asm
//          ^^^^^ variable.language.register.go-asm
//                 ^^^^ variable.language.pseudo-register.go-asm

// Not registers.
    X AXE, R1234, g0, SYS_LR, Lo
//    ^^^ - variable.language.register.go-asm
//         ^^^^^ - variable.language.register.go-asm
//                ^^ - variable.language.register.go-asm
//                    ^^^^^^ - variable.language.register.go-asm
//                            ^^ - variable.language.register.go-asm
