//go:build (linux && (386 || amd64 || arm64)) || (freebsd && amd64)

// Package clock tells the time and waits for it to pass.
package clock

// now reads a clock that never runs backwards.
func now() (sec int64, nsec int32)

// pause sleeps for less than a second.
func pause(nsec uint32)

// Now returns nanoseconds since some moment in the past.
func Now() int64 {
	sec, nsec := now()
	return sec*1e9 + int64(nsec)
}

// Pause sleeps for at least the given number of nanoseconds.
func Pause(nsec int64) {
	for end := Now() + nsec; nsec > 0; nsec = end - Now() {
		pause(uint32(min(nsec, 999_999_999)))
	}
}
