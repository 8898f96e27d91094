/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/command_args.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void text_list_append(struct text_list *list, const char *text)
{
	list->items = mem_realloc(list->items, (list->count + 1) * sizeof(*list->items));
	list->items[list->count++] = text;
}

void text_list_release(struct text_list *list)
{
	free(list->items);
	*list = (struct text_list){ 0 };
}

bool text_list_admits(const struct text_list *list, const char *text)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->items[i], text) == 0)
			return true;
	return list->count == 0;
}

void command_args_release(struct command_args *args)
{
	text_list_release(&args->groups);
	text_list_release(&args->topics);
	text_list_release(&args->produce.headers);
	text_list_release(&args->topic.config);
	text_list_release(&args->topic.add_config);
	text_list_release(&args->topic.delete_config);
}
