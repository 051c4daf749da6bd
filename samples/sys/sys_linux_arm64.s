// System calls on linux/arm64: the number in R8, arguments from R0 on, the result
// in R0, an error as a result between -4095 and -1.

#include "go_asm.h"
#include "textflag.h"

#define SYS_write	64
#define SYS_exit_group	94
#define SYS_futex	98
#define SYS_getpid	172
#define SYS_munmap	215
#define SYS_mmap	222

// func exit(code int32)
TEXT ·exit(SB), NOSPLIT|NOFRAME, $0-4
	MOVW	code+0(FP), R0
	MOVD	$SYS_exit_group, R8
	SVC
	BRK	// not reached

// func getpid() (pid int32)
TEXT ·getpid(SB), NOSPLIT, $0-4
	MOVD	$SYS_getpid, R8
	SVC
	MOVW	R0, pid+0(FP)
	RET

// func write(fd int32, buf unsafe.Pointer, count uintptr) (n int)
//
// MISTAKE: count was counted right after a 4-byte fd; but buf is aligned to 8
// bytes, so count lies at 16.
TEXT ·write(SB), NOSPLIT, $0-32
	MOVW	fd+0(FP), R0
	MOVD	buf+8(FP), R1
	MOVD	count+12(FP), R2
	MOVD	$SYS_write, R8
	SVC
	MOVD	R0, n+24(FP)
	RET

// func mmap(addr, length uintptr, prot, flags, fd int32, offset int64) (base uintptr, errno Errno)
TEXT ·mmap(SB), NOSPLIT, $0-56
	MOVD	addr+0(FP), R0
	MOVD	length+8(FP), R1
	MOVW	prot+16(FP), R2
	MOVW	flags+20(FP), R3
	MOVW	fd+24(FP), R4
	MOVD	offset+32(FP), R5
	MOVD	$SYS_mmap, R8
	SVC
	CMN	$4095, R0
	BCS	failed
	MOVD	R0, base+40(FP)
	MOVD	ZR, errno+48(FP)
	RET
failed:
	NEG	R0, R0
	MOVD	ZR, base+40(FP)
	MOVD	R0, errno+48(FP)
	RET

// func munmap(base, length uintptr) Errno
TEXT ·munmap(SB), NOSPLIT, $0-24
	MOVD	base+0(FP), R0
	MOVD	length+8(FP), R1
	MOVD	$SYS_munmap, R8
	SVC
	NEG	R0, R0
	MOVD	R0, ret+16(FP)
	RET

// func wait(word *uint32, value uint32, limit *timespec) (errno Errno)
TEXT ·wait(SB), NOSPLIT, $0-32
	MOVD	word+0(FP), R0
	MOVD	$const_futexWait, R1
	MOVWU	value+8(FP), R2
	MOVD	limit+16(FP), R3
	MOVD	$SYS_futex, R8
	SVC
	NEG	R0, R0
	MOVD	R0, errno+24(FP)
	RET

// func wake(word *uint32, count int32) (woken int32)
TEXT ·wake(SB), NOSPLIT, $0-20
	MOVD	word+0(FP), R0
	MOVD	$const_futexWake, R1
	MOVW	count+8(FP), R2
	MOVD	$SYS_futex, R8
	SVC
	MOVW	R0, woken+16(FP)
	RET
