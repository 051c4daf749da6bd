/** Assembly for tests that try any text: a sample with every shape of statement and operand, of several architectures. */
export const sampleAsm = `// Copyright of nobody.

#include "go_asm.h"
#include "textflag.h"

#define SYS_exit 60
#define get_tls(r) MOVQ TLS, r
#define SAVE(from, to) \\
	MOVQ	from, to; \\
	ADDQ	$8, to
#ifdef GOOS_linux
#undef SAVE
#else
#endif

// func exit(code int32)
TEXT runtime·exit(SB),NOSPLIT|NOFRAME,$0-4
	MOVL	code+0(FP), DI
	MOVL	$SYS_exit, AX
	SYSCALL
	JMP	-1(PC)
	INT	$3	// not reached

TEXT ·open<ABIInternal>(SB), DUPOK, $16-24
	NO_LOCAL_POINTERS
	MOVQ	name-8(SP), AX
	MOVQ	8(SP), BX
	LEAQ	(AX)(BX*8), CX
	MOVQ	$table<>+8(SB), DX
	MOVQ	g_m(CX), R14
	MOVQ	m_g0+16(R14), R14
	CALL	*AX
	CMPQ	AX, $0xfffffffffffff001; JLS ok
	MOVQ	$-1, ret+16(FP)
	RET
ok:	MOVQ	AX, ret+16(FP)
	get_tls(CX)
	REP; MOVSQ
	PCALIGN	$16
	RET

TEXT arm·all(SB), $-8
	MOVD.P	16(RSP), R0
	STP	(R0, R1), 16(RSP)
	VLD1	(R1), [V0.B16, V1.B16]
	VMOV	V0.S[2], R3
	ADD	R1<<2, R2, R3->4
	MOVW	$(2*8+1), R5
	MRS	TPIDR_EL0, R0
	BLT	ok
	MOVM.IA.W	[R0-R3,R5], (R13)
	MOVW	SPR(8), R3
	MUL	AX:DX, BX

DATA	table<>+0(SB)/8, $"text\\n\\z"
DATA	table<>+8(SB)/8, $·exit(SB)
GLOBL	table<>(SB), RODATA|NOPTR, $16
`;
