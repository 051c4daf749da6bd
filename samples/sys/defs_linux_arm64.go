package sys

type timespec struct {
	sec  int64
	nsec int64
}
