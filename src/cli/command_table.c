/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/command_table.h"

#include <string.h>

#include "base/near.h"

const struct command commands[COMMAND_COUNT] = {
	[COMMAND_LAG] = {
		.name = "lag",
		.summary = "consumer lag, one row per group, topic and partition",
		.description =
			"Committed offsets are read first, end offsets after them. LAG counts the records still to be "
			"read: log end offset minus committed offset, or minus the log start offset if that is "
			"larger. LOST counts the records that retention removed before the group read them. Their sum "
			"is the LAG of kafka-consumer-groups. If nothing was ever committed, if the committed offset "
			"lies beyond the end, or if the end is not known, the lag is unknown: a dash, null in JSON, "
			"empty in CSV, and NOTE says why. Unknown is never 0.",
	},
	[COMMAND_GROUPS] = {
		.name = "groups",
		.formats = "table json csv name",
		.summary = "consumer groups: type, state, members and total lag",
		.description =
			"LAG is the sum over partitions with known lag; UNKNOWN counts the others. librdkafka "
			"lists consumer groups only: no Connect, share or streams groups. NOTE says what is wrong.",
	},
	[COMMAND_TOPICS] = {
		.name = "topics",
		.formats = "table json csv name",
		.summary = "topics: partitions, replication, health, records, retention",
		.description =
			"RECORDS is the sum of log end minus log start, an upper bound if the topic is compacted or "
			"transactional. JSON lists the partitions with leader, replicas, ISR and offsets. GROUPS "
			"counts the consumer groups that read the topic, LAG is the sum of what they have still to read, and "
			"WORST GROUP is the one with the most. NOTE says what is wrong.",
	},
	[COMMAND_BROKERS] = {
		.name = "brokers",
		.formats = "table json csv name",
		.summary = "brokers: host, rack, leaders, replicas in sync",
		.description =
			"A broker that appears only in replica lists is shown as missing. SKEW compares a broker's number of "
			"leaders with the mean. NOTE says what is wrong.",
	},
	[COMMAND_CONTEXTS] = {
		.name = "contexts",
		.formats = "table json csv name",
		.summary = "contexts of the configuration file, for -c",
		.description =
			"Lists each [context NAME] as written in the file; no cluster is contacted, and ${env:...}, ${file:...} and "
			"${cmd:...} are not resolved. DEFAULT marks the context that is used without -c, -b and -F.",
		.offline = true,
	},
	[COMMAND_TAIL] = {
		.name = "tail",
		.words = "TOPIC...",
		.formats = "table json raw",
		.summary = "print records of topics: the newest, from any point, filtered, or live",
		.description =
			"A TOPIC that begins with ^ is a regular expression. Without --from, --last and --filter the "
			"newest 10 records are printed, merged by time. WHERE is earliest, latest, -N (the last N offsets "
			"of each partition), N (an offset), @MS (Unix milliseconds), a date and time, 10:30, yesterday "
			"14:00, -15m (that long ago) or group:NAME (its committed offsets); --to is not included. Reading "
			"stops at the end that the log had when reading began, unless --follow or --from latest is given. No consumer "
			"group is joined and nothing is committed.\n"
			"--filter takes an expression on key, value, header.NAME, partition, offset, timestamp, size and "
			"topic: 'value.items[*].sku == \"W-1\" and (key ~ ^u-8 or header.trace-id exists)'; bare words "
			"mean contains. For a complete key (key == \"...\") only the partitions are read that the default "
			"partitioners choose for it. What was searched is reported on standard error.",
	},
	[COMMAND_PRODUCE] = {
		.name = "produce",
		.words = "TOPIC",
		.formats = "json raw",
		.mutates = true,
		.summary = "write records from standard input to a topic",
		.description =
			"Standard input holds one record per line: JSON objects as weir tail -o json prints them, which are "
			"written byte for byte, or with -o raw the values only. In JSON, key and value are strings of "
			"UTF-8, or null; key_base64 and value_base64 give other bytes; any other JSON value is written as its "
			"text. A record must have a value: null writes a tombstone. headers is a list of objects with key "
			"and value, or an object. Topic and offset of a line are ignored, and so are its partition and timestamp "
			"without --keep-partition and --keep-timestamp.\n"
			"Every record is written once, in the order of the lines within a partition (an idempotent "
			"producer). A topic is never created. After the first line that cannot be read or delivered, nothing "
			"more is sent; weir waits for records in flight and prints the --lines to continue with on "
			"standard error. Ctrl-c stops in the same way. With --verbose the result of each line is printed as "
			"a JSON object.",
	},
	[COMMAND_RESET] = {
		.name = "reset",
		.summary = "move a group's committed offsets: plan, then --execute",
		.description =
			"Without --execute the plan is printed and nothing is changed: for each partition the committed offset, "
			"log start and end, the target and its effect. With --execute the change is written to the "
			"journal ($XDG_STATE_HOME/weir/journal), applied, read back and compared; weir undo reverts it. A "
			"group with members is refused, unless --wait-empty waits for it to be empty. An offset outside the "
			"log is clamped to it, a time after the last record means the end of the log, partitions without a "
			"leader are left out; a note says so. Skipped and re-read records are counted in offsets, which "
			"overcount if a topic is compacted or transactional. The time to catch up is not estimated, because "
			"a stopped group has no rate; the remaining records are compared with the traffic of the "
			"last 10 minutes, or of the last minute if the log does not go back that far.\n"
			"A TIME without zone is UTC. A file is CSV from kafka-consumer-groups --export, with or "
			"without groups; JSON with topic, partition and offset (or target_offset), one object per line; or a "
			"line of the journal, which restores what was committed before.",
		.mutates = true,
		.plans = true,
	},
	[COMMAND_GROUP_DELETE] = {
		.name = "group delete",
		.summary = "delete groups with their committed offsets",
		.description =
			"Without --execute only the plan is printed. The committed offsets are saved in the journal; weir "
			"undo commits them again. A group with members is refused.",
		.mutates = true,
		.plans = true,
	},
	[COMMAND_GROUP_DELETE_OFFSETS] = {
		.name = "group delete-offsets",
		.summary = "delete committed offsets of some partitions",
		.description =
			"Without --execute only the plan is printed. Kafka refuses this while a member subscribes to the topic. "
			"The committed offsets are saved in the journal; weir undo commits them again.",
		.mutates = true,
		.plans = true,
	},
	[COMMAND_TOPIC_CREATE] = {
		.name = "topic create",
		.words = "TOPIC...",
		.summary = "create topics: partitions, replicas, settings",
		.description =
			"Without --execute only the plan is printed: the broker's validation, the "
			"settings, and the place of each replica. Replicas are spread evenly over racks and brokers, unless "
			"--replica-assignment places them or the broker does (--broker-placement, or no --replication-factor). "
			"Names that are invalid or collide with others are refused, and suspicious settings cause warnings. "
			"With --execute the change is written to the journal, applied and read back.",
		.mutates = true,
		.plans = true,
	},
	[COMMAND_TOPIC_ALTER] = {
		.name = "topic alter",
		.words = "TOPIC...",
		.summary = "change settings of topics",
		.description =
			"Without --execute only the difference is printed, as the broker validated it. Only the named settings are "
			"changed (IncrementalAlterConfigs). Before the change the settings are compared with those of the "
			"plan; if somebody else changed one meanwhile, the change is refused. weir undo reverts it.",
		.mutates = true,
		.plans = true,
	},
	[COMMAND_TOPIC_PARTITIONS] = {
		.name = "topic partitions",
		.words = "TOPIC",
		.summary = "add partitions to a topic",
		.description =
			"--partitions N is the new total. New replicas are spread over racks and brokers, "
			"taking existing ones into account. Keys will map to other partitions: the plan warns of that with the "
			"share of sampled keys that would move. Partitions can be added but never removed.",
		.mutates = true,
		.plans = true,
	},
	[COMMAND_TOPIC_TRUNCATE] = {
		.name = "topic truncate",
		.words = "TOPIC",
		.summary = "delete records from the beginning of a topic",
		.description =
			"Deletes up to an offset (--to-offset), a time (--to-datetime) or the log end (--to-latest), in all "
			"partitions or those of -p. The plan shows how many records are deleted at most and which groups have not "
			"read them. Kafka refuses this for topics whose cleanup.policy is compact only. It cannot be undone: "
			"confirm with --confirm TOPIC or by typing the name.",
		.mutates = true,
		.plans = true,
	},
	[COMMAND_TOPIC_DELETE] = {
		.name = "topic delete",
		.words = "TOPIC...",
		.summary = "delete topics with their records",
		.description =
			"The plan shows the number of records, the newest record, and the groups that read the topic. Several "
			"topics are deleted one by one, each with its result. It cannot be undone: confirm with --confirm NAME "
			"(NAME,NAME for several) or by typing the name.",
		.mutates = true,
		.plans = true,
	},
	[COMMAND_TOPIC_ELECT] = {
		.name = "topic elect",
		.words = "TOPIC...",
		.summary = "elect the preferred replicas as leaders",
		.description =
			"Applies to all partitions, or those of -p. Partitions already led by their preferred replica are left "
			"alone; refusals of Kafka are reported per partition.",
		.mutates = true,
		.plans = true,
	},
	[COMMAND_BROKER_ALTER] = {
		.name = "broker alter",
		.words = "ID...",
		.summary = "change dynamic settings of brokers",
		.description =
			"Changes each named broker; cluster-wide defaults cannot be set with librdkafka. Otherwise it works "
			"like weir topic alter.",
		.mutates = true,
		.plans = true,
	},
	[COMMAND_TOPIC_EXPORT] = {
		.name = "topic export",
		.words = "[TOPIC...]",
		.formats = "raw",
		.summary = "write topics to standard output for weir topic apply",
		.description =
			"Writes one section per topic, or per named topic: partitions, replication-factor and the "
			"settings of the topic; defaults are left out. The output is sorted by name, so that two files can be "
			"compared. Internal topics of Kafka are written only if named.",
	},
	[COMMAND_TOPIC_CLONE] = {
		.name = "topic clone",
		.words = "SOURCE TARGET",
		.summary = "copy a topic: its settings, and with --data its records",
		.description =
			"TARGET gets the partitions, replication factor and settings of SOURCE; with "
			"--to-bootstrap, --to-config or --to-context it is created on another cluster. Without --execute only "
			"the plan is printed. TARGET must not exist.\n"
			"--data copies the records up to the current end of SOURCE. Partitions, order, keys, values, headers "
			"and timestamps are kept; offsets are not, so committed offsets do not fit the copy. TARGET gets "
			"message.timestamp.type=CreateTime, which keeps the timestamps; on another cluster also "
			"the effective cleanup.policy and max.message.bytes. Records of aborted transactions are left out. "
			"Ctrl-c stops the copy cleanly.\n"
			"The same command resumes an interrupted copy, or copies records that arrived since. The progress of a copy "
			"is kept in $XDG_STATE_HOME/weir/clones, with the ids of both topics and a hash of the newest record "
			"known to be copied; records that the target holds beyond it are compared with the source one by one before "
			"anything is written. weir does not write to an existing topic without such a state.",
		.mutates = true,
		.plans = true,
	},
	[COMMAND_TOPIC_APPLY] = {
		.name = "topic apply",
		.words = "FILE",
		.summary = "make topics match a file: plan, then --execute",
		.description =
			"The file (or - for standard input) has a section for each topic: [NAME], then partitions = N, "
			"replication-factor = N and NAME = VALUE for each setting, as weir topic export writes it. Missing topics "
			"are created, partitions added, settings changed; a setting that is not in the section of its topic "
			"is reset to the default. Other topics are left alone, unless --prune deletes them.\n"
			"Without --execute only the plan is printed, validated by the brokers. Fewer partitions and another "
			"replication factor are refused, and if one item is refused, nothing is changed. Each change is written to "
			"the journal, applied, read back and reported; the exit status is 1 unless all succeeded.",
		.mutates = true,
		.plans = true,
	},
	[COMMAND_UNDO] = {
		.name = "undo",
		.words = "[ID]",
		.summary = "list the journal of changes, and undo one",
		.description =
			"Without ID the newest changes are listed with their results; an interrupted change has none. "
			"With ID the plan restores what was there before that change: settings, or committed offsets with "
			"their metadata and leader epoch; --execute applies it. If nothing was committed before, the commit is "
			"deleted, which Kafka refuses while the topic is subscribed. The cluster must be the same as for the change.",
		.mutates = true,
		.plans = true,
	},
	[COMMAND_HELP] = {
		.name = "help",
		.words = "[TOPIC]",
		.summary = "explain a topic of the manual, or a command",
		.description =
			"Without TOPIC the topics and the commands are listed. On a terminal a page that does not fit is shown "
			"by $PAGER, or less.",
		.offline = true,
	},
};

