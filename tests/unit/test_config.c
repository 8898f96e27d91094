/* SPDX-License-Identifier: BSD-2-Clause */
/* The configuration file, its references, and what is made of them for a connection. */
#include "tests/unit/unit.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "setup/config.h"
#include "setup/connect.h"

static char folder[] = "/tmp/weir-config-XXXXXX";

static int make_folder(void **state)
{
	(void)state;
	return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
	(void)state;
	return rmdir(folder);
}

static char *write_file(const char *name, const char *text, mode_t mode)
{
	char *path = mem_printf("%s/%s", folder, name);
	FILE *out = fopen(path, "w");

	assert_non_null(out);
	fputs(text, out);
	fclose(out);
	assert_int_equal(chmod(path, mode), 0);
	return path;
}

static void test_sections(void **state)
{
	static const char text[] =
		"# comment\n[weir]\ntheme = light\n\n[context prod]\nbootstrap.servers = k:9092\n"
		"read-only = yes\nsasl.jaas.config = a = b; c\n[context  the test]\ncolor=red\ncolor=blue\n"
		"[keys]\nsort-reverse = S Alt-s\nquit =\n[weir]\nutc = yes\n";
	struct config_file c;
	struct error err;

	(void)state;
	assert_true(config_parse(&c, "config", text, sizeof(text) - 1, NULL, &err));
	assert_int_equal(c.weir.count, 2);
	assert_string_equal(config_get(&c.weir, "theme"), "light");
	assert_int_equal(c.context_count, 2);
	const struct config_section *prod = config_context(&c, "prod");
	assert_int_equal(prod->count, 3);
	assert_int_equal(prod->items[2].line, 8);
	assert_string_equal(prod->items[2].value, "a = b; c");
	assert_string_equal(config_get(config_context(&c, "the test"), "color"), "blue");
	assert_null(config_get(prod, "nothing"));
	assert_null(config_context(&c, "none"));
	assert_string_equal(config_context_near(&c, "prd"), "prod");
	assert_int_equal(c.keys.count, 2);
	assert_string_equal(config_get(&c.keys, "quit"), "");
	config_release(&c);
}

