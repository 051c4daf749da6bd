#include "textflag.h"

#define SYS_nanosleep		101
#define SYS_clock_gettime	113
#define CLOCK_MONOTONIC		1

// func now() (sec int64, nsec int32)
TEXT ·now(SB), NOSPLIT, $16-12
	MOVD	$CLOCK_MONOTONIC, R0
	MOVD	$spec-16(SP), R1
	MOVD	$SYS_clock_gettime, R8
	SVC
	MOVD	spec_sec-16(SP), R0
	MOVD	spec_nsec-8(SP), R1
	MOVD	R0, sec+0(FP)
	MOVW	R1, nsec+8(FP)
	RET

// func pause(nsec uint32)
TEXT ·pause(SB), NOSPLIT, $16-4
	MOVWU	nsec+0(FP), R0
	MOVD	ZR, spec_sec-16(SP)
	MOVD	R0, spec_nsec-8(SP)
	MOVD	$spec-16(SP), R0
	MOVD	ZR, R1
	MOVD	$SYS_nanosleep, R8
	SVC
	RET
