// Where a program that links nothing else begins. The kernel enters here with
// argc at 0(SP) and argv from 8(SP) on; there is no caller to return to.

#include "textflag.h"

TEXT oslayer_rt0(SB), NOSPLIT|NOFRAME, $0
	MOVQ	0(SP), DI	// argc
	LEAQ	8(SP), SI	// argv
	ANDQ	$~15, SP
	MOVL	DI, 0(SP)
	CALL	·exit(SB)
	INT	$3