static void test_errors_name_their_line(void **state)
{
	static const struct {
		const char *text, *message;
	} rows[] = {
		{ "theme = x\n", "config:1: before any [section]: theme" },
		{ "[wier]\n", "config:1: unknown section wier; did you mean weir?" },
		{ "[contxt a]\n", "config:1: unknown section contxt a; did you mean context?" },
		{ "\n[zzzzzzzz]\n", "config:2: unknown section zzzzzzzz" },
		{ "[context]\n", "config:1: a context needs a name: [context NAME]" },
		{ "[context a]\n[context a]\n", "config:2: a second context a" },
		{ "[context a]\nsecret without equals\n", "config:2: expected [section] or name = value" },
		{ "[context a]\n\nsecurity.protocl = ssl\n",
			"config:3: unknown key security.protocl; did you mean security.protocol?" },
		{ "[context a]\nread-onyl = yes\n", "config:2: unknown key read-onyl; did you mean read-only?" },
		{ "[context a]\n\x1b[31m = 1\n", "config:2: unknown key ^[[31m" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct config_file c;
		struct error err;

		if (config_parse(&c, "config", rows[i].text, strlen(rows[i].text), connect_knows_key, &err))
			fail_msg("row %zu was taken", i);
		assert_int_equal(err.code, ERR_USAGE);
		assert_text(i, err.message, rows[i].message);
	}
}

static void test_long_values_stay_whole(void **state)
{
	struct str text = { 0 };
	struct config_file c;

	(void)state;
	str_add(&text, "[context a]\nsasl.jaas.config = ");
	str_add_fill(&text, 'x', 5000);
	assert_true(config_parse(&c, "config", text.p, text.len, NULL, NULL));
	assert_int_equal(strlen(config_get(&c.contexts[0], "sasl.jaas.config")), 5000);
	config_release(&c);
	str_release(&text);
}

static void check_expansion(const char *value, const char *path, const char *want)
{
	struct error err;
	char *got = config_expand(value, path, &err);

	assert_string_equal(got ? got : err.message, want);
	free(got);
}

static void test_references(void **state)
{
	char *secret = write_file("secret", "hunter2\n", 0600);
	char *config = write_file("config", "", 0600);
	char *value = mem_printf("a${file:%s}z", secret);

	(void)state;
	setenv("WEIR_TEST_VALUE", "from env", 1);
	unsetenv("WEIR_TEST_NOTHING");
	check_expansion("plain $HOME {x}", config, "plain $HOME {x}");
	check_expansion("${env:WEIR_TEST_VALUE}!", config, "from env!");
	check_expansion("${env:WEIR_TEST_NOTHING}", config, "environment variable WEIR_TEST_NOTHING is not set");
	check_expansion("$${env:X}", config, "${env:X}");
	check_expansion(value, config, "ahunter2z");
	check_expansion("${file:/nonexistent/x}", config, "/nonexistent/x: No such file or directory");
	check_expansion("${cmd:printf '%s\\n' \"{a}\"}", config, "{a}");
	check_expansion("${cmd:exit 3}", config, "${cmd:...} ended with status 3");
	check_expansion("x${env:A", config, "${ without a closing }");
	check_expansion("p${a}ss", config,
		"only ${env:NAME}, ${file:PATH} and ${cmd:COMMAND} are supported; $${ is a plain ${");
	unlink(secret);
	unlink(config);
	free(value);
	free(secret);
	free(config);
}

static void test_an_expanded_value_has_a_limit(void **state)
{
	struct str text = { 0 }, value = { 0 };
	char *file;

	(void)state;
	str_add_fill(&text, 'x', 250 << 10);
	file = write_file("large", text.p, 0600);
	for (int i = 0; i < 5; i++)
		str_addf(&value, "${file:%s}", file);
	check_expansion(value.p, "config", "with what ${...} stands for it is longer than 1 MiB");
	unlink(file);
	free(file);
	str_release(&value);
	str_release(&text);
}

static void test_commands_need_a_file_that_only_its_owner_writes(void **state)
{
	char *config = write_file("config", "", 0620);
	struct error err;

	(void)state;
	assert_null(config_expand("${cmd:true}", config, &err));
	assert_non_null(strstr(err.message, "others may write"));
	chmod(config, 0602);
	assert_null(config_expand("${cmd:true}", config, &err));
	chmod(config, 0600);
	chmod(folder, 0777);
	assert_null(config_expand("${cmd:true}", config, &err));
	chmod(folder, 0700);
	char *value = config_expand("${cmd:true}", config, &err);
	assert_non_null(value);
	free(value);
	unlink(config);
	free(config);
}

/* What weir and its libraries keep open is nothing to a program of the user's. */
static void test_commands_get_the_standard_files_alone(void **state)
{
	char *config = write_file("config", "", 0600);
	int ours[2];

	(void)state;
	assert_int_equal(pipe(ours), 0);
	check_expansion("${cmd:ls /proc/$$/fd; true}", config, "0\n1\n2");
	/* Nor is it that weir hears of a broken pipe by an error of write(). */
	void (*before)(int) = signal(SIGPIPE, SIG_IGN);

	check_expansion("${cmd:sh -c 'kill -PIPE $$; echo alive'; true}", config, "");
	signal(SIGPIPE, before);
	close(ours[0]);
	close(ours[1]);
	unlink(config);
	free(config);
}

/* Shells set it when they ask for names of topics and groups: a key press runs no command of the configuration. */
static void test_no_command_runs_where_none_is_wanted(void **state)
{
	char *config = write_file("config", "", 0600), *ran = mem_printf("%s/ran", folder);
	char *value = mem_printf("${cmd:touch %s}", ran);

	(void)state;
	setenv("WEIR_NO_COMMANDS", "1", 1);
	check_expansion(value, config, "${cmd:...} is not run, because WEIR_NO_COMMANDS is set");
	check_expansion("a$${cmd:true}", config, "a${cmd:true}");
	assert_int_not_equal(access(ran, F_OK), 0);
	setenv("WEIR_NO_COMMANDS", "", 1);
	check_expansion(value, config, "");
	assert_int_equal(access(ran, F_OK), 0);
	unsetenv("WEIR_NO_COMMANDS");
	unlink(ran);
	unlink(config);
	free(value);
	free(ran);
	free(config);
}

static void expect_run(const char *path, const char *refused_for)
{
	struct error err = { 0 };
	char *value = config_expand("${cmd:echo ran}", path, &err);

	if (refused_for && (value || !strstr(err.message, refused_for)))
		fail_msg("%s: got %s, %s; want a refusal because of %s", path, value ? value : "none", err.message,
			refused_for);
	if (!refused_for && (!value || strcmp(value, "ran") != 0))
		fail_msg("%s: refused: %s", path, err.message);
	free(value);
}

/* FOLDER/mine/config -> FOLDER/outer/inner/config: whoever may change any of it may choose the command. */
static void test_commands_need_all_the_way_to_the_file(void **state)
{
	char *outer = mem_printf("%s/outer", folder), *inner = mem_printf("%s/inner", outer);
	char *mine = mem_printf("%s/mine", folder), *link = mem_printf("%s/config", mine);
	char *turn = mem_printf("%s/turn", mine), *turned = mem_printf("%s/../outer/inner/config", mine);
	char *config, *through = mem_printf("%s/inner/config", turn);

	(void)state;
	mkdir(outer, 0700);
	mkdir(inner, 0700);
	mkdir(mine, 0700);
	config = write_file("outer/inner/config", "", 0600);
	assert_int_equal(symlink("../outer/inner/config", link), 0);
	assert_int_equal(symlink(outer, turn), 0);
	expect_run(config, NULL);
	expect_run(link, NULL);
	expect_run(through, NULL);
	expect_run(turned, NULL);
	/* The folder that the link leads to, the one above it, and the one that holds the link. */
	chmod(inner, 0777);
	expect_run(config, inner);
	expect_run(link, inner);
	expect_run(through, inner);
	chmod(inner, 01777);
	expect_run(link, inner);
	chmod(inner, 0700);
	chmod(outer, 0777);
	expect_run(config, outer);
	expect_run(link, outer);
	expect_run(turned, outer);
	/* As /tmp: nobody can put another folder in the place of one's own. */
	chmod(outer, 01777);
	expect_run(config, NULL);
	chmod(outer, 0700);
	chmod(mine, 0770);
	expect_run(config, NULL);
	expect_run(link, mine);
	expect_run(through, mine);
	chmod(mine, 0700);
	chmod(config, 0620);
	expect_run(link, config);
	unlink(link);
	assert_int_equal(symlink(link, link), 0);
	expect_run(link, "Too many levels");
	unlink(link);
	expect_run(link, "No such file");
	unlink(turn);
	unlink(config);
	rmdir(inner);
	rmdir(outer);
	rmdir(mine);
	free(through);
	free(turned);
	free(turn);
	free(config);
	free(link);
	free(mine);
	free(inner);
	free(outer);
}

static void test_secrets_that_others_can_read(void **state)
{
	static const char text[] =
		"[context a]\nsasl.password = hunter2\nsasl.username = me\nssl.key.password = ${env:P}\n"
		"ssl.key.location = /x\nsasl.oauthbearer.client.secret = s\n";
	static const struct {
		unsigned mode;
		size_t warnings;
	} rows[] = { { 0600, 0 }, { 0400, 0 }, { 0640, 2 }, { 0604, 2 }, { 0644, 2 } };

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct config_file c;
		char *path = write_file("config", text, rows[i].mode);

		assert_true(config_load(&c, path, connect_knows_key, NULL));
		assert_int_equal(c.warning_count, rows[i].warnings);
		for (size_t k = 0; k < c.warning_count; k++)
			assert_null(strstr(c.warnings[k], "hunter2"));
		config_release(&c);
		unlink(path);
		free(path);
	}
}

