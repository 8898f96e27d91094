# SPDX-License-Identifier: BSD-2-Clause
"""What Kafka's own tools say, as values to compare weir with."""
import re


def number(word):
    return None if word == "-" else int(word)


def text(word):
    return None if word == "-" else word


def blocks(output):
    """Rows of ConsumerGroupCommand as dictionaries by column title. Names hold no blanks in the tests."""
    titles = None
    for line in output.splitlines():
        words = line.split()
        if words[:1] == ["GROUP"]:
            titles = [w for w in words if w != "(ID)"]
        elif words and titles:
            if "COORDINATOR" in titles:
                words = [words[0], re.match(r"\((\d+)\)", words[2])[1], *words[3:]]
            if len(words) == len(titles):
                yield dict(zip(titles, words))


def lag(cluster, *options, **how):
    """{(group, topic, partition): {committed, end, lag, member, host, client}} of all groups.

    A group whose members hold nothing has a row without topic, which is left out."""
    rows = {}
    output = cluster.tool("groups", "--describe", *(options or ["--all-groups"]), **how)
    for row in blocks(output):
        if row["PARTITION"] == "-":
            continue
        rows[row["GROUP"], row["TOPIC"], int(row["PARTITION"])] = {
            "committed": number(row["CURRENT-OFFSET"]), "end": number(row["LOG-END-OFFSET"]),
            "lag": number(row["LAG"]), "member": text(row["CONSUMER-ID"]),
            "host": row["HOST"].lstrip("/") if row["HOST"] != "-" else None,   # Java writes addresses so
            "client": text(row["CLIENT-ID"])}
    return rows


def states(cluster, **how):
    """{group: {state, coordinator, protocol, members}}"""
    return {row["GROUP"]: {"state": row["STATE"], "coordinator": int(row["COORDINATOR"]),
                           "protocol": text(row["ASSIGNMENT-STRATEGY"]), "members": int(row["#MEMBERS"])}
            for row in blocks(cluster.tool("groups", "--describe", "--all-groups", "--state", **how))}


def group_list(cluster, **how):
    """{group: (type, state)}"""
    lines = cluster.tool("groups", "--list", "--state", "--type", **how).splitlines()
    rows = [line.split() for line in lines[1:] if line.strip()]
    return {row[0]: (row[1], row[2]) for row in rows}


def topics(cluster, **how):
    """{topic: {id, partitions: {id: {leader, replicas, isr}}}}"""
    found = {}
    for line in cluster.tool("topics", "--describe", **how).splitlines():
        fields = dict(re.findall(r"(\w+): ([^\t]*)", line))
        if "TopicId" in fields:
            found[fields["Topic"]] = {"id": fields["TopicId"].strip(), "partitions": {}}
        elif "Partition" in fields:
            leader = fields["Leader"].strip()
            found[fields["Topic"]]["partitions"][int(fields["Partition"])] = {
                "leader": None if leader == "none" else int(leader),
                "replicas": [int(i) for i in fields["Replicas"].split(",")],
                "isr": [int(i) for i in fields["Isr"].strip().split(",") if i]}
    return found


def offsets(cluster, time, **how):
    """{(topic, partition): offset} of what has a leader; time -1: the log end, -2: the log start"""
    found = {}
    for line in cluster.tool("offsets", "--time", str(time), **how).splitlines():
        topic, partition, offset = line.rsplit(":", 2)
        if offset:
            found[topic, int(partition)] = int(offset)
    return found
