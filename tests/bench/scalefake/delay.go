// SPDX-License-Identifier: BSD-2-Clause

package main

import (
	"net"
	"sync/atomic"
	"time"
)

// delayed listener: every byte read from a client arrives "delay" later.
var delay atomic.Int64

type dl struct{ net.Listener }

func delayListen(n, a string) (net.Listener, error) {
	l, err := net.Listen(n, a)
	return dl{l}, err
}
func (l dl) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil || delay.Load() == 0 {
		return c, err
	}
	d := &dconn{Conn: c, ch: make(chan chunk, 4096)}
	go func() {
		for {
			b := make([]byte, 64<<10)
			n, err := c.Read(b)
			d.ch <- chunk{b[:n], err, time.Now().Add(time.Duration(delay.Load()))}
			if err != nil {
				return
			}
		}
	}()
	return d, nil
}

type chunk struct {
	b   []byte
	err error
	at  time.Time
}
type dconn struct {
	net.Conn
	ch  chan chunk
	cur []byte
}

func (d *dconn) Read(p []byte) (int, error) {
	if len(d.cur) == 0 {
		k := <-d.ch
		time.Sleep(time.Until(k.at))
		if k.err != nil {
			return 0, k.err
		}
		d.cur = k.b
	}
	n := copy(p, d.cur)
	d.cur = d.cur[n:]
	return n, nil
}
