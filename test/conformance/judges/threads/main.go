// Threads makes the runtime start threads, put them to sleep and wake them, while
// strace or qemu tells which calls of the system that takes.
package main

import "runtime"

func main() {
	done := make(chan bool)
	for i := 0; i < 4; i++ {
		go func() {
			runtime.LockOSThread()
			runtime.Gosched()
			done <- true
		}()
	}
	for i := 0; i < 4; i++ {
		<-done
	}
}
