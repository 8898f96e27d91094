/* SPDX-License-Identifier: BSD-2-Clause */
#include "options.h"

#define TOPIC_CHANGES "topic-create topic-alter topic-delete topic-partitions topic-truncate topic-elect broker-alter"

const struct option_row option_table[OPTION_COUNT] = {
	[OPTION_BOOTSTRAP] = {
		.name = "bootstrap", .letter = 'b', .argument = "HOST:PORT,...",
		.help = "brokers to begin with; the others are found through them",
	},
	[OPTION_CONTEXT] = {
		.name = "context", .letter = 'c', .argument = "NAME", .in_config = true, .complete = "context",
		.help = "a [context NAME] of the configuration file",
	},
	[OPTION_FILE] = {
		.name = "config", .letter = 'F', .argument = "FILE", .complete = "file",
		.help = "client properties, of librdkafka or of Kafka's Java clients",
	},
	[OPTION_PROPERTY] = {
		.name = "property", .letter = 'X', .argument = "KEY=VALUE", .repeats = true,
		.help = "one librdkafka property; wins over files",
	},
	[OPTION_READ_ONLY] = {
		.name = "read-only", .in_config = true,
		.help = "refuse everything that would change the cluster",
	},
	[OPTION_TIMEOUT] = {
		.name = "timeout", .argument = "SECONDS", .in_config = true,
		.help = "how long a command waits for answers (default 10)",
	},
	[OPTION_LOG] = {
		.name = "log", .argument = "FILE", .in_config = true, .complete = "file",
		.help = "append what weir does and asks to a file",
	},
	[OPTION_VIEW] = {
		.name = "view", .argument = "NAME", .in_config = true, .commands = "weir",
		.complete = "overview brokers topics groups messages log help",
		.help = "the view to begin with",
	},
	[OPTION_THEME] = {
		.name = "theme", .argument = "NAME", .in_config = true, .commands = "weir", .complete = "theme",
		.help = "a theme by name, or a .theme file",
	},
	[OPTION_ASCII] = {
		.name = "ascii", .in_config = true, .commands = "weir",
		.help = "draw with ASCII only (by itself where the locale is not UTF-8)",
	},
	[OPTION_NO_MOUSE] = {
		.name = "no-mouse", .in_config = true, .commands = "weir",
		.help = "leave the mouse to the terminal",
	},
	[OPTION_CLIPBOARD] = {
		.name = "clipboard", .argument = "COMMAND", .in_config = true, .commands = "weir",
		.help = "what takes copied text at its standard input (wl-copy, xclip -sel c); else the terminal is asked",
	},
	[OPTION_INTERVAL] = {
		.name = "interval", .argument = "SECONDS", .in_config = true, .commands = "weir",
		.help = "time between two refreshes (default 5)",
	},
	[OPTION_UTC] = {
		.name = "utc", .in_config = true,
		.help = "show times in UTC instead of local time",
	},
	[OPTION_READ_COMMITTED] = {
		.name = "read-committed", .in_config = true, .commands = "weir lag groups tail",
		.help = "measure lag from the last stable offset, and read records, as a read_committed consumer does",
	},
	[OPTION_GROUP] = {
		.name = "group", .letter = 'g', .argument = "GROUP", .repeats = true, .empty = true,
		.commands = "lag groups reset group-delete group-delete-offsets",
		.help = "only this group (may be given again)",
	},
	[OPTION_TOPIC] = {
		.name = "topic", .letter = 't', .argument = "TOPIC", .repeats = true,
		.commands = "lag groups topics reset group-delete-offsets topic-export",
		.help = "only this topic (may be given again); with reset TOPIC:0,3-5 is some of its partitions",
		.senses = {
			{"lag groups topics topic-export", "TOPIC", "only this topic (may be given again)"},
			{"reset group-delete-offsets", "TOPIC[:P,P]",
				"only this topic (may be given again); TOPIC:0,3-5 is some of its partitions"},
		},
	},
	[OPTION_OUTPUT] = {
		.name = "output", .letter = 'o', .argument = "table|json|csv|raw",
		.commands = "lag groups topics brokers contexts tail produce reset group-delete group-delete-offsets undo " TOPIC_CHANGES
			" topic-apply topic-clone",
		.complete = "table json csv raw",
		.help = "form of the output (default table), of the input with produce (default json); json has one object a line, raw the values alone",
		.senses = {
			{"produce", "json|raw", "form of the input (default json): one object a line, or the values alone"},
			{"tail", "table|json|raw",
				"form of the output (default table); json has one object a line, raw the values alone"},
		},
	},
	[OPTION_WATCH] = {
		.name = "watch", .argument = "SECONDS", .commands = "lag groups topics brokers",
		.help = "print again every so many seconds",
	},
	[OPTION_FAIL_OVER] = {
		.name = "fail-over", .argument = "N", .commands = "lag",
		.help = "exit with status 1 when a partition's lag exceeds N; unknown lag is reported, not counted",
	},
	[OPTION_WAIT_BELOW] = {
		.name = "wait-below", .argument = "N", .commands = "lag",
		.help = "wait until each partition's lag is below N (1: until nothing is left), then print; --timeout says how "
			"long at most (exit status 1), without it there is no end",
	},
	[OPTION_TOTAL] = {
		.name = "total", .commands = "lag",
		.help = "one row for each group, the sum of its partitions; --fail-over and --wait-below compare that",
	},
	[OPTION_FROM] = {
		.name = "from", .argument = "WHERE", .commands = "tail",
		.help = "where to begin: earliest, latest, -N, N, @MS, a time, -15m, group:NAME",
	},
	[OPTION_TO] = {
		.name = "to", .argument = "WHERE", .commands = "tail",
		.help = "where to end, not included (default: the end of the log as it is now)",
	},
	[OPTION_PARTITIONS] = {
		.name = "partitions", .letter = 'p', .argument = "P,P|N", .commands = "tail produce topic-create topic-partitions topic-truncate topic-elect",
		.help = "only these partitions; with produce, the one to write to; with topic create and topic partitions, how many there shall be",
		.senses = {
			{"topic-create topic-partitions", "N", "how many partitions there shall be"},
			{"tail topic-truncate topic-elect", "P,P", "only these partitions"},
			{"produce", "P", "the partition to write to (default: by the partitioner)"},
		},
	},
	[OPTION_FILTER] = {
		.name = "filter", .argument = "EXPR", .commands = "tail",
		.help = "only records that match; reads from the beginning unless --from or --follow is given",
	},
	[OPTION_COUNT_RECORDS] = {
		.name = "count", .letter = 'n', .argument = "N", .commands = "tail",
		.help = "end after so many records",
	},
	[OPTION_LAST] = {
		.name = "last", .argument = "N", .commands = "tail",
		.help = "the newest N records of all that is read, merged by time",
	},
	[OPTION_FOLLOW] = {
		.name = "follow", .letter = 'f', .commands = "tail",
		.help = "go on with the records that arrive",
	},
	[OPTION_KEY_FORMAT] = {
		.name = "key-format", .argument = "DECODER", .commands = "tail", .complete = "decoder",
		.help = "how keys are decoded (default auto); weir tail --help and the manual list the decoders",
	},
	[OPTION_VALUE_FORMAT] = {
		.name = "value-format", .argument = "DECODER", .commands = "tail", .complete = "decoder",
		.help = "how values are decoded (default auto): json, msgpack, protobuf-file:FILE:MESSAGE, ...",
	},
	[OPTION_ALL_PARTITIONS] = {
		.name = "all-partitions", .commands = "tail",
		.help = "look for a key in every partition, not only where it hashes to",
	},
	[OPTION_BUFFER] = {
		.name = "buffer", .argument = "MB", .in_config = true, .commands = "weir tail",
		.help = "memory for records that are looked at, or not yet printed (default 64)",
	},
	[OPTION_PATIENCE] = {
		.name = "patience", .argument = "SECONDS", .in_config = true, .commands = "weir tail",
		.help = "how long a search tries a partition that gives no answer (default 300)",
	},
	[OPTION_VERBOSE] = {
		.name = "verbose", .letter = 'v', .commands = "tail produce",
		.help = "say on standard error what was read, without --filter too; with produce, print what became of each line",
		.senses = {
			{"tail", NULL, "say on standard error what was read, without --filter too"},
			{"produce", NULL, "print what became of each line"},
		},
	},
	[OPTION_KEY_SEPARATOR] = {
		.name = "key-separator", .letter = 'K', .argument = "TEXT", .commands = "produce",
		.help = "what ends the key in a raw line (default: raw lines have no key)",
	},
	[OPTION_HEADER] = {
		.name = "header", .letter = 'H', .argument = "NAME=VALUE", .commands = "produce", .repeats = true,
		.help = "a header of every record, after its own (may be given again); NAME alone has no value",
	},
	[OPTION_EMPTY_AS_NULL] = {
		.name = "empty-as-null", .letter = 'Z', .commands = "produce",
		.help = "write empty keys and values as null; an empty value becomes a tombstone",
	},
	[OPTION_PARTITIONER] = {
		.name = "partitioner", .argument = "NAME", .commands = "produce",
		.complete = "murmur2_random consistent_random murmur2 consistent fnv1a_random fnv1a random",
		.help = "how keys choose a partition: murmur2_random as Java clients (the default), consistent_random as "
			"librdkafka, ...",
	},
	[OPTION_COMPRESSION] = {
		.name = "compression", .letter = 'z', .argument = "CODEC", .commands = "produce topic-clone",
		.complete = "none gzip snappy lz4 zstd",
		.help = "none, gzip, snappy, lz4 or zstd",
	},
	[OPTION_KEEP_PARTITION] = {
		.name = "keep-partition", .commands = "produce",
		.help = "write each record to the partition that its line names",
	},
	[OPTION_KEEP_TIMESTAMP] = {
		.name = "keep-timestamp", .commands = "produce",
		.help = "write the timestamp of the line, null as none (default: now, since retention removes old records at once)",
	},
	[OPTION_ALLOW_MASKED] = {
		.name = "allow-masked", .commands = "produce",
		.help = "write lines that say they were masked as they stand: *** in place of what was hidden",
	},
	[OPTION_RATE] = {
		.name = "rate", .argument = "N", .commands = "produce topic-clone",
		.help = "at most so many records a second",
	},
	[OPTION_LINES] = {
		.name = "lines", .argument = "N,N-N,N-", .commands = "produce",
		.help = "only these lines of the input, from 1: to go on after a failure",
	},
	[OPTION_TO_EARLIEST] = {.name = "to-earliest", .commands = "reset", .help = "to the log start"},
	[OPTION_TO_LATEST] = {.name = "to-latest", .commands = "reset topic-truncate", .help = "to the log end"},
	[OPTION_TO_OFFSET] = {
		.name = "to-offset", .argument = "N", .commands = "reset topic-truncate",
		.help = "to an offset, at most to the ends of the log",
	},
	[OPTION_TO_DATETIME] = {
		.name = "to-datetime", .argument = "TIME", .commands = "reset topic-truncate",
		.help = "to the first record at or after a time, which is UTC where it names no zone",
	},
	[OPTION_BY_DURATION] = {
		.name = "by-duration", .argument = "DURATION", .commands = "reset",
		.help = "to the first record of the last so many: PT1H30M, 90m",
	},
	[OPTION_SHIFT_BY] = {
		.name = "shift-by", .argument = "N", .commands = "reset",
		.help = "forward by N offsets, or back by -N",
	},
	[OPTION_TO_CURRENT] = {
		.name = "to-current", .commands = "reset", .help = "commit again what is committed",
	},
	[OPTION_FROM_GROUP] = {
		.name = "from-group", .argument = "GROUP", .commands = "reset", .empty = true,
		.help = "to what another group has committed",
	},
	[OPTION_FROM_FILE] = {
		.name = "from-file", .argument = "FILE", .commands = "reset", .complete = "file",
		.help = "to the offsets of a file: CSV of kafka-consumer-groups, JSON, or a line of the journal",
	},
	[OPTION_SKIP] = {
		.name = "skip", .argument = "N", .commands = "reset",
		.help = "pass over N records of each partition: 1 for a poison pill",
	},
	[OPTION_ALL_TOPICS] = {
		.name = "all-topics", .commands = "reset group-delete-offsets",
		.help = "every partition that the group has committed",
	},
	[OPTION_ALLOW_NEW_TOPICS] = {
		.name = "allow-new-topics", .commands = "reset",
		.help = "also topics of which the group has committed nothing",
	},
	[OPTION_CREATE] = {
		.name = "create", .commands = "reset", .help = "commit for a group that does not exist yet",
	},
	[OPTION_EXPORT] = {
		.name = "export", .argument = "FILE", .commands = "reset", .complete = "file",
		.help = "write the planned offsets as CSV that kafka-consumer-groups --from-file reads",
	},
	[OPTION_WAIT_EMPTY] = {
		.name = "wait-empty", .argument = "SECONDS", .commands = "reset undo",
		.help = "with --execute: wait so long until the group has no members, then apply at once",
	},
	[OPTION_WATCH_COMMITS] = {
		.name = "watch-commits", .argument = "SECONDS", .commands = "reset group-delete group-delete-offsets undo",
		.help = "watch so long whether a group that never had members commits all the same, as consumers that assign "
			"partitions do (with --execute 6 s, 0: not); after --wait-empty for the group's first commit",
	},
	[OPTION_PEEK] = {
		.name = "peek", .argument = "N", .commands = "reset",
		.help = "look at the records that the first N partitions would go on with",
	},
	[OPTION_EXECUTE] = {
		.name = "execute", .commands = "reset group-delete group-delete-offsets "
			"undo topic-apply topic-clone " TOPIC_CHANGES,
		.help = "make the change; without it only the plan is printed",
	},
	[OPTION_CONFIRM] = {
		.name = "confirm", .argument = "NAME", .commands = "produce reset group-delete group-delete-offsets "
			"undo topic-apply topic-clone " TOPIC_CHANGES,
		.help = "the name of what is changed, which a protected context asks for, and topic delete and "
			"truncate always",
		.senses = {
			{"topic-delete topic-truncate", "NAME", "the name of the topic: asked for with --execute"},
			{"produce", "NAME", "the name of the topic, which a protected context asks for"},
		},
	},
	[OPTION_TOPIC_CONFIG] = {
		.name = "config", .argument = "NAME=VALUE", .commands = "topic-create", .repeats = true,
		.help = "a setting of the new topic (may be given again); client properties are a file of -F here",
	},
	[OPTION_ADD_CONFIG] = {
		.name = "add-config", .argument = "NAME=VALUE,...", .commands = "topic-alter broker-alter", .repeats = true,
		.help = "set this; a value with commas stands in [ ]; 7d and 512MiB are understood",
	},
	[OPTION_DELETE_CONFIG] = {
		.name = "delete-config", .argument = "NAME,...", .commands = "topic-alter broker-alter", .repeats = true,
		.help = "back to what the cluster has as its default",
	},
	[OPTION_REPLICATION_FACTOR] = {
		.name = "replication-factor", .argument = "N", .commands = "topic-create",
		.help = "replicas of each partition (default: the broker's)",
	},
	[OPTION_REPLICA_ASSIGNMENT] = {
		.name = "replica-assignment", .argument = "ID:ID,...", .commands = "topic-create topic-partitions",
		.help = "brokers of each partition, the preferred leader first: 1:2,2:3,3:1",
	},
	[OPTION_BROKER_PLACEMENT] = {
		.name = "broker-placement", .commands = "topic-create",
		.help = "let the broker choose where replicas go; else they are spread over racks and brokers evenly",
	},
	[OPTION_INCLUDE_INTERNAL] = {
		.name = "include-internal", .commands = "topic-delete", .help = "also topics that are internal to Kafka",
	},
	[OPTION_PRUNE] = {
		.name = "prune", .commands = "topic-apply",
		.help = "delete the topics that the file does not name, never Kafka's own",
	},
	[OPTION_DATA] = {
		.name = "data", .commands = "topic-clone",
		.help = "copy the records too, or go on with a copy that was broken off",
	},
	[OPTION_TO_BOOTSTRAP] = {
		.name = "to-bootstrap", .letter = 'B', .argument = "HOST:PORT,...", .commands = "topic-clone",
		.help = "the cluster of the new topic (default: that of the source); -F and -X are the source's alone",
	},
	[OPTION_TO_CONTEXT] = {
		.name = "to-context", .argument = "NAME", .commands = "topic-clone", .complete = "context",
		.help = "the same, as a [context NAME] of the configuration file",
	},
	[OPTION_TO_CONFIG] = {
		.name = "to-config", .argument = "FILE", .commands = "topic-clone", .complete = "file",
		.help = "client properties for the cluster of the new topic",
	},
	[OPTION_HELP] = {.name = "help", .letter = 'h', .help = "show this help"},
	[OPTION_VERSION] = {.name = "version", .letter = 'V', .help = "show the version, and those of the libraries"},
	[OPTION_PRINT_ACTIONS] = {
		.name = "print-actions", .commands = "weir",
		.help = "list every action with its keys, separated by tabs",
	},
	[OPTION_PRINT_MAN] = {.name = "print-man", .commands = "weir", .help = "print the manual page"},
	[OPTION_PRINT_COMPLETION] = {
		.name = "print-completion", .argument = "bash|zsh|fish", .commands = "weir",
		.complete = "bash zsh fish",
		.help = "print completion for a shell",
	},
};
