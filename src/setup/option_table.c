/* SPDX-License-Identifier: BSD-2-Clause */
#include "setup/options.h"

#include <stdint.h>
#include <string.h>

/* A place in struct options, of a row of this kind: with a field of another type it does not compile. */
#define PLACE(option_kind, type, field)                                                                                \
	.kind = option_kind,                                                                                           \
	.place = offsetof(struct options, field) + 0 * sizeof(_Generic(&((struct options *)0)->field, type * : 0))

#define FLAG(field)                 PLACE(OPTION_FLAG, bool, field)
#define SET(field, number)          PLACE(OPTION_SET, enum option_print, field), .value = number
#define CHOICE(type, field, first)  PLACE(OPTION_CHOICE, type, field), .value = first
#define TEXT(field)                 PLACE(OPTION_TEXT, const char *, field)
#define LIST(field)                 PLACE(OPTION_LIST, struct text_list, field)
#define NUMBER(field)               PLACE(OPTION_NUMBER, int64_t, field)
#define SECONDS(field, low, high)   PLACE(OPTION_SECONDS, int64_t, field), .min = low, .max = high
#define MEGABYTES(field, low, high) PLACE(OPTION_MEGABYTES, int64_t, field), .min = low, .max = high
#define STRATEGY(field)             PLACE(OPTION_STRATEGY, struct strategy_args, field)

#define TOPIC_CHANGES "topic-create topic-alter topic-delete topic-partitions topic-truncate topic-elect broker-alter"

static const char *refuse_no_pair(const char *value)
{
	return value[0] == '=' || !strchr(value, '=') ? "give KEY=VALUE" : NULL;
}

static const char *refuse_zero(const char *value)
{
	return value[strspn(value, "0")] ? NULL : "no lag is below 0; give 1 to wait until there is none";
}

