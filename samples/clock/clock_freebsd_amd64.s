#include "textflag.h"

#define SYS_clock_gettime	232
#define SYS_nanosleep		240
#define CLOCK_MONOTONIC		4

// func now() (sec int64, nsec int32)
TEXT ·now(SB), NOSPLIT, $16-12
	MOVL	$CLOCK_MONOTONIC, DI
	LEAQ	0(SP), SI
	MOVL	$SYS_clock_gettime, AX
	SYSCALL
	MOVQ	0(SP), AX
	MOVQ	8(SP), DX
	MOVQ	AX, sec+0(FP)
	MOVL	DX, nsec+8(FP)
	RET

// func pause(nsec uint32)
//
// MISTAKE: the frame had 48 bytes before the request moved to its bottom. The
// kernel still puts the time that is left at 32(SP): into the caller's frame.
TEXT ·pause(SB), NOSPLIT, $16-4
	MOVL	nsec+0(FP), AX
	MOVQ	$0, 0(SP)
	MOVQ	AX, 8(SP)
	LEAQ	0(SP), DI
	LEAQ	32(SP), SI
	MOVL	$SYS_nanosleep, AX
	SYSCALL
	RET
