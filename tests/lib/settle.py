# SPDX-License-Identifier: BSD-2-Clause
"""Waits until every broker of a cluster knows what its controller has decided.

A change is answered when the controller has it; each broker learns of it a moment later, on a busy machine a
second later. Who asks another broker then hears what was true before.
"""
import contextlib
import functools
import socket

from protocol import ask, definitions
from tap import PATIENCE, wait_until

ANSWER_S = 10 * PATIENCE
METADATA = {"Topics": [{"TopicName": "__cluster_metadata", "Partitions": [{"PartitionIndex": 0}]}]}


@functools.cache
def known():
    return definitions(("ApiVersions", "DescribeQuorum"))


def decided(server):
    """Where the log of the cluster's metadata ends, as the controller says; 0 while nobody leads it."""
    answer = ask(server, known(), "DescribeQuorum", 0, METADATA)
    partitions = [p for topic in answer["Topics"] for p in topic["Partitions"]]
    return 0 if answer["ErrorCode"] or partitions[0]["ErrorCode"] else partitions[0]["HighWatermark"]


def applied(server):
    """Where in that log the broker is: it tells so as the epoch of the finalized features."""
    answer = ask(server, known(), "ApiVersions", 3, {"ClientSoftwareName": "weir", "ClientSoftwareVersion": "1"})
    return answer["FinalizedFeaturesEpoch"] + 1


def settle(addresses):
    """All of them are taken to be up."""
    with contextlib.ExitStack() as stack:
        servers = []
        for address in addresses:
            host, _, port = address.rpartition(":")
            servers.append(stack.enter_context(socket.create_connection((host, int(port)), ANSWER_S)))
        end = decided(servers[0])
        for server, address in zip(servers, addresses):
            wait_until(lambda s=server: applied(s) >= end, f"broker {address} to know what was decided", 10, 0.01)
