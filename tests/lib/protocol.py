# SPDX-License-Identifier: BSD-2-Clause
"""Kafka's protocol by the message definitions in its own jar: reads and writes any message of any version."""
import glob
import json
import os
import re
import struct
import zipfile

import paths
from tap import Failure

INTEGERS = {"int8": "b", "int16": "h", "uint16": "H", "int32": "i", "uint32": "I", "int64": "q", "float64": "d"}


def definitions(names):
    """(api name, "request" or "response") -> definition"""
    jars = glob.glob(os.path.join(paths.ROOT, ".deps", "kafka-*", "libs", "kafka-clients-*.jar"))
    if not jars:
        raise Failure("no kafka-clients jar under .deps: tests/support/setup kafka")
    found = {}
    with zipfile.ZipFile(jars[0]) as jar:
        for name in names:
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


def send(connection, message):
    connection.sendall(struct.pack(">i", len(message)) + message)


def receive(connection):
    """The next message, without its length."""
    def take(n):
        data = b""
        while len(data) < n:
            chunk = connection.recv(n - len(data))
            if not chunk:
                raise ConnectionError("ended within a message")
            data += chunk
        return data
    return take(struct.unpack(">i", take(4))[0])


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
        """tag -> bytes"""
        return {self.varint(): self.take(self.varint()) for _ in range(self.varint())}


class Codec:
    """Reads and writes the requests or the answers of one version of an API."""

    def __init__(self, definition, version):
        self.definition, self.version = definition, version
        self.flexible = holds(definition.get("flexibleVersions"), version)
        self.structs = {s["name"]: s["fields"] for s in definition.get("commonStructs", [])}

    def inside(self, field):
        return field.get("fields") or self.structs[field["type"].removeprefix("[]")]

    # ---- reading

    def read(self, data):
        return self.read_fields(Reader(data), self.definition["fields"])

    def read_fields(self, r, fields):
        here = [field for field in fields if holds(field["versions"], self.version)]
        tagged = {field["tag"]: field for field in here if holds(field.get("taggedVersions"), self.version)}
        value = {field["name"]: self.read_value(r, field, field["type"]) for field in here if field.get("tag") not in tagged}
        for tag, data in r.tags().items() if self.flexible else ():
            if tag in tagged:
                value[tagged[tag]["name"]] = self.read_value(Reader(data), tagged[tag], tagged[tag]["type"])
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
            tagged += self.more_tags()
            out += varint(len(tagged)) + b"".join(varint(t) + varint(len(d)) + d for t, d in tagged)
        return out

    def odd(self, field, given, here):
        """What is written for a field; a subclass may write something else."""
        return given

    def more_tags(self):
        """Tags, with their bytes, that every structure gets besides its own."""
        return []

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


def ask(connection, found, api, version, request):
    """The answer to a request, by the definitions `found`."""
    codecs = {side: Codec(found[api, side], version) for side in ("request", "response")}
    head = struct.pack(">hhih", found[api, "request"]["apiKey"], version, 0, -1)
    send(connection, head + (b"\0" if codecs["request"].flexible else b"") + codecs["request"].write(request))
    # The header of an answer of ApiVersions never has tags: KIP-511.
    tagged = codecs["response"].flexible and api != "ApiVersions"
    return codecs["response"].read(receive(connection)[5 if tagged else 4:])
