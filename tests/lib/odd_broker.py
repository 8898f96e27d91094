# SPDX-License-Identifier: BSD-2-Clause
"""A broker of one node that gives legal answers which no Kafka of ours gives: nulls, empty lists, unknown tags, errors.

It speaks by the message definitions in Kafka's own jar, so an oddity is a place in a definition and what stands there
instead: Oddity("Metadata", "ClusterId", "null"). oddities() lists all there are.
"""
import collections
import socketserver
import struct
import threading
import time

from protocol import INTEGERS, Codec, Reader, definitions, holds, receive, send, varint

Oddity = collections.namedtuple("Oddity", "api path kind")
Oddity.__str__ = lambda o: f"{o.api} {o.path or '(everywhere)'}: {o.kind}"

TOPICS = {"orders": 3, "returns": 1}
GROUP, RECORDS = "audit", 3
# A refusal, what passes, what stays, a number that no client knows.
ERRORS = (29, 30, 3, 5, 14, 15, 16, 35, 55, 79, 9999)
SERVED = ("Fetch", "ListOffsets", "Metadata", "OffsetFetch", "OffsetCommit", "FindCoordinator", "DescribeGroups", "ListGroups",
          "ApiVersions", "DescribeConfigs", "ConsumerGroupDescribe")


class OddCodec(Codec):
    """Writes one oddity into an answer."""

    def __init__(self, definition, version, oddity):
        super().__init__(definition, version)
        self.oddity = oddity

    def odd(self, field, given, here):
        if not self.oddity or self.oddity.path != here:
            return given
        if self.oddity.kind == "null":
            return None if holds(field.get("nullableVersions"), self.version) else given
        if self.oddity.kind == "empty":
            return [] if field["type"].startswith("[]") else b"" if field["type"] in ("bytes", "records") else ""
        return int(self.oddity.kind.rpartition(" ")[2])

    def more_tags(self):
        return [(200, b"what no client knows"), (100000, b"")] if self.oddity and self.oddity.kind == "unknown tags" else []


def oddities(found, versions):
    """All of the APIs that were asked for, in the versions that were."""
    def walk(codec, api, fields, path):
        for field in fields:
            if not holds(field["versions"], codec.version) or holds(field.get("taggedVersions"), codec.version):
                continue
            here, kind = f"{path}{field['name']}", field["type"]
            if holds(field.get("nullableVersions"), codec.version):
                yield Oddity(api, here, "null")
            if kind.startswith("[]") or kind in ("string", "bytes", "records"):
                yield Oddity(api, here, "empty")
            if field["name"] == "ErrorCode":
                yield from (Oddity(api, here, f"error {code}") for code in ERRORS)
            elif kind in ("int32", "int64") and field["name"] not in ("NodeId", "ThrottleTimeMs", "PartitionIndex"):
                yield Oddity(api, here, "number -1")
            if kind.removeprefix("[]") not in INTEGERS and kind.removeprefix("[]")[0].isupper():
                yield from walk(codec, api, codec.inside(field), here + ".")

    for api, version in sorted(versions.items()):
        codec = Codec(found[api, "response"], version)
        if codec.flexible:
            yield Oddity(api, "", "unknown tags")
        yield from walk(codec, api, codec.definition["fields"], "")


def records():
    """A batch of RECORDS records: https://kafka.apache.org/documentation/#recordbatch; its checksum is not looked at."""
    def zigzag(n):
        return varint(n << 1)

    body = b""
    for i in range(RECORDS):
        value = b"value %d" % i
        record = b"\0" + zigzag(0) + zigzag(i) + zigzag(1) + b"k" + zigzag(len(value)) + value + zigzag(0)
        body += zigzag(len(record)) + record
    after = struct.pack(">hiqqqhii", 0, RECORDS - 1, 1790000000000, 1790000000000, -1, -1, -1, RECORDS) + body
    return struct.pack(">qiibI", 0, len(after) + 9, 0, 2, 0) + after


