// Hello does nothing, so that a trace of it shows what the runtime does when a program starts.
package main

func main() {}
