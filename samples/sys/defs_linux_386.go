package sys

// The kernel's old timespec: futex has this one on 32-bit targets.
type timespec struct {
	sec  int32
	nsec int32
}
