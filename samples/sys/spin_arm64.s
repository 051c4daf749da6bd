//go:build linux || darwin || freebsd

#include "textflag.h"

// func spin(rounds uint32)
//
// MISTAKE: the argument was called cycles once. It still is here, on every
// arm64 target that builds this file.
TEXT ·spin(SB), NOSPLIT, $0-4
	MOVWU	cycles+0(FP), R0
	CBZ	R0, done
again:
	YIELD
	SUBW	$1, R0
	CBNZ	R0, again
done:
	RET
