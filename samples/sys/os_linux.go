//go:build 386 || amd64 || arm64

package sys

import "unsafe"

// exit ends every thread of the process.
func exit(code int32)

// getpid returns the number of the process.
func getpid() (pid int32)

// write returns the number of bytes written, or a negated errno.
//
//go:noescape
func write(fd int32, buf unsafe.Pointer, count uintptr) (n int)

// mmap maps length bytes. The offset is in bytes on every target; the kernel of
// a 32-bit target wants pages.
func mmap(addr, length uintptr, prot, flags, fd int32, offset int64) (base uintptr, errno Errno)

// munmap gives memory back.
func munmap(base, length uintptr) Errno

// wait sleeps while *word is value, for at most the given time; nil means forever.
//
//go:noescape
func wait(word *uint32, value uint32, limit *timespec) (errno Errno)

// wake wakes up to count threads that wait for word.
//
//go:noescape
func wake(word *uint32, count int32) (woken int32)

// Write writes b to a file descriptor.
func Write(fd int, b []byte) (int, Errno) {
	if len(b) == 0 {
		return 0, 0
	}
	n := write(int32(fd), unsafe.Pointer(&b[0]), uintptr(len(b)))
	if n < 0 {
		return 0, Errno(-n)
	}
	return n, 0
}

// Getpid returns the number of the process.
func Getpid() int { return int(getpid()) }

// Exit ends the process.
func Exit(code int) { exit(int32(code)) }

// Reserve maps length bytes of zeroed memory.
func Reserve(length uintptr) (uintptr, Errno) {
	return mmap(0, length, protRead|protWrite, mapPrivate|mapAnon, -1, 0)
}

// Release undoes Reserve.
func Release(base, length uintptr) Errno { return munmap(base, length) }
