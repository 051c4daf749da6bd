//go:build arm64

package sys

import (
	_ "syscall" // has what call and call6 are linked to
	"unsafe"
)

// macOS promises nothing about system call numbers; programs go through libSystem.
// A trampoline is a jump to a C function. Its address goes to call, which
// switches to a stack that is large enough for C.

//go:cgo_import_dynamic libc_exit exit "/usr/lib/libSystem.B.dylib"
//go:cgo_import_dynamic libc_getpid getpid "/usr/lib/libSystem.B.dylib"
//go:cgo_import_dynamic libc_write write "/usr/lib/libSystem.B.dylib"
//go:cgo_import_dynamic libc_mmap mmap "/usr/lib/libSystem.B.dylib"
//go:cgo_import_dynamic libc_munmap munmap "/usr/lib/libSystem.B.dylib"

func exit_trampoline()
func getpid_trampoline()
func write_trampoline()
func mmap_trampoline()

// The trampolines' addresses, laid down in sys_darwin_arm64.s.
var exit_address, getpid_address, write_address, mmap_address, munmap_address uintptr

//go:linkname call syscall.syscall
func call(fn, a1, a2, a3 uintptr) (r1, r2 uintptr, errno Errno)

//go:linkname call6 syscall.syscall6
func call6(fn, a1, a2, a3, a4, a5, a6 uintptr) (r1, r2 uintptr, errno Errno)

// Write writes b to a file descriptor.
func Write(fd int, b []byte) (int, Errno) {
	if len(b) == 0 {
		return 0, 0
	}
	n, _, errno := call(write_address, uintptr(fd), uintptr(unsafe.Pointer(&b[0])), uintptr(len(b)))
	if errno != 0 {
		return 0, errno
	}
	return int(n), 0
}

// Getpid returns the number of the process.
func Getpid() int {
	pid, _, _ := call(getpid_address, 0, 0, 0)
	return int(int32(pid))
}

// Exit ends the process.
func Exit(code int) { call(exit_address, uintptr(code), 0, 0) }

// Reserve maps length bytes of zeroed memory.
func Reserve(length uintptr) (uintptr, Errno) {
	base, _, errno := call6(mmap_address, 0, length, protRead|protWrite, mapPrivate|mapAnon, ^uintptr(0), 0)
	if errno != 0 {
		return 0, errno
	}
	return base, 0
}

// Release undoes Reserve.
func Release(base, length uintptr) Errno {
	_, _, errno := call(munmap_address, base, length, 0)
	return errno
}
