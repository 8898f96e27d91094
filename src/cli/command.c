/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/command.h"

#include <string.h>

#include "base/near.h"

const struct command commands[] = {
	{
		.name = "lag",
		.summary = "consumer lag, one row per group, topic and partition",
		.description =
			"Committed offsets are read first, end offsets after them. LAG counts the records still to be "
			"read: the end of the log less the committed offset, or less the log start offset where that is "
			"beyond it. LOST counts the records that retention removed before the group read them. Their sum "
			"is the LAG of kafka-consumer-groups. Where nobody ever committed, where the committed offset "
			"lies beyond the end, or where the end is not known, the lag is unknown: a dash, null in JSON, "
			"empty in CSV, and NOTE says why. Unknown is never 0.",
		.columns = lag_columns,
		.column_count = &lag_column_count,
		.run = lag_run,
	},
	{
		.name = "groups",
		.summary = "consumer groups: type, state, members and total lag",
		.description =
			"LAG is the sum over the partitions where it is known; UNKNOWN counts the others. librdkafka "
			"lists consumer groups only: no Connect, share or streams groups.",
		.columns = groups_columns,
		.column_count = &groups_column_count,
		.run = groups_run,
	},
	{
		.name = "topics",
		.summary = "topics: partitions, replication, health, records, retention",
		.description =
			"RECORDS is the sum of end less start of the log, an upper bound where a topic is compacted or "
			"transactional. JSON lists the partitions with leader, replicas, ISR and offsets.",
		.columns = topics_columns,
		.column_count = &topics_column_count,
		.run = topics_run,
	},
	{
		.name = "brokers",
		.summary = "brokers: host, rack, leaders, replicas in sync",
		.description =
			"A broker that only replica lists still name is shown as missing. SKEW compares the leaders of a "
			"broker with the mean of all.",
		.columns = brokers_columns,
		.column_count = &brokers_column_count,
		.run = brokers_run,
	},
	{
		.name = "contexts",
		.summary = "contexts of the configuration file, for -c",
		.description =
			"Each [context NAME] as the file has it; no cluster is asked, and ${env:...}, ${file:...} and "
			"${cmd:...} are not looked up. DEFAULT is the one that is used without -c, -b and -F.",
		.columns = contexts_columns,
		.column_count = &contexts_column_count,
		.offline = true,
		.run = contexts_run,
	},
	{
		.name = "tail",
		.words = "TOPIC...",
		.formats = "table json raw",
		.summary = "records of topics: the newest, from anywhere, filtered, as they come",
		.description =
			"A TOPIC that begins with ^ is a regular expression. Without --from, --last and --filter the "
			"newest 10 records are printed, merged by time. WHERE is earliest, latest, -N (the last N offsets "
			"of each partition), N (an offset), @MS (Unix milliseconds), a date and time, 10:30, yesterday "
			"14:00, -15m (that long ago) or group:NAME (its committed offsets); --to is not included. Reading "
			"ends at the end that the log had at the beginning, unless --follow or --from latest. No consumer "
			"group is joined and nothing is committed.\n"
			"--filter takes an expression on key, value, header.NAME, partition, offset, timestamp, size and "
			"topic: 'value.items[*].sku == \"W-1\" and (key ~ ^u-8 or header.trace-id exists)'; bare words "
			"mean contains. A key that is given whole (key == \"...\") is looked for only in the partitions "
			"that the default partitioners put it in. What was searched is said on standard error.",
		.columns = tail_columns,
		.column_count = &tail_column_count,
		.run = tail_run,
	},
	{
		.name = "produce",
		.words = "TOPIC",
		.formats = "json raw",
		.mutates = true,
		.summary = "writes records from standard input to a topic",
		.description =
			"Standard input holds one record a line: JSON objects as weir tail -o json prints them, which come "
			"out again byte for byte, or with -o raw the values alone. In JSON, key and value are strings of "
			"UTF-8, or null; key_base64 and value_base64 give other bytes; any other JSON value stands for its own "
			"text. A record must have a value: null writes a tombstone. headers is a list of objects with key "
			"and value, or an object. Topic and offset of a line are passed over, its partition and timestamp "
			"too unless they are to be kept.\n"
			"Every record is written once, in the order of the lines within a partition (an idempotent "
			"producer). A topic is never created. At the first line that cannot be read or delivered nothing "
			"more is sent; what is in flight is seen to its end, and the --lines to go on with are said on "
			"standard error. Ctrl-c ends in the same way. With --verbose the fate of each line is printed as "
			"a JSON object.",
		.columns = produce_columns,
		.column_count = &produce_column_count,
		.run = produce_run,
	},
	{
		.name = "reset",
		.summary = "move a group's committed offsets: plan, then --execute",
		.description =
			"Without --execute the plan is printed and nothing is changed: for each partition what is committed, "
			"where the log starts and ends, the target and what it means. With it the change is written to the "
			"journal ($XDG_STATE_HOME/weir/journal), made, read back and compared; weir undo takes it back. A "
			"group with members is refused, unless --wait-empty waits for it to be empty. An offset outside the "
			"log is clamped to it, a time after the last record is the end of the log, partitions without a "
			"leader are left out; a note says so. What is skipped and read again is counted in offsets, which are "
			"not records where a topic is compacted or transactional. How long catching up takes is not said, as "
			"a group that stands still has no rate; what is left to read is compared with what arrived in the "
			"last 10 minutes, or the last one where the log does not go back so far.\n"
			"A TIME without zone is UTC. A file is CSV as kafka-consumer-groups --export writes it, with or "
			"without groups, JSON with topic, partition and offset (or target_offset), one object a line, or a "
			"line of the journal, which gives what was committed before.",
		.columns = reset_columns,
		.column_count = &reset_column_count,
		.mutates = true,
		.plans = true,
		.run = reset_run,
	},
	{
		.name = "group delete",
		.summary = "delete groups with their committed offsets",
		.description =
			"Without --execute only the plan is printed. What was committed goes into the journal, from which weir "
			"undo commits it again. A group with members is refused.",
		.columns = reset_columns,
		.column_count = &reset_column_count,
		.mutates = true,
		.plans = true,
		.run = group_delete_run,
	},
	{
		.name = "group delete-offsets",
		.summary = "delete committed offsets of some partitions",
		.description =
			"Without --execute only the plan is printed. Kafka refuses this while a member subscribes to the topic. "
			"What was committed goes into the journal, from which weir undo commits it again.",
		.columns = reset_columns,
		.column_count = &reset_column_count,
		.mutates = true,
		.plans = true,
		.run = group_delete_offsets_run,
	},
	{
		.name = "topic create",
		.words = "TOPIC...",
		.summary = "make topics: partitions, replicas, settings",
		.description =
			"Without --execute only the plan is printed: what the broker, asked to validate it, says; the "
			"settings; where each replica goes, spread evenly over racks and brokers, unless --replica-assignment "
			"says it, or the broker chooses (--broker-placement, or no --replication-factor). Names that Kafka "
			"refuses or that collide with others are refused, what looks wrong is warned of. With --execute it is "
			"written to the journal, made and read back.",
		.columns = topic_change_columns,
		.column_count = &topic_change_column_count,
		.mutates = true,
		.plans = true,
		.run = topic_create_run,
	},
	{
		.name = "topic alter",
		.words = "TOPIC...",
		.summary = "change settings of topics",
		.description =
			"Without --execute only the difference is printed, as the broker validated it. Only what is named is "
			"changed (IncrementalAlterConfigs). Before the change the settings are compared with those of the "
			"plan: what somebody else changed meanwhile is refused. weir undo takes it back.",
		.columns = topic_change_columns,
		.column_count = &topic_change_column_count,
		.mutates = true,
		.plans = true,
		.run = topic_alter_run,
	},
	{
		.name = "topic partitions",
		.words = "TOPIC",
		.summary = "add partitions to a topic",
		.description =
			"--partitions N says how many there shall be in all. New replicas are spread over racks and brokers, "
			"what is there counted. Keys go to other partitions from then on: that is warned of, with the share "
			"of sampled keys that would move. Partitions cannot be taken away again.",
		.columns = topic_change_columns,
		.column_count = &topic_change_column_count,
		.mutates = true,
		.plans = true,
		.run = topic_partitions_run,
	},
	{
		.name = "topic truncate",
		.words = "TOPIC",
		.summary = "delete records from the beginning of a topic",
		.description =
			"Up to an offset (--to-offset), a time (--to-datetime) or the log end (--to-latest), in all "
			"partitions or those of -p. The plan shows how many records go at most and which groups have not read "
			"them. Kafka refuses this for topics that are compacted and not deleted. It cannot be undone: "
			"--confirm TOPIC, or typing the name, is needed.",
		.columns = topic_change_columns,
		.column_count = &topic_change_column_count,
		.mutates = true,
		.plans = true,
		.run = topic_truncate_run,
	},
	{
		.name = "topic delete",
		.words = "TOPIC...",
		.summary = "delete topics with their records",
		.description =
			"The plan shows records, the newest one, and the groups that read the topic. Several topics are "
			"deleted one by one, each with its result. It cannot be undone: --confirm NAME (NAME,NAME for "
			"several), or typing it, is needed.",
		.columns = topic_change_columns,
		.column_count = &topic_change_column_count,
		.mutates = true,
		.plans = true,
		.run = topic_delete_run,
	},
	{
		.name = "topic elect",
		.words = "TOPIC...",
		.summary = "make preferred replicas leaders",
		.description =
			"Of all partitions, or those of -p. Partitions that their preferred replica leads already are left "
			"alone; what Kafka refuses is said by partition.",
		.columns = topic_change_columns,
		.column_count = &topic_change_column_count,
		.mutates = true,
		.plans = true,
		.run = topic_elect_run,
	},
	{
		.name = "broker alter",
		.words = "ID...",
		.summary = "change settings of brokers that run",
		.description =
			"Each broker named, by itself; defaults of the whole cluster cannot be set with librdkafka. Otherwise "
			"as weir topic alter.",
		.columns = topic_change_columns,
		.column_count = &topic_change_column_count,
		.mutates = true,
		.plans = true,
		.run = broker_alter_run,
	},
	{
		.name = "topic export",
		.words = "[TOPIC...]",
		.formats = "raw",
		.summary = "write topics as a file that weir topic apply reads",
		.description =
			"One section for each topic, or for those that are named: partitions, replication-factor and the "
			"configurations that are set on it; defaults are left out. Sorted by name, so that two files compare "
			"well. Kafka's own topics are written when they are named.",
		.columns = topic_apply_columns,
		.column_count = &topic_apply_column_count,
		.run = topic_export_run,
	},
	{
		.name = "topic clone",
		.words = "SOURCE TARGET",
		.summary = "make a topic like another one, with its records or without",
		.description =
			"Partitions, replication factor and the configurations that are set are those of SOURCE; with "
			"--to-bootstrap, --to-config or --to-context TARGET is made on another cluster. Without --execute only "
			"the plan is printed. TARGET must not exist.\n"
			"--data copies the records up to the end that SOURCE has then: partitions, order, keys, values, headers "
			"and timestamps stay, offsets do not, so that committed offsets do not fit the copy. TARGET gets "
			"message.timestamp.type=CreateTime, without which timestamps would not stay; on another cluster also "
			"the cleanup.policy and max.message.bytes in effect. Records of aborted transactions are left out. "
			"Ctrl-c ends in order.\n"
			"The same command goes on with a copy that was broken off, or fetches what came since. How far a copy is "
			"stands in $XDG_STATE_HOME/weir/clones, with the ids of both topics and a hash of the newest record "
			"known to be there; what the target holds beyond is compared with the source record by record before "
			"anything is written. A topic that such a state does not tell of is not written to.",
		.columns = topic_apply_columns,
		.column_count = &topic_apply_column_count,
		.mutates = true,
		.plans = true,
		.run = topic_clone_run,
	},
	{
		.name = "topic apply",
		.words = "FILE",
		.summary = "bring topics to what a file says: plan, then --execute",
		.description =
			"The file (or - for standard input) has a section for each topic: [NAME], then partitions = N, "
			"replication-factor = N and NAME = VALUE for each configuration, as weir topic export writes it. Topics "
			"that do not exist are created, partitions added, configurations set; what is set on a topic and not in "
			"its section is reset to the default. Other topics are left alone, unless --prune deletes them.\n"
			"Without --execute only the plan is printed, which the brokers have checked. Fewer partitions and another "
			"replication factor are refused, and where one item is refused nothing is changed. Each change goes to "
			"the journal, is made, read back and told by itself; the exit status is 1 unless all were done.",
		.columns = topic_apply_columns,
		.column_count = &topic_apply_column_count,
		.mutates = true,
		.plans = true,
		.run = topic_apply_run,
	},
	{
		.name = "undo",
		.words = "[ID]",
		.summary = "the journal of changes, and taking one back",
		.description =
			"Without ID the newest changes are listed, with how each ended; one that was cut short has no result. "
			"With ID what was committed before that change is planned and, with --execute, committed again, with "
			"its metadata and leader epoch; where nothing was committed, the commit is deleted, which Kafka "
			"refuses while the topic is subscribed. The cluster must be the one the change was made on.",
		.columns = undo_columns,
		.column_count = &undo_column_count,
		.mutates = true,
		.plans = true,
		.run = undo_run,
	},
};

