// SPDX-License-Identifier: BSD-2-Clause

package main

import (
	"context"
	"encoding/binary"
	"hash/crc32"
	"time"

	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kfake"
	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/kmsg"
)

// batch builds a record batch which claims n records (kfake checks CRC and counts only).
func batch(n int32) []byte {
	now := time.Now().UnixMilli()
	rb := kmsg.NewRecordBatch()
	rb.Magic = 2
	rb.LastOffsetDelta = n - 1
	rb.NumRecords = n
	rb.FirstTimestamp, rb.MaxTimestamp = now, now
	rb.ProducerID, rb.ProducerEpoch, rb.FirstSequence = -1, -1, -1
	rb.PartitionLeaderEpoch = -1
	rb.Records = []byte{0}
	raw := rb.AppendTo(nil)
	binary.BigEndian.PutUint32(raw[8:], uint32(len(raw)-12))
	binary.BigEndian.PutUint32(raw[17:], crc32.Checksum(raw[21:], crc32.MakeTable(crc32.Castagnoli)))
	return raw
}

func join(ctx context.Context, cl *kgo.Client, grp, topic string, np int32) {
	md := kmsg.NewConsumerMemberMetadata()
	md.Topics = []string{topic}
	j := kmsg.NewPtrJoinGroupRequest()
	j.Group, j.ProtocolType = grp, "consumer"
	j.SessionTimeoutMillis, j.RebalanceTimeoutMillis = 24*3600*1000, 60000
	jp := kmsg.NewJoinGroupRequestProtocol()
	jp.Name, jp.Metadata = "range", md.AppendTo(nil)
	j.Protocols = []kmsg.JoinGroupRequestProtocol{jp}
	var mid string
	var gen int32
	for i := 0; i < 3; i++ {
		r, err := j.RequestWith(ctx, cl)
		die(err)
		if e := kerr.ErrorForCode(r.ErrorCode); e == kerr.MemberIDRequired {
			j.MemberID = r.MemberID
			continue
		} else {
			die(e)
		}
		mid, gen = r.MemberID, r.Generation
		break
	}
	as := kmsg.NewConsumerMemberAssignment()
	at := kmsg.NewConsumerMemberAssignmentTopic()
	at.Topic = topic
	for p := int32(0); p < np; p++ {
		at.Partitions = append(at.Partitions, p)
	}
	as.Topics = append(as.Topics, at)
	s := kmsg.NewPtrSyncGroupRequest()
	s.Group, s.Generation, s.MemberID = grp, gen, mid
	pt, pr := "consumer", "range"
	s.ProtocolType, s.Protocol = &pt, &pr
	ga := kmsg.NewSyncGroupRequestGroupAssignment()
	ga.MemberID, ga.MemberAssignment = mid, as.AppendTo(nil)
	s.GroupAssignment = append(s.GroupAssignment, ga)
	r, err := s.RequestWith(ctx, cl)
	die(err)
	die(kerr.ErrorForCode(r.ErrorCode))
}

// appendTo appends a batch to the first count partitions: one request per leader and 5,000 partitions.
func appendTo(ctx context.Context, cl *kgo.Client, c *kfake.Cluster, names []string, parts, count int, b []byte) {
	byNode := map[int32]*kmsg.ProduceRequest{}
	queued := map[int32]int{}
	send := func(node int32) {
		kr, err := cl.Broker(int(node)).Request(ctx, byNode[node])
		die(err)
		for _, t := range kr.(*kmsg.ProduceResponse).Topics {
			for _, p := range t.Partitions {
				die(kerr.ErrorForCode(p.ErrorCode))
			}
		}
		delete(byNode, node)
		queued[node] = 0
	}
	for k := 0; k < count && k/parts < len(names); k++ {
		name, p := names[k/parts], int32(k%parts)
		leader := c.LeaderFor(name, p)
		r := byNode[leader]
		if r == nil {
			q := kmsg.NewProduceRequest()
			q.Acks, q.TimeoutMillis, q.Version = -1, 30000, 9
			r = &q
			byNode[leader] = r
		}
		if n := len(r.Topics); n == 0 || r.Topics[n-1].Topic != name {
			t := kmsg.NewProduceRequestTopic()
			t.Topic = name
			if info := c.TopicInfo(name); info != nil {
				t.TopicID = info.TopicID
			}
			r.Topics = append(r.Topics, t)
		}
		rp := kmsg.NewProduceRequestTopicPartition()
		rp.Partition, rp.Records = p, b
		t := &r.Topics[len(r.Topics)-1]
		t.Partitions = append(t.Partitions, rp)
		if queued[leader]++; queued[leader] == 5000 {
			send(leader)
		}
	}
	for node := range byNode {
		send(node)
	}
}

// growEnds appends ten records a second to the first count partitions.
func growEnds(c *kfake.Cluster, names []string, parts, count int) {
	cl, err := kgo.NewClient(kgo.SeedBrokers(c.ListenAddrs()...))
	die(err)
	b := batch(10)
	for range time.Tick(time.Second) {
		appendTo(context.Background(), cl, c, names, parts, count, b)
	}
}
