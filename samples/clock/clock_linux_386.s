#include "textflag.h"

#define SYS_nanosleep		162
#define SYS_clock_gettime	265
#define CLOCK_MONOTONIC		1

// func now() (sec int64, nsec int32)
TEXT ·now(SB), NOSPLIT, $8-12
	MOVL	$CLOCK_MONOTONIC, BX
	LEAL	0(SP), CX
	MOVL	$SYS_clock_gettime, AX
	INT	$0x80
	MOVL	0(SP), AX
	MOVL	4(SP), DX
	MOVL	AX, sec_lo+0(FP)
	MOVL	$0, sec_hi+4(FP)
	MOVL	DX, nsec+8(FP)
	RET

// func pause(nsec uint32)
TEXT ·pause(SB), NOSPLIT, $8-4
	MOVL	nsec+0(FP), AX
	MOVL	$0, 0(SP)
	MOVL	AX, 4(SP)
	LEAL	0(SP), BX
	MOVL	$0, CX
	MOVL	$SYS_nanosleep, AX
	INT	$0x80
	RET
