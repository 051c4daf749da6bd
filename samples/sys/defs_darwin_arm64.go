package sys

// From sys/mman.h.
const (
	protRead   = 1
	protWrite  = 2
	mapPrivate = 0x0002
	mapAnon    = 0x1000
)
