/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Everything a user can do is one row of one table (src/app/action.c). It feeds key
 * dispatch, the ? help, footer hints, the : palette and its completion, user key
 * bindings, --print-actions, README and man page. UI thread; the table is const.
 */
#ifndef UI_ACTION_H
#define UI_ACTION_H

#include <stdbool.h>
#include <stddef.h>

struct ui;
struct view_ops;

enum action_id {
	ACTION_NONE,
	/* moving */
	ACTION_UP,
	ACTION_DOWN,
	ACTION_TOP,
	ACTION_BOTTOM,
	ACTION_PAGE_UP,
	ACTION_PAGE_DOWN,
	ACTION_LEFT,
	ACTION_RIGHT,
	ACTION_OPEN,
	ACTION_BACK,
	ACTION_QUIT,
	ACTION_CANCEL,
	/* views */
	ACTION_VIEW_OVERVIEW,
	ACTION_VIEW_BROKERS,
	ACTION_VIEW_TOPICS,
	ACTION_VIEW_GROUPS,
	ACTION_VIEW_MESSAGES,
	ACTION_VIEW_LOG,
	ACTION_VIEW_HELP,
	ACTION_LAST_VIEW,
	ACTION_ARMED,
	ACTION_BROKER,
	ACTION_TOPIC,
	ACTION_GROUP, /* palette: open one by name */
	ACTION_NEXT_PANE,
	ACTION_PREV_PANE, /* parts of a detail view (Tab) */
	/* data */
	ACTION_REFRESH,
	ACTION_INTERVAL,
	ACTION_PAUSE,
	ACTION_ISOLATION,
	/* tables */
	ACTION_FILTER,
	ACTION_FIND_NEXT,
	ACTION_FIND_PREV,
	ACTION_PROBLEMS,
	ACTION_ONLY_LAG,
	ACTION_COLUMNS,
	ACTION_SORT_NEXT,
	ACTION_SORT,
	ACTION_SORT_REVERSE,
	ACTION_INTERNAL,
	ACTION_MARK,
	ACTION_MARK_ALL,
	ACTION_UNMARK_ALL,
	ACTION_COPY,
	ACTION_COPY_ROW,
	ACTION_COPY_COMMAND, /* the equivalent command of Kafka's own tool */
	ACTION_COMPARE,      /* marked records, topics or brokers */
	ACTION_EXPORT,
	ACTION_WRAP,
	/* changes */
	ACTION_PRODUCE,
	ACTION_PRODUCE_FILE,
	ACTION_ADD,
	ACTION_EDIT,
	ACTION_SETTING_DEFAULT,
	ACTION_PARTITIONS,
	ACTION_TRUNCATE,
	ACTION_ELECT,
	ACTION_CLONE,
	ACTION_RESET,
	ACTION_DELETE,
	ACTION_UNDO,
	ACTION_VIEW_JOURNAL,
	/* messages */
	ACTION_TAIL, /* of the topics that are listed elsewhere */
	ACTION_FOLLOW,
	ACTION_OLDER,
	ACTION_NEWER,
	ACTION_GO_TO,
	ACTION_SEARCH,
	ACTION_SEARCH_EVERYWHERE,
	ACTION_STATEMENT,
	ACTION_SAVED_FILTER,
	ACTION_SAME_KEY_NEXT,
	ACTION_SAME_KEY_PREV,
	ACTION_DECODER,
	ACTION_KEY_DECODER,
	ACTION_COLUMN,
	ACTION_COPY_KEY,
	ACTION_PAGER,
	ACTION_EDITOR,
	ACTION_FOLD_ALL,
	/* look */
	ACTION_PALETTE,
	ACTION_THEME,
	ACTION_TIME_ZONE,
	ACTION_REDRAW,
	ACTION_SUSPEND,
	ACTION_COUNT
};

enum {
	ACTION_MUTATES = 1 << 0,  /* refused in read-only mode, in one place, before its function runs */
	ACTION_CONFIRMS = 1 << 1, /* asks before it acts */
	ACTION_HIDDEN = 1 << 2,   /* not in the footer's hints */
};

/* What a view can do: it says so in view_ops.capabilities, and an action says which of them it fits. */
enum view_capability {
	VIEW_TABLE = 1 << 0,    /* rows that are sorted, marked and exported, columns that are chosen */
	VIEW_PROBLEMS = 1 << 1, /* some of its rows can have a problem */
	VIEW_LAG = 1 << 2,      /* some of its rows have lag */
	VIEW_PANES = 1 << 3,    /* parts to go to and fro between */
	VIEW_TEXT = 1 << 4,     /* lines that are searched and wrapped */
	VIEW_FOLD = 1 << 5,     /* text that is folded */
	VIEW_FEED = 1 << 6,     /* records of a feed, that is moved, followed and searched */
	VIEW_RECORD = 1 << 7,   /* a record under the cursor, with its decoders */
	VIEW_PAGER = 1 << 8,    /* text for the user's pager */
	VIEW_EDITOR = 1 << 9,   /* a value for the user's editor */
	VIEW_TAIL = 1 << 10,    /* topics whose records can be read */
	VIEW_TOPICS = 1 << 11,  /* topics that can be changed */
	VIEW_CONFIG = 1 << 12,  /* settings that can be changed */
	VIEW_EDIT = 1 << 13,    /* something that `edit` changes */
	VIEW_DELETE = 1 << 14,  /* something that can be deleted */
	VIEW_UNDO = 1 << 15,    /* the way to what weir changed */
};

/* What dispatch must do next. */
enum action_result {
	ACTION_IGNORED, /* not handled: dispatch may try the next layer */
	ACTION_HANDLED,
	ACTION_EXIT
};

struct action {
	const char *name;     /* palette and binding name: "sort-reverse" */
	const char *group;    /* heading in help: "Moving", "Tables", ... */
	const char *keys;     /* default keys, space separated: "j Down"; NULL: palette only */
	unsigned fits;        /* VIEW_*: it works in views with one of these; 0: in all */
	const char *argument; /* "[COLUMN]", "NAME"; NULL: none */
	const char *hint;     /* a word or two for the footer, NULL: never there */
	const char *help;     /* one sentence */
	const char *words;    /* others that people look for it by; the search of the help finds them. Or NULL */
	unsigned flags;
	enum action_result (*run)(struct ui *ui, enum action_id id, const char *arg);
};

/* The table, indexed by id; row ACTION_NONE is empty. Handed to whoever needs it: no layer below names it. */
struct action_set {
	const struct action *rows;
	size_t count;
	const struct view_ops *const *views; /* all that there are; NULL ends them */
};

bool action_fits(const struct action *a, const struct view_ops *view);
enum action_id action_find(const struct action_set *set, const char *name);

#endif
