/* SPDX-License-Identifier: BSD-2-Clause */
#include "setup/options.h"

#define TOPIC_CHANGES "topic-create topic-alter topic-delete topic-partitions topic-truncate topic-elect broker-alter"

const struct option_row option_table[OPTION_COUNT] = {
	[OPTION_BOOTSTRAP] = {
		.name = "bootstrap", .letter = 'b', .argument = "HOST:PORT,...",
		.help = "the first brokers to ask; they name all others",
	},
	[OPTION_CONTEXT] = {
		.name = "context", .letter = 'c', .argument = "NAME", .in_config = true, .complete = "context",
		.help = "use [context NAME] of the configuration file",
	},
	[OPTION_FILE] = {
		.name = "config", .letter = 'F', .argument = "FILE", .complete = "file",
		.help = "client properties file, of librdkafka or of Java clients",
	},
	[OPTION_PROPERTY] = {
		.name = "property", .letter = 'X', .argument = "KEY=VALUE", .repeats = true,
		.help = "set one librdkafka property; overrides files",
	},
	[OPTION_READ_ONLY] = {
		.name = "read-only", .in_config = true,
		.help = "refuse every change to the cluster",
	},
	[OPTION_TIMEOUT] = {
		.name = "timeout", .argument = "SECONDS", .in_config = true,
		.help = "how long a command waits for the cluster (default 10)",
	},
	[OPTION_LOG] = {
		.name = "log", .argument = "FILE", .in_config = true, .complete = "file",
		.help = "append a log of what weir does to FILE",
	},
	[OPTION_VIEW] = {
		.name = "view", .argument = "NAME", .in_config = true, .commands = "weir",
		.complete = "overview brokers topics groups messages log help",
		.help = "the view to open first",
	},
	[OPTION_THEME] = {
		.name = "theme", .argument = "NAME", .in_config = true, .commands = "weir", .complete = "theme",
		.help = "a theme by name, or a .theme file",
	},
	[OPTION_ASCII] = {
		.name = "ascii", .in_config = true, .commands = "weir",
		.help = "draw with ASCII only (automatic when the locale is not UTF-8)",
	},
	[OPTION_NO_MOUSE] = {
		.name = "no-mouse", .in_config = true, .commands = "weir",
		.help = "do not use the mouse; the terminal keeps it",
	},
	[OPTION_CLIPBOARD] = {
		.name = "clipboard", .argument = "COMMAND", .in_config = true, .commands = "weir",
		.help = "command that reads copied text from standard input (wl-copy, xclip -sel c); default: the terminal's clipboard",
	},
	[OPTION_INTERVAL] = {
		.name = "interval", .argument = "SECONDS", .in_config = true, .commands = "weir",
		.help = "seconds between refreshes (default 5)",
	},
	[OPTION_UTC] = {
		.name = "utc", .in_config = true,
		.help = "show times in UTC instead of local time",
	},
	[OPTION_READ_COMMITTED] = {
		.name = "read-committed", .in_config = true, .commands = "weir lag groups tail",
		.help = "measure lag to the last stable offset and read records as a read_committed consumer does",
	},
	[OPTION_GROUP] = {
		.name = "group", .letter = 'g', .argument = "GROUP", .repeats = true, .empty = true,
		.commands = "lag groups reset group-delete group-delete-offsets",
		.complete = "group",
		.help = "only this group (may be given again)",
	},
	[OPTION_TOPIC] = {
		.name = "topic", .letter = 't', .argument = "TOPIC", .repeats = true,
		.commands = "lag groups topics reset group-delete-offsets topic-export",
		.complete = "topic",
		.help = "only this topic (may be given again); with reset, TOPIC:0,3-5 selects partitions",
		.senses = {
			{"lag groups topics topic-export", "TOPIC", "only this topic (may be given again)"},
			{"reset group-delete-offsets", "TOPIC[:P,P]",
				"only this topic (may be given again); TOPIC:0,3-5 selects partitions"},
		},
	},
	[OPTION_OUTPUT] = {
		.name = "output", .letter = 'o', .argument = "table|json|csv|raw",
		.commands = "lag groups topics brokers contexts tail produce reset group-delete group-delete-offsets undo " TOPIC_CHANGES
			" topic-apply topic-clone",
		.complete = "table json csv raw",
		.help = "output format (default table); with produce, input format (default json); json is one object per line, raw is the values only",
		.senses = {
			{"produce", "json|raw", "input format (default json): one object per line, or the values only"},
			{"tail", "table|json|raw",
				"output format (default table); json is one object per line, raw is the values only"},
		},
	},
	[OPTION_WATCH] = {
		.name = "watch", .argument = "SECONDS", .commands = "lag groups topics brokers",
		.help = "print again every SECONDS seconds",
	},
	[OPTION_FAIL_OVER] = {
		.name = "fail-over", .argument = "N", .commands = "lag",
		.help = "exit with status 1 if the lag of a partition exceeds N; unknown lag is reported, not counted",
	},
	[OPTION_WAIT_BELOW] = {
		.name = "wait-below", .argument = "N", .commands = "lag",
		.help = "wait until the lag of each partition is below N (1: until all is read), then print; --timeout "
			"limits the wait (exit status 1), by default there is no limit",
	},
	[OPTION_TOTAL] = {
		.name = "total", .commands = "lag",
		.help = "one row per group with the sum of its partitions; --fail-over and --wait-below compare the sum",
	},
	[OPTION_FROM] = {
		.name = "from", .argument = "WHERE", .commands = "tail",
		.help = "where to start: earliest, latest, -N, N, @MS, a time, -15m, group:NAME",
	},
	[OPTION_TO] = {
		.name = "to", .argument = "WHERE", .commands = "tail",
		.help = "where to stop, exclusive (default: the current end of the log)",
	},
	[OPTION_PARTITIONS] = {
		.name = "partitions", .letter = 'p', .argument = "P,P|N", .commands = "tail produce topic-create topic-partitions topic-truncate topic-elect",
		.help = "only these partitions; with produce, the partition to write to; with topic create and topic partitions, the number of partitions",
		.senses = {
			{"topic-create topic-partitions", "N", "the total number of partitions"},
			{"tail topic-truncate topic-elect", "P,P", "only these partitions"},
			{"produce", "P", "the partition to write to (default: by the partitioner)"},
		},
	},
	[OPTION_FILTER] = {
		.name = "filter", .argument = "EXPR", .commands = "tail",
		.help = "only records that match; reads from the earliest unless --from or --follow is given",
	},
	[OPTION_COUNT_RECORDS] = {
		.name = "count", .letter = 'n', .argument = "N", .commands = "tail",
		.help = "stop after N records",
	},
	[OPTION_LAST] = {
		.name = "last", .argument = "N", .commands = "tail",
		.help = "only the newest N records, merged by time",
	},
	[OPTION_FOLLOW] = {
		.name = "follow", .letter = 'f', .commands = "tail",
		.help = "keep printing records as they arrive",
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
		.help = "search every partition for a key, not only the one that it hashes to",
	},
	[OPTION_BUFFER] = {
		.name = "buffer", .argument = "MB", .in_config = true, .commands = "weir tail",
		.help = "memory for records in view or not yet printed (default 64)",
	},
	[OPTION_PATIENCE] = {
		.name = "patience", .argument = "SECONDS", .in_config = true, .commands = "weir tail",
		.help = "how long a search retries a partition that does not answer (default 300)",
	},
	[OPTION_VERBOSE] = {
		.name = "verbose", .letter = 'v', .commands = "tail produce",
		.help = "report what was read on standard error, also without --filter; with produce, print the result of each line",
		.senses = {
			{"tail", NULL, "report what was read on standard error, also without --filter"},
			{"produce", NULL, "print the result of each line"},
		},
	},
	[OPTION_KEY_SEPARATOR] = {
		.name = "key-separator", .letter = 'K', .argument = "TEXT", .commands = "produce",
		.help = "text between key and value of a raw line (default: raw lines have no key)",
	},
	[OPTION_HEADER] = {
		.name = "header", .letter = 'H', .argument = "NAME=VALUE", .commands = "produce", .repeats = true,
		.help = "add a header to every record (may be given again); NAME alone has no value",
	},
	[OPTION_EMPTY_AS_NULL] = {
		.name = "empty-as-null", .letter = 'Z', .commands = "produce",
		.help = "write empty keys and values as null; an empty value becomes a tombstone",
	},
	[OPTION_PARTITIONER] = {
		.name = "partitioner", .argument = "NAME", .commands = "produce",
		.complete = "murmur2_random consistent_random murmur2 consistent fnv1a_random fnv1a random",
		.help = "how keys choose a partition: murmur2_random like Java clients (default), consistent_random like "
			"librdkafka, ...",
	},
	[OPTION_COMPRESSION] = {
		.name = "compression", .letter = 'z', .argument = "CODEC", .commands = "produce topic-clone",
		.complete = "none gzip snappy lz4 zstd",
		.help = "none, gzip, snappy, lz4 or zstd",
	},
	[OPTION_KEEP_PARTITION] = {
		.name = "keep-partition", .commands = "produce",
		.help = "write each record to the partition named in its line",
	},
	[OPTION_KEEP_TIMESTAMP] = {
		.name = "keep-timestamp", .commands = "produce",
		.help = "keep the timestamp of the line, null as none (default: the current time, as retention would remove old records at once)",
	},
	[OPTION_ALLOW_MASKED] = {
		.name = "allow-masked", .commands = "produce",
		.help = "accept masked lines; the hidden parts are written as ***",
	},
	[OPTION_RATE] = {
		.name = "rate", .argument = "N", .commands = "produce topic-clone",
		.help = "at most N records per second",
	},
	[OPTION_LINES] = {
		.name = "lines", .argument = "N,N-N,N-", .commands = "produce",
		.help = "only these lines of the input, counted from 1: to continue after a failure",
	},
	[OPTION_TO_EARLIEST] = {.name = "to-earliest", .commands = "reset", .help = "to the log start"},
	[OPTION_TO_LATEST] = {.name = "to-latest", .commands = "reset topic-truncate", .help = "to the log end"},
	[OPTION_TO_OFFSET] = {
		.name = "to-offset", .argument = "N", .commands = "reset topic-truncate",
		.help = "to an offset, limited to the ends of the log",
	},
	[OPTION_TO_DATETIME] = {
		.name = "to-datetime", .argument = "TIME", .commands = "reset topic-truncate",
		.help = "to the first record at or after TIME, which is UTC unless it names a zone",
	},
	[OPTION_BY_DURATION] = {
		.name = "by-duration", .argument = "DURATION", .commands = "reset",
		.help = "to the first record of this last DURATION: PT1H30M, 90m",
	},
	[OPTION_SHIFT_BY] = {
		.name = "shift-by", .argument = "N", .commands = "reset",
		.help = "forward by N offsets; -N goes back",
	},
	[OPTION_TO_CURRENT] = {
		.name = "to-current", .commands = "reset", .help = "commit the current offsets again",
	},
	[OPTION_FROM_GROUP] = {
		.name = "from-group", .argument = "GROUP", .commands = "reset", .empty = true,
		.complete = "group",
		.help = "to the committed offsets of another group",
	},
	[OPTION_FROM_FILE] = {
		.name = "from-file", .argument = "FILE", .commands = "reset", .complete = "file",
		.help = "to the offsets in a file: CSV of kafka-consumer-groups, JSON, or a journal entry",
	},
	[OPTION_SKIP] = {
		.name = "skip", .argument = "N", .commands = "reset",
		.help = "skip the next N records of each partition: 1 for a poison pill",
	},
	[OPTION_ALL_TOPICS] = {
		.name = "all-topics", .commands = "reset group-delete-offsets",
		.help = "all partitions with committed offsets of the group",
	},
	[OPTION_ALLOW_NEW_TOPICS] = {
		.name = "allow-new-topics", .commands = "reset",
		.help = "include topics without committed offsets of the group",
	},
	[OPTION_CREATE] = {
		.name = "create", .commands = "reset", .help = "commit for a group that does not exist yet",
	},
	[OPTION_EXPORT] = {
		.name = "export", .argument = "FILE", .commands = "reset", .complete = "file",
		.help = "write the planned offsets to FILE as CSV for kafka-consumer-groups --from-file",
	},
	[OPTION_WAIT_EMPTY] = {
		.name = "wait-empty", .argument = "SECONDS", .commands = "reset undo",
		.help = "with --execute: wait this long for the group to have no members, then apply at once",
	},
	[OPTION_WATCH_COMMITS] = {
		.name = "watch-commits", .argument = "SECONDS", .commands = "reset group-delete group-delete-offsets undo",
		.help = "watch this long for commits by consumers that use assign() (default 6 with --execute, 0 disables); "
			"after --wait-empty, for the group's first commit",
	},
	[OPTION_PEEK] = {
		.name = "peek", .argument = "N", .commands = "reset",
		.help = "show the next record after the reset for the first N partitions",
	},
	[OPTION_EXECUTE] = {
		.name = "execute", .commands = "reset group-delete group-delete-offsets "
			"undo topic-apply topic-clone " TOPIC_CHANGES,
		.help = "make the change; without it only the plan is printed",
	},
	[OPTION_CONFIRM] = {
		.name = "confirm", .argument = "NAME", .commands = "produce reset group-delete group-delete-offsets "
			"undo topic-apply topic-clone " TOPIC_CHANGES,
		.help = "the name of what is changed: required in protected contexts, and always by topic delete and "
			"truncate",
		.senses = {
			{"topic-delete topic-truncate", "NAME", "the name of the topic, required with --execute"},
			{"produce", "NAME", "the name of the topic, required in protected contexts"},
		},
	},
	[OPTION_TOPIC_CONFIG] = {
		.name = "config", .argument = "NAME=VALUE", .commands = "topic-create", .repeats = true,
		.help = "a setting of the new topic (may be given again); client properties are given with -F here",
	},
	[OPTION_ADD_CONFIG] = {
		.name = "add-config", .argument = "NAME=VALUE,...", .commands = "topic-alter broker-alter", .repeats = true,
		.help = "set this; write a value with commas in [ ]; 7d and 512MiB are understood",
	},
	[OPTION_DELETE_CONFIG] = {
		.name = "delete-config", .argument = "NAME,...", .commands = "topic-alter broker-alter", .repeats = true,
		.help = "remove this setting, so that the cluster default applies",
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
		.help = "let the broker place the replicas (default: spread evenly over racks and brokers)",
	},
	[OPTION_INCLUDE_INTERNAL] = {
		.name = "include-internal", .commands = "topic-delete", .help = "also internal topics of Kafka",
	},
	[OPTION_PRUNE] = {
		.name = "prune", .commands = "topic-apply",
		.help = "delete topics that are not in the file, never those of Kafka itself",
	},
	[OPTION_DATA] = {
		.name = "data", .commands = "topic-clone",
		.help = "copy the records too, or resume an interrupted copy",
	},
	[OPTION_TO_BOOTSTRAP] = {
		.name = "to-bootstrap", .letter = 'B', .argument = "HOST:PORT,...", .commands = "topic-clone",
		.help = "the cluster of the new topic (default: the same); -F and -X apply to the source only",
	},
	[OPTION_TO_CONTEXT] = {
		.name = "to-context", .argument = "NAME", .commands = "topic-clone", .complete = "context",
		.help = "the same, by [context NAME] of the configuration file",
	},
	[OPTION_TO_CONFIG] = {
		.name = "to-config", .argument = "FILE", .commands = "topic-clone", .complete = "file",
		.help = "client properties for the cluster of the new topic",
	},
	[OPTION_HELP] = {.name = "help", .letter = 'h', .help = "show this help"},
	[OPTION_VERSION] = {.name = "version", .letter = 'V', .help = "show the versions of weir and its libraries"},
	[OPTION_PRINT_ACTIONS] = {
		.name = "print-actions", .commands = "weir",
		.help = "list every action and its keys, tab-separated",
	},
	[OPTION_PRINT_MAN] = {.name = "print-man", .commands = "weir", .help = "print the manual page"},
	[OPTION_PRINT_COMPLETION] = {
		.name = "print-completion", .argument = "bash|zsh|fish", .commands = "weir",
		.complete = "bash zsh fish",
		.help = "print the completion script for a shell",
	},
};
