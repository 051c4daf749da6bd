package sys

// From include/uapi/asm-generic/mman-common.h.
const (
	protRead   = 1
	protWrite  = 2
	mapPrivate = 0x02
	mapAnon    = 0x20
)

const (
	futexWait = 0
	futexWake = 1
)
