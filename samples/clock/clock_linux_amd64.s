#include "textflag.h"

#define SYS_nanosleep		35
#define SYS_clock_gettime	228
#define CLOCK_MONOTONIC		1

// func now() (sec int64, nsec int32)
//
// MISTAKE: nsec has 4 bytes. The store also clears the 4 bytes above it, which
// belong to the caller.
TEXT ·now(SB), NOSPLIT, $16-12
	MOVL	$CLOCK_MONOTONIC, DI
	LEAQ	0(SP), SI
	MOVL	$SYS_clock_gettime, AX
	SYSCALL
	MOVQ	0(SP), AX
	MOVQ	8(SP), DX
	MOVQ	AX, sec+0(FP)
	MOVQ	DX, nsec+8(FP)
	RET

// func pause(nsec uint32)
TEXT ·pause(SB), NOSPLIT, $16-4
	MOVL	nsec+0(FP), AX
	MOVQ	$0, 0(SP)
	MOVQ	AX, 8(SP)
	LEAQ	0(SP), DI
	MOVL	$0, SI
	MOVL	$SYS_nanosleep, AX
	SYSCALL
	RET
