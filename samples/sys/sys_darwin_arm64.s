// Trampolines into libSystem, and their addresses for Go.

#include "textflag.h"

TEXT ·exit_trampoline(SB), NOSPLIT, $0-0
	JMP	libc_exit(SB)

GLOBL ·exit_address(SB), RODATA, $8
DATA ·exit_address(SB)/8, $·exit_trampoline(SB)

TEXT ·getpid_trampoline(SB), NOSPLIT, $0-0
	JMP	libc_getpid(SB)

GLOBL ·getpid_address(SB), RODATA, $8
DATA ·getpid_address(SB)/8, $·getpid_trampoline(SB)

TEXT ·write_trampoline(SB), NOSPLIT, $0-0
	JMP	libc_write(SB)

GLOBL ·write_address(SB), RODATA, $8
DATA ·write_address(SB)/8, $·write_trampoline(SB)

TEXT ·mmap_trampoline(SB), NOSPLIT, $0-0
	JMP	libc_mmap(SB)

GLOBL ·mmap_address(SB), RODATA, $8
DATA ·mmap_address(SB)/8, $·mmap_trampoline(SB)

// MISTAKE: os_darwin.go declares no such function.
TEXT ·munmap_trampoline(SB), NOSPLIT, $0-0
	JMP	libc_munmap(SB)

GLOBL ·munmap_address(SB), RODATA, $8
DATA ·munmap_address(SB)/8, $·munmap_trampoline(SB)
