// System calls on freebsd/amd64: the number in AX, arguments in DI SI DX R10 R8 R9,
// the result in AX. The carry flag says that AX holds an errno instead.

#include "textflag.h"

#define SYS_exit	1
#define SYS_write	4
#define SYS_getpid	20
#define SYS_munmap	73
#define SYS_umtx_op	454
#define SYS_mmap	477

// func exit(code int32)
TEXT ·exit(SB), NOSPLIT, $0-4
	MOVL	code+0(FP), DI
	MOVL	$SYS_exit, AX
	SYSCALL
	INT	$3	// not reached

// func getpid() (pid int32)
TEXT ·getpid(SB), NOSPLIT, $0-4
	MOVL	$SYS_getpid, AX
	SYSCALL
	MOVL	AX, pid+0(FP)
	RET

// func write(fd int32, buf unsafe.Pointer, count uintptr) (n int, errno Errno)
TEXT ·write(SB), NOSPLIT, $0-40
	MOVL	fd+0(FP), DI
	MOVQ	buf+8(FP), SI
	MOVQ	count+16(FP), DX
	MOVL	$SYS_write, AX
	SYSCALL
	JCS	failed
	MOVQ	AX, n+24(FP)
	MOVQ	$0, errno+32(FP)
	RET
failed:
	MOVQ	$0, n+24(FP)
	MOVQ	AX, errno+32(FP)
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
	JCS	failed
	MOVQ	AX, base+40(FP)
	MOVQ	$0, errno+48(FP)
	RET
failed:
	MOVQ	$0, base+40(FP)
	MOVQ	AX, errno+48(FP)
	RET

// func munmap(base, length uintptr) Errno
//
// MISTAKE: AX has the errno, and nobody stores it. The caller reads whatever its
// frame held there before.
TEXT ·munmap(SB), NOSPLIT, $0-24
	MOVQ	base+0(FP), DI
	MOVQ	length+8(FP), SI
	MOVL	$SYS_munmap, AX
	SYSCALL
	JCS	done
	MOVL	$0, AX
done:
	RET

// func umtx(word *uint32, op int32, value uintptr, size uintptr, limit *timespec) (errno Errno)
TEXT ·umtx(SB), NOSPLIT, $0-48
	MOVQ	word+0(FP), DI
	MOVL	op+8(FP), SI
	MOVQ	value+16(FP), DX
	MOVQ	size+24(FP), R10
	MOVQ	limit+32(FP), R8
	MOVL	$SYS_umtx_op, AX
	SYSCALL
	JCS	failed
	MOVL	$0, AX
failed:
	MOVQ	AX, errno+40(FP)
	RET