class OddBroker:
    def __init__(self):
        self.found = definitions(SERVED)
        self.names = {d["apiKey"]: api for (api, side), d in self.found.items() if side == "request"}
        self.versions = {}           # of the APIs that were asked for
        self.oddity = None
        self.given = 0               # answers of the API that the oddity is of
        self.end = RECORDS           # of every partition, as ListOffsets tells it
        self.sent = collections.deque(maxlen=20)

    # ---- answers

    def ApiVersions(self, _):
        # librdkafka fetches nothing from a broker that takes no records: Produce stands there, and is never asked for.
        produce = {"ApiKey": 0, "MinVersion": 0, "MaxVersion": 11}
        return {"ApiKeys": [produce] + [{"ApiKey": d["apiKey"], "MinVersion": int(d["validVersions"].split("-")[0]),
                                         "MaxVersion": int(d["validVersions"].split("-")[-1])}
                                        for (_, side), d in self.found.items() if side == "response"]}

    def Metadata(self, request):
        asked = request.get("Topics")
        wanted = list(TOPICS) if asked is None else [t["Name"] for t in asked]
        topics = [{"Name": name, "TopicId": name.encode().ljust(16, b"\1"), "Partitions": [
            {"PartitionIndex": p, "LeaderId": 1, "LeaderEpoch": 0, "ReplicaNodes": [1], "IsrNodes": [1]}
            for p in range(TOPICS[name])]} if name in TOPICS else {"Name": name, "ErrorCode": 3} for name in wanted]
        return {"Brokers": [{"NodeId": 1, "Host": "127.0.0.1", "Port": self.port, "Rack": "r1"}], "ClusterId": "odd",
                "ControllerId": 1, "Topics": topics}

    def FindCoordinator(self, request):
        node = {"NodeId": 1, "Host": "127.0.0.1", "Port": self.port}
        return {**node, "Coordinators": [{**node, "Key": key} for key in request.get("CoordinatorKeys", [])]}

    def ListOffsets(self, request):
        return {"Topics": [{"Name": t["Name"], "Partitions": [
            {"PartitionIndex": p["PartitionIndex"], "Timestamp": -1, "LeaderEpoch": 0,
             "Offset": 0 if p["Timestamp"] == -2 else self.end} for p in t["Partitions"]]}
            for t in request["Topics"]]}

    def OffsetFetch(self, request):
        topics = [{"Name": "orders", "Partitions": [
            {"PartitionIndex": p, "CommittedOffset": 1, "CommittedLeaderEpoch": 0, "Metadata": "m"} for p in range(3)]}]
        return {"Topics": topics, "Groups": [{"GroupId": g["GroupId"], "Topics": topics}
                                             for g in request.get("Groups", [])]}

    def OffsetCommit(self, request):
        return {"Topics": [{"Name": t["Name"], "Partitions": [{"PartitionIndex": p["PartitionIndex"]} for p in t["Partitions"]]}
                           for t in request["Topics"]]}

    def ListGroups(self, _):
        return {"Groups": [{"GroupId": GROUP, "ProtocolType": "consumer", "GroupState": "Stable", "GroupType": "classic"}]}

    def DescribeGroups(self, request):
        assignment = struct.pack(">hih", 0, 1, 6) + b"orders" + struct.pack(">iiii", 1, 0, -1, 0)[:12]
        member = {"MemberId": "m1", "ClientId": "c1", "ClientHost": "/127.0.0.1", "MemberAssignment": assignment}
        return {"Groups": [{"GroupId": group, "GroupState": "Stable", "ProtocolType": "consumer", "ProtocolData": "range",
                            "Members": [member]} for group in request["Groups"]]}

    def ConsumerGroupDescribe(self, request):
        # A classic group: DescribeGroups is asked next.
        return {"Groups": [{"GroupId": group, "ErrorCode": 69} for group in request["GroupIds"]]}

    def DescribeConfigs(self, request):
        entry = {"Name": "min.insync.replicas", "Value": "1", "ConfigSource": 5,
                 "Synonyms": [{"Name": "min.insync.replicas", "Value": "1", "Source": 5}]}
        return {"Results": [{"ResourceType": r["ResourceType"], "ResourceName": r["ResourceName"],
                             "Configs": [entry, {**entry, "Name": "cleanup.policy", "Value": "delete"}]}
                            for r in request["Resources"]]}

    def Fetch(self, request):
        def part(p):
            at_end = p["FetchOffset"] >= RECORDS
            return {"PartitionIndex": p["Partition"], "HighWatermark": RECORDS, "LastStableOffset": RECORDS,
                    "LogStartOffset": 0, "Records": b"" if at_end else records(), "AbortedTransactions": []}
        if all(p["FetchOffset"] >= RECORDS for t in request["Topics"] for p in t["Partitions"]):
            time.sleep(0.05)             # as a broker waits for more
        return {"Responses": [{"Topic": t.get("Topic"), "TopicId": t.get("TopicId", bytes(16)),
                               "Partitions": [part(p) for p in t["Partitions"]]} for t in request["Topics"]]}

    # ---- the wire

    def answer(self, data):
        key, version, correlation, client = struct.unpack(">hhih", data[:10])
        api = self.names[key]
        head = Reader(data)
        head.take(10 + max(client, 0))
        definition = self.found[api, "request"]
        valid = self.found[api, "response"]["validVersions"]
        if api == "ApiVersions" and not holds(valid, version):
            return struct.pack(">ih", correlation, 35) + Codec(self.found[api, "response"], 0).write(self.ApiVersions({}))[2:]
        if holds(definition.get("flexibleVersions"), version):
            head.tags()
        request = Codec(definition, version).read(data[head.at:])
        oddity = self.oddity if self.oddity and self.oddity.api == api else None
        self.given += oddity is not None
        self.versions[api] = version
        self.sent.append(f"{api} v{version} {oddity or ''}")
        codec = OddCodec(self.found[api, "response"], version, oddity)
        header = struct.pack(">i", correlation) + (b"\0" if codec.flexible and api != "ApiVersions" else b"")
        return header + codec.write(getattr(self, api)(request))

    def serve(self, connection):
        try:
            while True:
                send(connection, self.answer(receive(connection)))
        except OSError:
            pass

    def __enter__(self):
        broker = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self):
                broker.serve(self.request)

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads, allow_reuse_address = True, True

        self.server = Server(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        self.bootstrap = f"127.0.0.1:{self.port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
