# SPDX-License-Identifier: BSD-2-Clause
"""A broker of one node that gives legal answers which no Kafka of ours gives: nulls, empty lists, unknown tags, errors.

It speaks by the message definitions in Kafka's own jar, so an oddity is a place in a definition and what stands there
instead: Oddity("Metadata", "ClusterId", "null"). oddities() lists all there are.
"""
import collections
import glob
import json
import os
import re
import socketserver
import struct
import threading
import time
import zipfile

import paths
from tap import Failure

Oddity = collections.namedtuple("Oddity", "api path kind")
Oddity.__str__ = lambda o: f"{o.api} {o.path or '(everywhere)'}: {o.kind}"

TOPICS = {"orders": 3, "returns": 1}
GROUP, RECORDS = "audit", 3
# A refusal, what passes, what stays, a number that no client knows.
ERRORS = (29, 30, 3, 5, 14, 15, 16, 35, 55, 79, 9999)
SERVED = ("Fetch", "ListOffsets", "Metadata", "OffsetFetch", "OffsetCommit", "FindCoordinator", "DescribeGroups", "ListGroups",
          "ApiVersions", "DescribeConfigs", "ConsumerGroupDescribe")
INTEGERS = {"int8": "b", "int16": "h", "uint16": "H", "int32": "i", "uint32": "I", "int64": "q", "float64": "d"}


def definitions():
    """(api name, "request" or "response") -> definition"""
    jars = glob.glob(os.path.join(paths.ROOT, ".deps", "kafka-*", "libs", "kafka-clients-*.jar"))
    if not jars:
        raise Failure("no kafka-clients jar under .deps: tests/support/setup kafka")
    found = {}
    with zipfile.ZipFile(jars[0]) as jar:
        for name in SERVED:
            for side in ("Request", "Response"):
                text = jar.read(f"common/message/{name}{side}.json").decode()
                found[name, side.lower()] = json.loads(re.sub(r"^\s*//.*$", "", text, flags=re.M))
    return found


def holds(versions, version):
    if versions in (None, "none"):
        return False
    low, _, high = versions.rstrip("+").partition("-")
    return int(low) <= version and (versions.endswith("+") or version <= int(high or low))


def varint(n):
    out = bytearray()
    while n > 0x7f:
        out.append(n & 0x7f | 0x80)
        n >>= 7
    return bytes(out + bytes([n]))


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, n):
        self.at += n
        return self.data[self.at - n:self.at]

    def number(self, code):
        return struct.unpack(">" + code, self.take(struct.calcsize(code)))[0]

    def varint(self):
        n = shift = 0
        while True:
            byte = self.take(1)[0]
            n |= (byte & 0x7f) << shift
            shift += 7
            if byte < 0x80:
                return n

    def length(self, flexible, code):
        return self.varint() - 1 if flexible else self.number(code)

    def tags(self):
        for _ in range(self.varint()):
            self.varint()
            self.take(self.varint())


class Codec:
    """Reads requests and writes answers of one version of an API."""

    def __init__(self, definition, version, oddity=None):
        self.definition, self.version, self.oddity = definition, version, oddity
        self.flexible = holds(definition.get("flexibleVersions"), version)
        self.structs = {s["name"]: s["fields"] for s in definition.get("commonStructs", [])}

    def inside(self, field):
        return field.get("fields") or self.structs[field["type"].removeprefix("[]")]

    # ---- reading

    def read(self, data):
        return self.read_fields(Reader(data), self.definition["fields"])

    def read_fields(self, r, fields):
        value = {}
        for field in fields:
            if holds(field["versions"], self.version) and not holds(field.get("taggedVersions"), self.version):
                value[field["name"]] = self.read_value(r, field, field["type"])
        if self.flexible:
            r.tags()
        return value

    def read_value(self, r, field, kind):
        if kind.startswith("[]"):
            count = r.length(self.flexible, "i")
            return None if count < 0 else [self.read_value(r, field, kind[2:]) for _ in range(count)]
        if kind == "bool":
            return r.number("b") != 0
        if kind == "uuid":
            return r.take(16)
        if kind in ("string", "bytes"):
            length = r.length(self.flexible, "h" if kind == "string" else "i")
            return None if length < 0 else r.take(length).decode() if kind == "string" else r.take(length)
        if kind in INTEGERS:
            return r.number(INTEGERS[kind])
        return self.read_fields(r, self.inside(field))

    # ---- writing

    def write(self, value):
        return self.write_fields(self.definition["fields"], value, "")

    def write_fields(self, fields, value, path):
        out, tagged = b"", []
        for field in fields:
            if not holds(field["versions"], self.version):
                continue
            here = f"{path}{field['name']}"
            if holds(field.get("taggedVersions"), self.version):
                if field["name"] in value:
                    tagged.append((field["tag"], self.write_value(field, field["type"], value[field["name"]], here)))
                continue
            given = value.get(field["name"], self.default(field))
            out += self.write_value(field, field["type"], self.odd(field, given, here), here)
        if self.flexible:
            if self.oddity and self.oddity.kind == "unknown tags":
                tagged += [(200, b"what no client knows"), (100000, b"")]
            out += varint(len(tagged)) + b"".join(varint(t) + varint(len(d)) + d for t, d in tagged)
        return out

    def odd(self, field, given, here):
        if not self.oddity or self.oddity.path != here:
            return given
        if self.oddity.kind == "null":
            return None if holds(field.get("nullableVersions"), self.version) else given
        if self.oddity.kind == "empty":
            return [] if field["type"].startswith("[]") else b"" if field["type"] in ("bytes", "records") else ""
        return int(self.oddity.kind.rpartition(" ")[2])

    def default(self, field):
        kind, text = field["type"], field.get("default")
        if text == "null":
            return None
        if kind.startswith("[]"):
            return []
        if kind in ("string", "bytes", "records", "uuid", "bool"):
            return {"string": text or "", "uuid": bytes(16), "bool": text == "true"}.get(kind, b"")
        return int(str(text or 0), 0) if kind in INTEGERS else {}

    def write_length(self, n, code):
        return varint(n + 1) if self.flexible else struct.pack(">" + code, n)

    def write_value(self, field, kind, value, path):
        if kind.startswith("[]"):
            if value is None:
                return self.write_length(-1, "i")
            return self.write_length(len(value), "i") + b"".join(
                self.write_value(field, kind[2:], item, path) for item in value)
        if kind in ("string", "bytes", "records"):
            code = "h" if kind == "string" else "i"
            if value is None:
                return self.write_length(-1, code)
            data = value.encode() if isinstance(value, str) else value
            return self.write_length(len(data), code) + data
        if kind == "bool":
            return struct.pack(">b", value)
        if kind == "uuid":
            return value
        if kind in INTEGERS:
            return struct.pack(">" + INTEGERS[kind], value)
        return self.write_fields(self.inside(field), value, path + ".")


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
        self.found = definitions()
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
        codec = Codec(self.found[api, "response"], version, oddity)
        header = struct.pack(">i", correlation) + (b"\0" if codec.flexible and api != "ApiVersions" else b"")
        return header + codec.write(getattr(self, api)(request))

    def serve(self, connection):
        def read(n):
            data = b""
            while len(data) < n:
                chunk = connection.recv(n - len(data))
                if not chunk:
                    raise ConnectionError
                data += chunk
            return data

        try:
            while True:
                answer = self.answer(read(struct.unpack(">i", read(4))[0]))
                connection.sendall(struct.pack(">i", len(answer)) + answer)
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
