package sys

// From sys/mman.h and sys/umtx.h.
const (
	protRead   = 1
	protWrite  = 2
	mapPrivate = 0x0002
	mapAnon    = 0x1000

	umtxWait = 15 // UMTX_OP_WAIT_UINT_PRIVATE
	umtxWake = 16 // UMTX_OP_WAKE_PRIVATE
)

type timespec struct {
	sec  int64
	nsec int64
}
