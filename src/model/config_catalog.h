/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a configuration of a topic or broker is: type, default, allowed values,
 * unit, and a sentence about it. Brokers do not tell clients this, so it is a
 * table made from the ConfigDefs of the Kafka that weir is tested with (`make
 * config-catalog`). Another version may have other names, so a name that is not
 * in the table is unknown, not wrong. Constant data, any thread.
 */
#ifndef MODEL_CONFIG_CATALOG_H
#define MODEL_CONFIG_CATALOG_H

#include <stdbool.h>
#include <stddef.h>

enum config_scope { CONFIG_BROKER, CONFIG_TOPIC, CONFIG_SCOPE_COUNT };

enum config_type { /* Kafka's ConfigDef.Type */
	CONFIG_BOOLEAN,
	CONFIG_STRING,
	CONFIG_INT,
	CONFIG_SHORT,
	CONFIG_LONG,
	CONFIG_DOUBLE,
	CONFIG_LIST,
	CONFIG_CLASS,
	CONFIG_PASSWORD,
	CONFIG_TYPE_COUNT
};

enum config_unit {
	CONFIG_UNIT_NONE, /* not a quantity */
	CONFIG_UNIT_MS,
	CONFIG_UNIT_SECONDS,
	CONFIG_UNIT_MINUTES,
	CONFIG_UNIT_HOURS,
	CONFIG_UNIT_BYTES,
	CONFIG_UNIT_BYTES_PER_S,
	CONFIG_UNIT_COUNT,
	CONFIG_UNIT_RATIO,
	CONFIG_UNIT_KINDS
};

enum config_mode { /* how it can be set */
	CONFIG_PER_TOPIC,
	CONFIG_PER_BROKER,   /* on a running broker, for this broker alone */
	CONFIG_CLUSTER_WIDE, /* on a running broker, for this broker or for all */
	CONFIG_READ_ONLY     /* in the broker's file */
};

enum config_rule {
	CONFIG_RULE_ANY,
	CONFIG_RULE_RANGE, /* a number within min and max, or `other` */
	CONFIG_RULE_WORD,  /* one of `words`, in their case */
	CONFIG_RULE_WORD_ANY_CASE,
	CONFIG_RULE_LIST, /* words of `words`, or any when NULL; none twice */
	CONFIG_RULE_LIST_NOT_EMPTY,
	CONFIG_RULE_NOT_EMPTY,
	CONFIG_RULE_REPLICAS, /* "partition:broker,..." or "*" */
	CONFIG_RULE_OWN       /* a rule that only the broker knows */
};

struct config_def {
	enum config_scope scope;
	const char *name;
	enum config_type type;
	enum config_unit unit;
	enum config_mode mode;
	const char *default_value; /* as Kafka writes it; NULL: null, or none at all (`required`) */
	bool required;
	bool endless;            /* -1 is a value and means no limit */
	const char *broker_name; /* for a topic's: the broker's configuration that is its default; NULL: none */
	enum config_rule rule;
	bool has_min, has_max, has_other;
	double min, max, other;
	const char *words; /* "compact|delete" */
	const char *doc;   /* one sentence; NULL when the table is newer than the sentences */
};

/* NULL when it is not known. A broker's name may begin with "listener.name.NAME.". */
const struct config_def *config_catalog_find(enum config_scope scope, const char *name);
/*
 * The name in this scope of something that has another name in the other scope: retention.ms of topics is
 * log.retention.ms of brokers, and also log.retention.hours, for which topics have only milliseconds. NULL when
 * there is none.
 */
const char *config_catalog_synonym(enum config_scope scope, const char *name);
/* The known name that was most likely meant: a synonym, else a similar one; NULL when none is near. */
const char *config_catalog_near(enum config_scope scope, const char *name);
/* All of a scope, sorted by name. */
const struct config_def *config_catalog_list(enum config_scope scope, size_t *count);

const char *config_type_name(enum config_type type); /* "long", as in Kafka's documentation */
const char *config_unit_name(enum config_unit unit); /* "ms", "bytes", "bytes/s", "count", ...; "" none */

#endif