const struct option_row option_table[] = {
	{
		.name = "bootstrap", .letter = 'b', .argument = "HOST:PORT,...",
		TEXT(connect.bootstrap),
		.help = "the first brokers to ask; they name all others",
	},
	{
		.name = "context", .letter = 'c', .argument = "NAME", .in_config = true, .complete = "context",
		TEXT(connect.context),
		.help = "use [context NAME] of the configuration file",
	},
	{
		.name = "config", .letter = 'F', .argument = "FILE", .complete = "file",
		TEXT(connect.file),
		.help = "client properties file, of librdkafka or of Java clients",
	},
	{
		.name = "property", .letter = 'X', .argument = "KEY=VALUE",
		LIST(connect.properties), .refuse = refuse_no_pair,
		.help = "set one librdkafka property; overrides files",
	},
	{
		.name = "read-only", .in_config = true,
		FLAG(settings.read_only),
		.help = "refuse every change to the cluster",
	},
	{
		.name = "timeout", .argument = "SECONDS", .in_config = true,
		SECONDS(settings.timeout_ms, 0.1, 3600),
		.help = "how long a command waits for the cluster (default 10)",
	},
	{
		.name = "log", .argument = "FILE", .in_config = true, .complete = "file",
		TEXT(settings.log),
		.help = "append a log of what weir does to FILE",
	},
	{
		.name = "view", .argument = "NAME", .in_config = true, .commands = "weir",
		.complete = "overview brokers topics groups messages log help",
		TEXT(settings.view),
		.help = "the view to open first",
	},
	{
		.name = "theme", .argument = "NAME", .in_config = true, .commands = "weir", .complete = "theme",
		TEXT(settings.theme),
		.help = "a theme by name, or a .theme file",
	},
	{
		.name = "ascii", .in_config = true, .commands = "weir",
		FLAG(settings.ascii),
		.help = "draw with ASCII only (automatic when the locale is not UTF-8)",
	},
	{
		.name = "no-mouse", .in_config = true, .commands = "weir",
		FLAG(settings.no_mouse),
		.help = "do not use the mouse; the terminal keeps it",
	},
	{
		.name = "clipboard", .argument = "COMMAND", .in_config = true, .commands = "weir",
		TEXT(settings.clipboard),
		.help = "command that reads copied text from standard input (wl-copy, xclip -sel c); default: the terminal's clipboard",
	},
	{
		.name = "interval", .argument = "SECONDS", .in_config = true, .commands = "weir",
		SECONDS(settings.interval_ms, 0.5, 3600),
		.help = "seconds between refreshes (default 5)",
	},
	{
		.name = "utc", .in_config = true,
		FLAG(settings.utc),
		.help = "show times in UTC instead of local time",
	},
	{
		.name = "read-committed", .in_config = true, .commands = "weir lag groups topics tail",
		FLAG(settings.read_committed),
		.help = "measure lag to the last stable offset and read records as a read_committed consumer does",
	},
	{
		.name = "group", .letter = 'g', .argument = "GROUP", .empty = true,
		.commands = "lag groups reset group-delete group-delete-offsets",
		.complete = "group",
		LIST(args.groups),
		.help = "only this group (may be given again)",
	},
	{
		.name = "topic", .letter = 't', .argument = "TOPIC",
		.commands = "lag groups topics reset group-delete-offsets topic-export",
		.complete = "topic",
		LIST(args.topics),
		.help = "only this topic (may be given again); with reset, TOPIC:0,3-5 selects partitions",
		.senses = {
			{"lag groups topics topic-export", "TOPIC", "only this topic (may be given again)"},
			{"reset group-delete-offsets", "TOPIC[:P,P]",
				"only this topic (may be given again); TOPIC:0,3-5 selects partitions"},
		},
	},
	{
		.name = "output", .letter = 'o', .argument = "table|json|csv|raw|name",
		.commands = "lag groups topics brokers contexts tail produce reset group-delete group-delete-offsets undo " TOPIC_CHANGES
			" topic-apply topic-clone",
		.complete = "table json csv raw name",
		CHOICE(enum output_format, args.format, OUTPUT_TABLE),
		.help = "output format (default table); with produce, input format (default json); json is one object per line, raw is the values only, name the names only",
		.senses = {
			{"produce", "json|raw", "input format (default json): one object per line, or the values only"},
			{"tail", "table|json|raw",
				"output format (default table); json is one object per line, raw is the values only"},
		},
	},
	{
		.name = "watch", .argument = "SECONDS", .commands = "lag groups topics brokers",
		SECONDS(args.watch_ms, 0.2, 86400),
		.help = "print again every SECONDS seconds",
	},
	{
		.name = "fail-over", .argument = "N", .commands = "lag",
		NUMBER(args.fail_over),
		.help = "exit with status 1 if the lag of a partition exceeds N; unknown lag is reported, not counted",
	},
	{
		.name = "wait-below", .argument = "N", .commands = "lag",
		NUMBER(args.wait_below), .refuse = refuse_zero,
		.help = "wait until the lag of each partition is below N (1: until all is read), then print; --timeout "
			"limits the wait (exit status 1), by default there is no limit",
	},
	{
		.name = "total", .commands = "lag",
		FLAG(args.total),
		.help = "one row per group with the sum of its partitions; --fail-over and --wait-below compare the sum",
	},
	{
		.name = "from", .argument = "WHERE", .commands = "tail",
		TEXT(args.tail.from),
		.help = "where to start: earliest, latest, -N, N, @MS, a time, -15m, group:NAME",
	},
	{
		.name = "to", .argument = "WHERE", .commands = "tail",
		TEXT(args.tail.to),
		.help = "where to stop, exclusive (default: the current end of the log)",
	},
	{
		.name = "partitions", .letter = 'p', .argument = "P,P|N", .commands = "tail produce topic-create topic-partitions topic-truncate topic-elect",
		TEXT(args.partitions),
		.help = "only these partitions; with produce, the partition to write to; with topic create and topic partitions, the number of partitions",
		.senses = {
			{"topic-create topic-partitions", "N", "the total number of partitions"},
			{"tail topic-truncate topic-elect", "P,P", "only these partitions"},
			{"produce", "P", "the partition to write to (default: by the partitioner)"},
		},
	},
	{
		.name = "filter", .argument = "EXPR", .commands = "tail",
		TEXT(args.tail.filter),
		.help = "only records that match; reads from the earliest unless --from or --follow is given",
	},
	{
		.name = "count", .letter = 'n', .argument = "N", .commands = "tail",
		NUMBER(args.tail.count),
		.help = "stop after N records",
	},
	{
		.name = "last", .argument = "N", .commands = "tail",
		NUMBER(args.tail.last),
		.help = "only the newest N records, merged by time",
	},
	{
		.name = "follow", .letter = 'f', .commands = "tail",
		FLAG(args.tail.follow),
		.help = "keep printing records as they arrive",
	},
	{
		.name = "key-format", .argument = "DECODER", .commands = "tail", .complete = "decoder",
		TEXT(args.tail.key_format),
		.help = "how keys are decoded (default auto); weir tail --help and the manual list the decoders",
	},
	{
		.name = "value-format", .argument = "DECODER", .commands = "tail", .complete = "decoder",
		TEXT(args.tail.value_format),
		.help = "how values are decoded (default auto): json, msgpack, protobuf-file:FILE:MESSAGE, ...",
	},
	{
		.name = "all-partitions", .commands = "tail",
		FLAG(args.tail.all_partitions),
		.help = "search every partition for a key, not only the one that it hashes to",
	},
	{
		.name = "buffer", .argument = "MB", .in_config = true, .commands = "weir tail",
		MEGABYTES(settings.buffer_bytes, 4, 65536),
		.help = "memory for records in view or not yet printed (default 64)",
	},
	{
		.name = "patience", .argument = "SECONDS", .in_config = true, .commands = "weir tail",
		SECONDS(settings.patience_ms, 1, 86400),
		.help = "how long a search retries a partition that does not answer (default 300)",
	},
	{
		.name = "verbose", .letter = 'v', .commands = "tail produce",
		FLAG(args.verbose),
		.help = "report what was read on standard error, also without --filter; with produce, print the result of each line",
		.senses = {
			{"tail", NULL, "report what was read on standard error, also without --filter"},
			{"produce", NULL, "print the result of each line"},
		},
	},
	{
		.name = "key-separator", .letter = 'K', .argument = "TEXT", .commands = "produce",
		TEXT(args.produce.key_separator),
		.help = "text between key and value of a raw line (default: raw lines have no key)",
	},
	{
		.name = "header", .letter = 'H', .argument = "NAME=VALUE", .commands = "produce",
		LIST(args.produce.headers),
		.help = "add a header to every record (may be given again); NAME alone has no value",
	},
	{
		.name = "empty-as-null", .letter = 'Z', .commands = "produce",
		FLAG(args.produce.empty_as_null),
		.help = "write empty keys and values as null; an empty value becomes a tombstone",
	},
	{
		.name = "partitioner", .argument = "NAME", .commands = "produce",
		.complete = "murmur2_random consistent_random murmur2 consistent fnv1a_random fnv1a random",
		TEXT(args.produce.partitioner),
		.help = "how keys choose a partition: murmur2_random like Java clients (default), consistent_random like "
			"librdkafka, ...",
	},
	{
		.name = "compression", .letter = 'z', .argument = "CODEC", .commands = "produce topic-clone",
		.complete = "none gzip snappy lz4 zstd",
		TEXT(args.compression),
		.help = "none, gzip, snappy, lz4 or zstd",
	},
	{
		.name = "keep-partition", .commands = "produce",
		FLAG(args.produce.keep_partition),
		.help = "write each record to the partition named in its line",
	},
	{
		.name = "keep-timestamp", .commands = "produce",
		FLAG(args.produce.keep_timestamp),
		.help = "keep the timestamp of the line, null as none (default: the current time, as retention would remove old records at once)",
	},
	{
		.name = "allow-masked", .commands = "produce",
		FLAG(args.produce.allow_masked),
		.help = "accept masked lines; the hidden parts are written as ***",
	},
	{
		.name = "rate", .argument = "N", .commands = "produce topic-clone",
		NUMBER(args.per_s),
		.help = "at most N records per second",
	},
	{
		.name = "lines", .argument = "N,N-N,N-", .commands = "produce",
		TEXT(args.produce.lines),
		.help = "only these lines of the input, counted from 1: to continue after a failure",
	},
	{.name = "to-earliest", .commands = "reset", STRATEGY(args.strategy), .help = "to the log start"},
	{.name = "to-latest", .commands = "reset topic-truncate", STRATEGY(args.strategy), .help = "to the log end"},
	{
		.name = "to-offset", .argument = "N", .commands = "reset topic-truncate",
		STRATEGY(args.strategy),
		.help = "to an offset, limited to the ends of the log",
	},
	{
		.name = "to-datetime", .argument = "TIME", .commands = "reset topic-truncate",
		STRATEGY(args.strategy),
		.help = "to the first record at or after TIME, which is UTC unless it names a zone",
	},
	{
		.name = "by-duration", .argument = "DURATION", .commands = "reset",
		STRATEGY(args.strategy),
		.help = "to the first record of this last DURATION: PT1H30M, 90m",
	},
	{
		.name = "shift-by", .argument = "N", .commands = "reset",
		STRATEGY(args.strategy),
		.help = "forward by N offsets; -N goes back",
	},
	{
		.name = "to-current", .commands = "reset",
		STRATEGY(args.strategy),
		.help = "commit the current offsets again",
	},
	{
		.name = "from-group", .argument = "GROUP", .commands = "reset", .empty = true,
		.complete = "group",
		STRATEGY(args.strategy),
		.help = "to the committed offsets of another group",
	},
	{
		.name = "from-file", .argument = "FILE", .commands = "reset", .complete = "file",
		STRATEGY(args.strategy),
		.help = "to the offsets in a file: CSV of kafka-consumer-groups, JSON, or a journal entry",
	},
	{
		.name = "skip", .argument = "N", .commands = "reset",
		STRATEGY(args.strategy),
		.help = "skip the next N records of each partition: 1 for a poison pill",
	},
	{
		.name = "all-topics", .commands = "reset group-delete-offsets",
		FLAG(args.reset.all_topics),
		.help = "all partitions with committed offsets of the group",
	},
	{
		.name = "allow-new-topics", .commands = "reset",
		FLAG(args.reset.allow_new_topics),
		.help = "include topics without committed offsets of the group",
	},
	{
		.name = "create", .commands = "reset",
		FLAG(args.reset.create),
		.help = "commit for a group that does not exist yet",
	},
	{
		.name = "export", .argument = "FILE", .commands = "reset", .complete = "file",
		TEXT(args.reset.export_file),
		.help = "write the planned offsets to FILE as CSV for kafka-consumer-groups --from-file",
	},
	{
		.name = "wait-empty", .argument = "SECONDS", .commands = "reset undo",
		SECONDS(args.reset.wait_empty_ms, 0.001, 86400), .wants = "seconds, up to 86400",
		.help = "with --execute: wait this long for the group to have no members, then apply at once",
	},
	{
		.name = "watch-commits", .argument = "SECONDS", .commands = "reset group-delete group-delete-offsets undo",
		SECONDS(args.reset.watch_ms, 0, 86400), .wants = "seconds, up to 86400",
		.help = "watch this long for commits by consumers that use assign() (default 6 with --execute, 0 disables); "
			"after --wait-empty, for the group's first commit",
	},
	{
		.name = "peek", .argument = "N", .commands = "reset",
		NUMBER(args.reset.peek), .min = 1, .max = 10000,
		.help = "show the next record after the reset for the first N partitions",
	},
	{
		.name = "execute", .commands = "reset group-delete group-delete-offsets "
			"undo topic-apply topic-clone " TOPIC_CHANGES,
		FLAG(args.execute),
		.help = "make the change; without it only the plan is printed",
	},
	{
		.name = "confirm", .argument = "NAME", .commands = "produce reset group-delete group-delete-offsets "
			"undo topic-apply topic-clone " TOPIC_CHANGES,
		TEXT(args.confirm),
		.help = "the name of what is changed: required in protected contexts, and always by topic delete and "
			"truncate",
		.senses = {
			{"topic-delete topic-truncate", "NAME", "the name of the topic, required with --execute"},
			{"produce", "NAME", "the name of the topic, required in protected contexts"},
		},
	},
	{
		.name = "config", .argument = "NAME=VALUE", .commands = "topic-create",
		LIST(args.topic.config),
		.help = "a setting of the new topic (may be given again); client properties are given with -F here",
	},
	{
		.name = "add-config", .argument = "NAME=VALUE,...", .commands = "topic-alter broker-alter",
		LIST(args.topic.add_config),
		.help = "set this; write a value with commas in [ ]; 7d and 512MiB are understood",
	},
	{
		.name = "delete-config", .argument = "NAME,...", .commands = "topic-alter broker-alter",
		LIST(args.topic.delete_config),
		.help = "remove this setting, so that the cluster default applies",
	},
	{
		.name = "replication-factor", .argument = "N", .commands = "topic-create",
		NUMBER(args.topic.replication), .min = 1, .max = INT16_MAX,
		.help = "replicas of each partition (default: the broker's)",
	},
	{
		.name = "replica-assignment", .argument = "ID:ID,...", .commands = "topic-create topic-partitions",
		TEXT(args.topic.assignment),
		.help = "brokers of each partition, the preferred leader first: 1:2,2:3,3:1",
	},
	{
		.name = "broker-placement", .commands = "topic-create",
		FLAG(args.topic.broker_places),
		.help = "let the broker place the replicas (default: spread evenly over racks and brokers)",
	},
	{
		.name = "include-internal", .commands = "topic-delete",
		FLAG(args.topic.include_internal),
		.help = "also internal topics of Kafka",
	},
	{
		.name = "prune", .commands = "topic-apply",
		FLAG(args.topic.prune),
		.help = "delete topics that are not in the file, never those of Kafka itself",
	},
	{
		.name = "data", .commands = "topic-clone",
		FLAG(args.topic.data),
		.help = "copy the records too, or resume an interrupted copy",
	},
	{
		.name = "to-bootstrap", .letter = 'B', .argument = "HOST:PORT,...", .commands = "topic-clone",
		TEXT(target.bootstrap),
		.help = "the cluster of the new topic (default: the same); -F and -X apply to the source only",
	},
	{
		.name = "to-context", .argument = "NAME", .commands = "topic-clone", .complete = "context",
		TEXT(target.context),
		.help = "the same, by [context NAME] of the configuration file",
	},
	{
		.name = "to-config", .argument = "FILE", .commands = "topic-clone", .complete = "file",
		TEXT(target.file),
		.help = "client properties for the cluster of the new topic",
	},
	{.name = "help", .letter = 'h', SET(print, PRINT_HELP), .help = "show this help"},
	{.name = "version", .letter = 'V', SET(print, PRINT_VERSION), .help = "show the versions of weir and its libraries"},
	{
		.name = "print-actions", .commands = "weir",
		SET(print, PRINT_ACTIONS),
		.help = "list every action and its keys, tab-separated",
	},
	{
		.name = "print-man", .commands = "weir help",
		SET(print, PRINT_MAN),
		.help = "print the manual page, with help that of a topic, in the language of man",
	},
	{
		.name = "print-markdown", .commands = "help",
		SET(print, PRINT_MARKDOWN),
		.help = "print the page of a topic as Markdown",
	},
	{
		.name = "print-completion", .argument = "bash|zsh|fish", .commands = "weir",
		.complete = "bash zsh fish",
		CHOICE(enum option_print, print, PRINT_BASH),
		.help = "print the completion script for a shell",
	},
};

const size_t option_count = sizeof(option_table) / sizeof(option_table[0]);