const size_t command_count = sizeof(commands) / sizeof(commands[0]);

const struct command *command_find(const char *name)
{
	for (size_t i = 0; i < command_count; i++)
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	return NULL;
}

const char *command_second_word(const struct command *command)
{
	const char *blank = strchr(command->name, ' ');

	return blank ? blank + 1 : NULL;
}

size_t command_first_len(const struct command *command)
{
	return strcspn(command->name, " ");
}

static bool in_family(const struct command *command, const char *word, size_t len)
{
	return command_second_word(command) && command_first_len(command) == len &&
		memcmp(command->name, word, len) == 0;
}

bool command_opens_family(size_t index)
{
	const struct command *c = &commands[index];

	if (!command_second_word(c))
		return false;
	for (size_t i = 0; i < index; i++)
		if (in_family(&commands[i], c->name, command_first_len(c)))
			return false;
	return true;
}

bool command_is_family(const char *word)
{
	for (size_t i = 0; i < command_count; i++)
		if (in_family(&commands[i], word, strlen(word)))
			return true;
	return false;
}

void command_list_family(struct str *out, const char *word)
{
	for (size_t i = 0; i < command_count; i++)
		if (in_family(&commands[i], word, strlen(word)))
			str_addf(out, "%s%s", out->len ? ", " : "", command_second_word(&commands[i]));
}

const char *command_near(const char *name)
{
	struct near near = {.word = name};

	for (size_t i = 0; i < command_count; i++)
		near_offer(&near, commands[i].name);
	return near.best;
}

const char *output_format_name(enum output_format format)
{
	static const char *const names[] = {"table", "json", "csv", "raw"};

	_Static_assert(sizeof(names) / sizeof(names[0]) == OUTPUT_FORMAT_COUNT, "a name for each format");
	return names[format];
}

bool command_has_format(const struct command *command, const char *name)
{
	const char *formats = command && command->formats ? command->formats : "table json csv";
	size_t len = strlen(name);

	for (const char *p = formats; (p = strstr(p, name)); p += len)
		if ((p == formats || p[-1] == ' ') && (p[len] == ' ' || p[len] == '\0'))
			return true;
	return false;
}
