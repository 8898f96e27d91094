// SPDX-License-Identifier: BSD-2-Clause

// Scalefake is a fake Kafka cluster in memory, for load that no real cluster of a laptop bears: it
// listens on the given ports and holds T topics of P partitions with end offsets and G groups with C
// committed partitions each, of which M have one live member. It prints READY and its addresses.
// It answers from one goroutine and moves nothing: a load, not a reference for behaviour.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kfake"
	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/kmsg"
)

func rss() string {
	b, _ := os.ReadFile("/proc/self/status")
	for _, l := range strings.Split(string(b), "\n") {
		if strings.HasPrefix(l, "VmRSS") {
			return strings.TrimSpace(strings.TrimPrefix(l, "VmRSS:"))
		}
	}
	return "?"
}
func die(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "scalefake:", err)
		os.Exit(1)
	}
}

func main() {
	ports := flag.String("ports", "29091,29092,29093", "listen ports, one per broker")
	nt := flag.Int("topics", 10000, "topics")
	np := flag.Int("parts", 10, "partitions per topic")
	ng := flag.Int("groups", 2000, "groups")
	nc := flag.Int("commits", 20, "committed partitions per group")
	nm := flag.Int("members", 0, "how many groups get one live member")
	nrec := flag.Int("records", 1000, "end offset of each partition (0 = leave empty)")
	rtt := flag.Int("rtt", 0, "added round trip time in ms (after seeding)")
	grow := flag.Int("grow", 0, "partitions whose end offset grows by 10 every second (after seeding)")
	count := flag.Bool("count", false, "print request counts by API key on SIGUSR1 (and reset)")
	flag.Parse()
	var pl []int
	for _, s := range strings.Split(*ports, ",") {
		p, err := strconv.Atoi(s)
		die(err)
		pl = append(pl, p)
	}
	names := make([]string, *nt)
	for i := range names {
		names[i] = fmt.Sprintf("topic-%05d.events.v1", i)
	}
	t0 := time.Now()
	c, err := kfake.NewCluster(kfake.Ports(pl...), kfake.SeedTopics(int32(*np), names...),
		kfake.GroupMaxSessionTimeout(24*time.Hour), kfake.BlackholeProduce(), kfake.ListenFn(delayListen),
		kfake.BrokerConfigs(map[string]string{"message.max.bytes": "1048588"}))
	die(err)
	fmt.Printf("topics %d x %d: %.2fs rss %s\n", *nt, *np, time.Since(t0).Seconds(), rss())

	ctx := context.Background()
	cl, err := kgo.NewClient(kgo.SeedBrokers(c.ListenAddrs()...))
	die(err)
	adm := kadm.NewClient(cl)

	if *nrec > 0 {
		t0 = time.Now()
		appendTo(ctx, cl, c, names, *np, *nt**np, batch(int32(*nrec)))
		fmt.Printf("end offsets: %.2fs rss %s\n", time.Since(t0).Seconds(), rss())
	}

	t0 = time.Now()
	var wg sync.WaitGroup
	ch := make(chan int)
	for w := 0; w < 16; w++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for g := range ch {
				os := kadm.Offsets{}
				for k := 0; k < *nc; k++ {
					x := g*(*nc) + k // consecutive partitions: 20 commits = 2 topics
					t, p := names[(x / *np)%*nt], int32(x%*np)
					os.Add(kadm.Offset{Topic: t, Partition: p, At: int64(x % (*nrec + 1)), LeaderEpoch: -1})
				}
				grp := fmt.Sprintf("group-%05d", g)
				r, err := adm.CommitOffsets(ctx, grp, os)
				die(err)
				die(r.Error())
				if g < *nm {
					join(ctx, cl, grp, names[(g*(*nc) / *np)%*nt], int32(*np))
				}
			}
		}()
	}
	for g := 0; g < *ng; g++ {
		ch <- g
	}
	close(ch)
	wg.Wait()
	fmt.Printf("groups %d x %d commits (%d with a member): %.2fs rss %s\n", *ng, *nc, *nm, time.Since(t0).Seconds(), rss())
	cl.Close()
	if *grow > 0 {
		go growEnds(c, names, *np, *grow)
	}
	runtime.GC()
	fmt.Println("READY", strings.Join(c.ListenAddrs(), ","), "rss", rss())
	delay.Store(int64(*rtt) * int64(time.Millisecond))
	if *count {
		var mu sync.Mutex
		m := map[string]int{}
		c.Control(func(r kmsg.Request) (kmsg.Response, error, bool) {
			c.KeepControl()
			mu.Lock()
			m[fmt.Sprintf("%s v%d", kmsg.NameForKey(r.Key()), r.GetVersion())]++
			mu.Unlock()
			return nil, nil, false
		})
		us := make(chan os.Signal, 1)
		signal.Notify(us, syscall.SIGUSR1)
		go func() {
			for range us {
				mu.Lock()
				fmt.Println("REQ", m)
				m = map[string]int{}
				mu.Unlock()
			}
		}()
	}
	sig := make(chan os.Signal, 1)
	signal.Notify(sig, syscall.SIGINT, syscall.SIGTERM)
	<-sig
	c.Close()
}