static void test_where_it_lies(void **state)
{
	struct config_file c;
	struct error err;

	(void)state;
	setenv("XDG_CONFIG_HOME", "/x", 1);
	char *path = file_own_path(FILE_CONFIG, "config");
	assert_string_equal(path, "/x/weir/config");
	assert_true(config_load(&c, path, NULL, &err)); /* a missing one is empty */
	config_release(&c);
	free(path);
	setenv("XDG_CONFIG_HOME", "relative", 1);
	setenv("HOME", "/home/me", 1);
	path = file_own_path(FILE_CONFIG, "config");
	assert_string_equal(path, "/home/me/.config/weir/config");
	free(path);
	assert_false(config_load(&c, folder, NULL, &err));
	assert_int_equal(err.code, ERR_USAGE);
}

static bool resolve(struct connect *c, const char *config, const char *arguments, struct error *err)
{
	struct config_file file;
	struct options o;
	char line[200];
	char name[] = "weir";
	char *words[16] = { name };
	int count = 1;

	snprintf(line, sizeof(line), "%s", arguments);
	for (char *save = NULL, *word = strtok_r(line, " ", &save); word; word = strtok_r(NULL, " ", &save))
		words[count++] = word;
	error_clear(err);
	assert_true(options_parse(&o, count, words, err));
	assert_true(config_parse(&file, "config", config, strlen(config), connect_knows_key, err));
	if (config_get(&file.weir, "context"))
		assert_true(options_configure(&o, "context", config_get(&file.weir, "context"), err));
	bool ok = connect_resolve(c, &o.connect, &file, err);

	if (ok)
		c->context = NULL; /* borrowed from what goes now */
	config_release(&file);
	options_release(&o);
	return ok;
}

