//go:build amd64

package sys

import "unsafe"

// exit ends every thread of the process.
func exit(code int32)

// getpid returns the number of the process.
func getpid() (pid int32)

// write returns the number of bytes written, or what went wrong.
//
//go:noescape
func write(fd int32, buf unsafe.Pointer, count uintptr) (n int, errno Errno)

// mmap maps length bytes.
func mmap(addr, length uintptr, prot, flags, fd int32, offset int64) (base uintptr, errno Errno)

// munmap gives memory back.
func munmap(base, length uintptr) Errno

// umtx sleeps and wakes: FreeBSD does with one call what Linux does with futex.
//
//go:noescape
func umtx(word *uint32, op int32, value uintptr, size uintptr, limit *timespec) (errno Errno)

// Write writes b to a file descriptor.
func Write(fd int, b []byte) (int, Errno) {
	if len(b) == 0 {
		return 0, 0
	}
	return write(int32(fd), unsafe.Pointer(&b[0]), uintptr(len(b)))
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

func wait(word *uint32, value uint32, limit *timespec) Errno {
	return umtx(word, umtxWait, uintptr(value), unsafe.Sizeof(*limit), limit)
}

func wake(word *uint32, count int32) Errno {
	return umtx(word, umtxWake, uintptr(count), 0, nil)
}
