# SPDX-License-Identifier: BSD-2-Clause
"""Kafka's own tools: in the JVM that a whole run shares (WEIR_TOOLS says its port), else each in its own."""
import os
import socket
import subprocess

import paths

SCRIPT = os.path.join(paths.SUPPORT, "kafka-tool")


class Server:
    """That JVM; it ends when our end of its standard input is closed, so with this process at the latest."""

    def __init__(self, log):
        self.log = log

    def __enter__(self):
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen([SCRIPT, "--serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                            stderr=log, start_new_session=True)
        return self

    def port(self):
        """Where it listens, once it does; nothing when it could not start."""
        return self.process.stdout.readline().decode().strip()

    def __exit__(self, *_):
        self.process.stdin.close()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()


def ask(port, name, arguments, seconds):
    """A call of the shared JVM; None when it is not there any more."""
    try:
        with socket.create_connection(("127.0.0.1", int(port)), timeout=seconds) as server:
            server.sendall("\0".join([name, *arguments]).encode("utf-8", "surrogateescape"))
            server.shutdown(socket.SHUT_WR)
            answer = b"".join(iter(lambda: server.recv(1 << 16), b""))
    except ConnectionError:
        return None
    if not answer:
        return None
    head, _, rest = answer.partition(b"\n")
    status, size = map(int, head.split())
    return status, rest[:size], rest[size:]


def run(name, arguments, seconds):
    """(status, standard output, standard error) of a tool."""
    port = os.environ.get("WEIR_TOOLS")
    told = port and ask(port, name, arguments, seconds)
    if told:
        return told
    done = subprocess.run([SCRIPT, name, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, timeout=seconds, env={**os.environ, "LC_ALL": "C.UTF-8"})
    return done.returncode, done.stdout, done.stderr