static void test_later_ones_win(void **state)
{
	static const char one[] =
		"[context a]\nbootstrap.servers = a:1\nclient.id = ctx\nread-only = yes\ncolor = red\n"
		"cluster-id = x\n";
	static const char two[] = "[weir]\ncontext = b\n[context a]\nbootstrap.servers = a:1\n"
				  "[context b]\nbootstrap.servers = b:1\nclient.id = ctx\n";
	char *properties = write_file("client.properties", "bootstrap.servers=f:1\nclient.id=file\n", 0600);
	char *with_file = mem_printf("-c a -F %s", properties);
	char *with_all = mem_printf("-X client.id=x -c a -b o:1 -F %s", properties);
	char *only_file = mem_printf("-F %s", properties);
	const struct {
		const char *config, *arguments, *bootstrap, *client_id;
	} rows[] = {
		{ one, "", "a:1", "ctx" },
		{ one, "-b o:1", "o:1", NULL }, /* its own cluster: no credentials of the default context */
		{ one, "-b o:1 -c a", "o:1", "ctx" },
		{ one, with_file, "f:1", "file" },
		{ one, with_all, "o:1", "x" },
		{ one, only_file, "f:1", "file" },
		{ one, "-X bootstrap.servers=x:1", "x:1", "ctx" },
		{ two, "", "b:1", "ctx" },
		{ two, "-c a", "a:1", NULL },
		{ "", "-X metadata.broker.list=m:1", "m:1", NULL },
		{ "", "-b kafka://k:1,PLAINTEXT://l:2,,[::1]:3,m", "k:1,l:2,[::1]:3,m", NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct connect c;
		struct error err;

		if (!resolve(&c, rows[i].config, rows[i].arguments, &err))
			fail_msg("row %zu: %s", i, err.message);
		assert_text(i, c.bootstrap, rows[i].bootstrap);
		if (!str_equal(client_config_get(c.client, "client.id"), rows[i].client_id))
			fail_msg("row %zu: client.id %s", i, client_config_get(c.client, "client.id"));
		connect_release(&c);
	}
	unlink(properties);
	free(properties);
	free(with_file);
	free(with_all);
	free(only_file);
}

static void test_own_keys_of_a_context(void **state)
{
	struct connect c;
	struct error err;

	(void)state;
	assert_true(resolve(&c, "[context a]\nbootstrap.servers=a:1\nread-only=yes\ncolor=#ff0000\ncluster-id=x\n", "",
		&err));
	assert_true(c.read_only);
	assert_string_equal(c.color, "#ff0000");
	assert_string_equal(c.cluster_id, "x");
	connect_release(&c);
}

static void test_what_cannot_be_resolved(void **state)
{
	static const struct {
		const char *config, *arguments, *message;
	} rows[] = {
		{ "", "",
			"no cluster given: use -b HOST:PORT, or write [context NAME] and bootstrap.servers = HOST:PORT "
			"into config" },
		{ "[context a]\ncolor=red\n[context b]\ncolor=red\n", "",
			"which cluster? Give -c CONTEXT (weir contexts lists them) or -b HOST:PORT, or write context = NAME "
			"under [weir] in config" },
		{ "[context prod]\nbootstrap.servers=a:1\n", "-c prd",
			"no context prd in config; did you mean prod? There are: prod" },
		{ "[context one]\nbootstrap.servers=a:1\n[context two]\nbootstrap.servers=a:1\n", "-c elsewhere",
			"no context elsewhere in config: there are one, two" },
		{ "", "-c x", "no context x in config, which has no contexts" },
		{ "[context a]\nbootstrap.servers=a:1\nread-only=maybe\n", "", "config:3: read-only: give yes or no" },
		{ "[context a]\nbootstrap.servers=${env:WEIR_TEST_NOTHING}\n", "",
			"config:2: environment variable WEIR_TEST_NOTHING is not set" },
		{ "", "-b http://a:1", "bootstrap.servers: http://a:1: give HOST:PORT without what stands before ://" },
		{ "", "-b SASL_SSL://a:1",
			"bootstrap.servers: SASL_SSL://a:1: security.protocol is plaintext; set it to "
			"sasl_ssl, or leave out what stands before the host" },
		{ "", "-b a:1,b:x", "bootstrap.servers: b:x: give a port from 1 to 65535" },
		{ "", "-b a:1,b:70000", "bootstrap.servers: b:70000: give a port from 1 to 65535" },
		{ "", "-b ::1:9092", "bootstrap.servers: ::1:9092: the host is missing" },
		{ "", "-b fe80::1:9092",
			"bootstrap.servers: fe80::1:9092: give an IPv6 address in brackets: [ADDRESS]:PORT" },
		{ "", "-b a:1/x", "bootstrap.servers: a:1/x: give HOST:PORT and nothing behind it" },
		{ "", "-b :9092", "bootstrap.servers: :9092: the host is missing" },
		{ "", "-b ,", "bootstrap.servers: no address in it; give HOST:PORT" },
		{ "", "-b a:1 -X security.protocol=sasl_ssl -X sasl.mechanism=OAUTHBEARER",
			"sasl.mechanism is OAUTHBEARER, but no source of tokens is given: set "
			"sasl.oauthbearer.token.endpoint.url in a client.properties, or sasl.oauthbearer.method=oidc with "
			"sasl.oauthbearer.token.endpoint.url, .client.id and .client.secret" },
		{ "", "-b a:1 -X no.such.thing=1", "-X unknown property no.such.thing" },
		{ "", "-F /nonexistent/file", "/nonexistent/file: No such file or directory" },
	};

	(void)state;
	unsetenv("WEIR_TEST_NOTHING");
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct connect c;
		struct error err;

		if (resolve(&c, rows[i].config, rows[i].arguments, &err))
			fail_msg("row %zu was taken", i);
		assert_int_equal(err.code, ERR_USAGE);
		assert_text(i, err.message, rows[i].message);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sections),
		cmocka_unit_test(test_errors_name_their_line),
		cmocka_unit_test(test_long_values_stay_whole),
		cmocka_unit_test(test_references),
		cmocka_unit_test(test_an_expanded_value_has_a_limit),
		cmocka_unit_test(test_commands_need_a_file_that_only_its_owner_writes),
		cmocka_unit_test(test_commands_get_the_standard_files_alone),
		cmocka_unit_test(test_no_command_runs_where_none_is_wanted),
		cmocka_unit_test(test_commands_need_all_the_way_to_the_file),
		cmocka_unit_test(test_secrets_that_others_can_read),
		cmocka_unit_test(test_where_it_lies),
		cmocka_unit_test(test_later_ones_win),
		cmocka_unit_test(test_own_keys_of_a_context),
		cmocka_unit_test(test_what_cannot_be_resolved),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
