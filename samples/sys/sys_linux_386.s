// System calls on linux/386: the number in AX, arguments in BX CX DX SI DI BP,
// the result in AX, an error as a result between -4095 and -1.

#include "go_asm.h"
#include "textflag.h"

#define SYS_write	4
#define SYS_getpid	20
#define SYS_munmap	91
#define SYS_mmap2	192
#define SYS_futex	240
#define SYS_exit_group	252

// func exit(code int32)
TEXT ·exit(SB), NOSPLIT, $0-4
	MOVL	code+0(FP), BX
	MOVL	$SYS_exit_group, AX
	INT	$0x80
	INT	$3	// not reached

// func getpid() (pid int32)
TEXT ·getpid(SB), NOSPLIT, $0-4
	MOVL	$SYS_getpid, AX
	INT	$0x80
	MOVL	AX, pid+0(FP)
	RET

// func write(fd int32, buf unsafe.Pointer, count uintptr) (n int)
TEXT ·write(SB), NOSPLIT, $0-16
	MOVL	fd+0(FP), BX
	MOVL	buf+4(FP), CX
	MOVL	count+8(FP), DX
	MOVL	$SYS_write, AX
	INT	$0x80
	MOVL	AX, n+12(FP)
	RET

// func mmap(addr, length uintptr, prot, flags, fd int32, offset int64) (base uintptr, errno Errno)
//
// mmap2 counts the offset in pages of 4096 bytes.
//
// MISTAKE: 56 is the size of the arguments where a pointer has 8 bytes. Here
// they end at 36.
TEXT ·mmap(SB), NOSPLIT, $0-56
	MOVL	addr+0(FP), BX
	MOVL	length+4(FP), CX
	MOVL	offset_lo+20(FP), BP
	MOVL	offset_hi+24(FP), DX
	SHRL	$12, DX, BP
	MOVL	prot+8(FP), DX
	MOVL	flags+12(FP), SI
	MOVL	fd+16(FP), DI
	MOVL	$SYS_mmap2, AX
	INT	$0x80
	CMPL	AX, $-4095
	JCC	failed
	MOVL	AX, base+28(FP)
	MOVL	$0, errno+32(FP)
	RET
failed:
	NEGL	AX
	MOVL	$0, base+28(FP)
	MOVL	AX, errno+32(FP)
	RET

// func munmap(base, length uintptr) Errno
TEXT ·munmap(SB), NOSPLIT, $0-12
	MOVL	base+0(FP), BX
	MOVL	length+4(FP), CX
	MOVL	$SYS_munmap, AX
	INT	$0x80
	NEGL	AX
	MOVL	AX, ret+8(FP)
	RET

// func wait(word *uint32, value uint32, limit *timespec) (errno Errno)
TEXT ·wait(SB), NOSPLIT, $0-16
	MOVL	word+0(FP), BX
	MOVL	$const_futexWait, CX
	MOVL	value+4(FP), DX
	MOVL	limit+8(FP), SI
	MOVL	$SYS_futex, AX
	INT	$0x80
	NEGL	AX
	MOVL	AX, errno+12(FP)
	RET

// func wake(word *uint32, count int32) (woken int32)
TEXT ·wake(SB), NOSPLIT, $0-12
	MOVL	word+0(FP), BX
	MOVL	$const_futexWake, CX
	MOVL	count+4(FP), DX
	MOVL	$SYS_futex, AX
	INT	$0x80
	MOVL	AX, woken+8(FP)
	RET