const size_t command_count = COMMAND_COUNT;

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

bool command_in_family(const struct command *command, const char *word, size_t len)
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
		if (command_in_family(&commands[i], c->name, command_first_len(c)))
			return false;
	return true;
}

bool command_is_family(const char *word)
{
	for (size_t i = 0; i < command_count; i++)
		if (command_in_family(&commands[i], word, strlen(word)))
			return true;
	return false;
}

void command_list_family(struct str *out, const char *word, size_t len, const char *between)
{
	const char *before = "";

	for (size_t i = 0; i < command_count; i++)
		if (command_in_family(&commands[i], word, len)) {
			str_addf(out, "%s%s", before, command_second_word(&commands[i]));
			before = between;
		}
}

const char *command_near(const char *name)
{
	struct near near = { .word = name };

	for (size_t i = 0; i < command_count; i++)
		near_offer(&near, commands[i].name);
	return near.best;
}

const char *output_format_name(enum output_format format)
{
	static const char *const names[] = { "table", "json", "csv", "raw", "name" };

	_Static_assert(sizeof(names) / sizeof(names[0]) == OUTPUT_FORMAT_COUNT, "a name for each format");
	return names[format];
}

const char *command_formats(const struct command *command)
{
	return command && command->formats ? command->formats : "table json csv";
}

bool command_has_format(const struct command *command, const char *name)
{
	const char *formats = command_formats(command);
	size_t len = strlen(name);

	for (const char *p = formats; (p = strstr(p, name)); p += len)
		if ((p == formats || p[-1] == ' ') && (p[len] == ' ' || p[len] == '\0'))
			return true;
	return false;
}
