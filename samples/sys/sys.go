// Package sys makes the few system calls that a small runtime cannot do without.
//
// The assembly of each target is in sys_GOOS_GOARCH.s. Its declarations are in
// os_GOOS.go, so that one Go file speaks for every architecture of a system.
package sys

// An Errno is the number a system gives to a failure; 0 means success.
type Errno uintptr
