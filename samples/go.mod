module example.org/oslayer

go 1.24
