# SPDX-License-Identifier: BSD-2-Clause
"""Two clusters that take turns behind one address, as behind a tunnel that is opened anew."""
import contextlib
import os
import re
import select
import socket
import threading

from kafka import Cluster


class Front:
    """Leads each connection to 127.0.0.1:PORT on to the cluster that is there now; ends them all when it changes."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.listener.getsockname()[1]
        self.bootstrap = f"127.0.0.1:{self.port}"
        self.lock = threading.Lock()
        self.address, self.open = None, set()
        self.thread = threading.Thread(target=self.accept, daemon=True)
        self.thread.start()

    def lead_to(self, cluster):
        """From now on `cluster` answers; None: nobody does."""
        with self.lock:
            self.address = cluster and cluster.front_address
            for one in self.open:
                with contextlib.suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def serve(self, client):
        with client, contextlib.suppress(OSError):
            with self.lock:
                if not self.address:
                    return
                server = socket.create_connection(self.address)
                self.open |= {client, server}
            try:
                with server:
                    self.pass_on(client, server)
            finally:
                with self.lock:
                    self.open -= {client, server}

    @staticmethod
    def pass_on(client, server):
        other = {client: server, server: client}
        while True:
            for one in select.select(list(other), [], [])[0]:
                chunk = one.recv(1 << 16)
                if not chunk:
                    return
                other[one].sendall(chunk)

    def close(self):
        self.lead_to(None)
        self.listener.close()


class Twins:
    """Clusters A and B of one node each, and the front that leads to one of them."""

    def __init__(self, front, a, b):
        self.front, self.a, self.b = front, a, b
        self.bootstrap = front.bootstrap

    def lead_to(self, cluster):
        self.front.lead_to(cluster)

    def settle(self):
        self.a.settle()
        self.b.settle()


@contextlib.contextmanager
def twins(name):
    front = Front()
    with Cluster(f"{name}-a", nodes=1, front=front.port) as a, Cluster(f"{name}-b", nodes=1, front=front.port) as b:
        for cluster in (a, b):
            with open(os.path.join(cluster.dir, "front"), encoding="ascii") as f:
                host, port = f.read().strip().rsplit(":", 1)
            cluster.front_address = (host, int(port))
            with open(os.path.join(cluster.dir, "node1", "meta.properties"), encoding="ascii") as f:
                cluster.id = re.search(r"cluster.id=(\S+)", f.read())[1]
        front.lead_to(a)
        try:
            yield Twins(front, a, b)
        finally:
            front.close()
