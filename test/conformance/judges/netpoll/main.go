// Netpoll lets the runtime poll a pipe, while strace tells which calls of the system
// that takes.
package main

import (
	"os"
	"time"
)

func main() {
	r, w, err := os.Pipe()
	if err != nil {
		panic(err)
	}
	r.SetReadDeadline(time.Now().Add(time.Minute))
	go func() {
		time.Sleep(10 * time.Millisecond)
		w.Write([]byte{1})
	}()
	r.Read(make([]byte, 1))
	r.Close()
}
