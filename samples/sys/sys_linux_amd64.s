// System calls on linux/amd64: the number in AX, arguments in DI SI DX R10 R8 R9,
// the result in AX, an error as a result between -4095 and -1.
// SYSCALL destroys CX and R11.

#include "go_asm.h"
#include "textflag.h"

#define SYS_write	1
#define SYS_mmap	9
#define SYS_munmap	11
#define SYS_getpid	39
#define SYS_futex	202
#define SYS_exit_group	231

// func exit(code int32)
TEXT ·exit(SB), NOSPLIT, $0-4
	MOVL	code+0(FP), DI
	MOVL	$SYS_exit_group, AX
	SYSCALL
	INT	$3	// not reached

// func getpid() (pid int32)
TEXT ·getpid(SB), NOSPLIT, $0-4
	MOVL	$SYS_getpid, AX
	SYSCALL
	MOVL	AX, pid+0(FP)
	RET

// func write(fd int32, buf unsafe.Pointer, count uintptr) (n int)
TEXT ·write(SB), NOSPLIT, $0-32
	MOVL	fd+0(FP), DI
	MOVQ	buf+8(FP), SI
	MOVQ	count+16(FP), DX
	MOVL	$SYS_write, AX
	SYSCALL
	MOVQ	AX, n+24(FP)
	RET

// func mmap(addr, length uintptr, prot, flags, fd int32, offset int64) (base uintptr, errno Errno)
TEXT ·mmap(SB), NOSPLIT, $0-56
	MOVQ	addr+0(FP), DI
	MOVQ	length+8(FP), SI
	MOVL	prot+16(FP), DX
	MOVL	flags+20(FP), R10
	MOVL	fd+24(FP), R8
	MOVQ	offset+32(FP), R9
	MOVL	$SYS_mmap, AX
	SYSCALL
	CMPQ	AX, $-4095
	JCC	failed
	MOVQ	AX, base+40(FP)
	MOVQ	$0, errno+48(FP)
	RET
failed:
	NEGQ	AX
	MOVQ	$0, base+40(FP)
	MOVQ	AX, errno+48(FP)
	RET

// func munmap(base, length uintptr) Errno
TEXT ·munmap(SB), NOSPLIT, $0-24
	MOVQ	base+0(FP), DI
	MOVQ	length+8(FP), SI
	MOVL	$SYS_munmap, AX
	SYSCALL
	NEGQ	AX
	MOVQ	AX, ret+16(FP)
	RET

// func wait(word *uint32, value uint32, limit *timespec) (errno Errno)
TEXT ·wait(SB), NOSPLIT, $0-32
	MOVQ	word+0(FP), DI
	MOVL	$const_futexWait, SI
	MOVL	value+8(FP), DX
	MOVQ	limit+16(FP), R10
	MOVL	$SYS_futex, AX
	SYSCALL
	NEGQ	AX
	MOVQ	AX, errno+24(FP)
	RET

// func wake(word *uint32, count int32) (woken int32)
TEXT ·wake(SB), NOSPLIT, $0-20
	MOVQ	word+0(FP), DI
	MOVL	$const_futexWake, SI
	MOVL	count+8(FP), DX
	MOVL	$SYS_futex, AX
	SYSCALL
	MOVL	AX, woken+16(FP)
	RET
