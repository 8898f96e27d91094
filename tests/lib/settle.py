# SPDX-License-Identifier: BSD-2-Clause
"""Waits until every broker of a cluster knows what its controller has decided.

A change is answered when the controller has it; each broker learns of it a moment later, on a busy machine a
second later. Who asks another broker then hears what was true before. ApiVersions (18) tells in its finalized
features epoch the offset up to which a broker knows the metadata log, DescribeQuorum (55) where that log ends.
"""
import socket
import struct
import time

from tap import PATIENCE, Failure

ANSWER_S = 10 * PATIENCE
KNOWS_S = 10


def ask(server, api, version, body):
    """The body of the answer to a request of a flexible version."""
    request = struct.pack(">hhihb", api, version, 7, -1, 0) + body
    server.sendall(struct.pack(">i", len(request)) + request)
    data = b""
    while len(data) < 4 or len(data) < 4 + struct.unpack(">i", data[:4])[0]:
        chunk = server.recv(1 << 16)
        if not chunk:
            raise ConnectionError("ended in an answer")
        data += chunk
    return data[8:]


def varint(data, at):
    n = shift = 0
    while True:
        n |= (data[at] & 0x7f) << shift
        shift, at = shift + 7, at + 1
        if data[at - 1] < 0x80:
            return n, at


def known_by(server):
    """Up to which offset of the metadata log this broker knows what was decided."""
    data = ask(server, 18, 3, b"\x05weir\x021\0")
    count, at = varint(data, 2)          # after the error; ApiVersions' answers have a header without tags
    at += (count - 1) * 7 + 4            # keys, then the throttle time
    count, at = varint(data, at)
    for _ in range(count):
        tag, at = varint(data, at)
        size, at = varint(data, at)
        if tag == 1:
            return struct.unpack(">q", data[at:at + size])[0]
        at += size
    return -1


def decided(server):
    """Where the metadata log ends, as the controller says; -1 where nobody leads it now."""
    data = ask(server, 55, 0, b"\x02\x13__cluster_metadata\x02" + struct.pack(">ib", 0, 0) + b"\0\0")
    error = struct.unpack(">h", data[1:3])[0]
    if error:
        return -1
    at = 3 + 1 + 1 + 18 + 1              # topics, one; its name; partitions, one
    index, error, leader, epoch, end = struct.unpack(">ihiiq", data[at:at + 22])
    return -1 if error else end - 1


def settle(addresses):
    """All of them are taken to be up; a cluster that has no leader of its metadata is not waited for."""
    servers = []
    try:
        for address in addresses:
            host, _, port = address.rpartition(":")
            servers.append(socket.create_connection((host, int(port)), ANSWER_S))
        wanted, deadline = decided(servers[0]), time.monotonic() + KNOWS_S * PATIENCE
        for server in servers:
            while known_by(server) < wanted:
                if time.monotonic() > deadline:
                    raise Failure(f"a broker of {addresses} does not learn what was decided up to {wanted}")
                time.sleep(0.01)
    finally:
        for server in servers:
            server.close()
