// SYNTAX TEST "source.go-asm" "Comments and build lines."

// A line comment
// <-- comment.line.double-slash.go-asm punctuation.definition.comment.go-asm
    RET // after code
//      ^^^^^^^^^^^^^ comment.line.double-slash.go-asm
/* one */ RET /* two */
// <-- comment.block.go-asm
//        ^^^ keyword.control.flow.go-asm - comment
//            ^^^^^^^^^ comment.block.go-asm
    MOVQ AX, /* it does
//           ^^ comment.block.go-asm
   not end the statement */ BX
//                       ^^ comment.block.go-asm
//                          ^^ variable.language.register.go-asm
    MOVQ $"// no comment", AX
//        ^^^^^^^^^^^^^^^ string.quoted.double.go-asm - comment

//go:build linux && (amd64 || !go1.22)
//<~~-------- keyword.control.directive.build.go-asm
//         ^^^^^ constant.language.build-tag.go-asm
//               ^^ keyword.operator.logical.go-asm
//                   ^^^^^ constant.language.build-tag.go-asm
//                         ^^ keyword.operator.logical.go-asm
//                            ^ keyword.operator.logical.go-asm
//                             ^^^^^^ constant.language.build-tag.go-asm
// +build darwin,!cgo
// ^^^^^^ keyword.control.directive.build.go-asm
//        ^^^^^^ constant.language.build-tag.go-asm
//              ^ keyword.operator.logical.go-asm
//               ^ keyword.operator.logical.go-asm
//                ^^^ constant.language.build-tag.go-asm
//go:builder is none
//<~~-------- comment.line.double-slash.go-asm - keyword.control.directive.build.go-asm
