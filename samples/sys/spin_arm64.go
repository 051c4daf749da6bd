//go:build linux || darwin || freebsd

package sys

// spin keeps the processor busy, politely, for some rounds.
//
//go:noescape
func spin(rounds uint32)
