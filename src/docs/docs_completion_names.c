/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Names of topics and groups for shells: weir itself lists them, connected as the words typed so far say. A shell waits
 * for at most a second, and asks the same again after 10 seconds; where nothing can be had, nothing is offered. A key
 * press runs no ${cmd:...} of the configuration: it may ask for a password, or cost a login. Names with characters that
 * a shell might take for its own are left out.
 */
#include "docs/docs.h"

#define ASK   "WEIR_NO_COMMANDS=1 timeout 1 weir \"$kind\" -o name --timeout 0.8"
#define PLAIN "grep -x '[A-Za-z0-9._-]\\{1,\\}'"

/* COMP_WORDS has HOST:PORT in three words, so the line itself is read. */
static const char for_bash[] =
	"_weir_names()\n{\n\tlocal kind=$1 word previous= key\n\tlocal -a typed with=()\n"
	"\tread -ra typed <<< \"${COMP_LINE:0:COMP_POINT}\"\n"
	"\tfor word in \"${typed[@]:1}\"; do\n\t\tcase $previous in\n"
	"\t\t-b|--bootstrap|-c|--context|-F|--config|-X|--property) "
	"with+=(\"$previous\" \"${word/#\\~\\//$HOME/}\") ;;\n\t\tesac\n"
	"\t\tcase $word in --bootstrap=*|--context=*|--config=*|--property=*) with+=(\"$word\") ;; esac\n"
	"\t\tprevious=$word\n\tdone\n"
	"\tkey=\"$kind ${with[*]}\"\n"
	"\tif [[ $key != \"$_weir_key\" ]] || ((SECONDS - _weir_at > 10)); then\n"
	"\t\t_weir_found=$(" ASK " \"${with[@]}\" 2>/dev/null </dev/null | " PLAIN ")\n"
	"\t\t_weir_key=$key\n\t\t_weir_at=$SECONDS\n\tfi\n"
	"\tCOMPREPLY=($(compgen -W \"$_weir_found\" -- \"$cur\"))\n}\n";

static const char for_zsh[] =
	"_weir_names()\n{\n\tlocal kind=$1 word previous= key\n\tlocal -a with names\n"
	"\tfor word in ${words[2,CURRENT-1]}; do\n\t\tword=${(Q)word}\n\t\tcase $previous in\n"
	"\t\t(-b|--bootstrap|-c|--context|-F|--config|-X|--property) "
	"with+=(\"$previous\" \"${word/#\\~\\//$HOME/}\") ;;\n\t\tesac\n"
	"\t\tcase $word in (--bootstrap=*|--context=*|--config=*|--property=*) with+=(\"$word\") ;; esac\n"
	"\t\tprevious=$word\n\tdone\n"
	"\tkey=\"$kind $with\"\n"
	"\tif [[ $key != \"$_weir_key\" ]] || ((SECONDS - _weir_at > 10)); then\n"
	"\t\ttypeset -g _weir_found _weir_key _weir_at\n"
	"\t\t_weir_found=$(" ASK " $with 2>/dev/null </dev/null | " PLAIN ")\n"
	"\t\t_weir_key=$key\n\t\t_weir_at=$SECONDS\n\tfi\n"
	"\tnames=(${(f)_weir_found})\n\tcompadd -a names\n}\n"
	"_weir_topics() { _weir_names topics }\n_weir_groups() { _weir_names groups }\n\n";

static const char for_fish[] =
	"function __weir_names\n\tset -l kind $argv[1]\n\tset -l with\n\tset -l previous\n"
	"\tfor word in (commandline -opc)[2..-1]\n"
	"\t\tset word (string replace -r '^~/' \"$HOME/\" -- $word)\n"
	"\t\tif contains -- \"$previous\" -b --bootstrap -c --context -F --config -X --property\n"
	"\t\t\tset -a with $previous $word\n"
	"\t\telse if string match -qr '^--(bootstrap|context|config|property)=' -- $word\n"
	"\t\t\tset -a with $word\n\t\tend\n\t\tset previous $word\n\tend\n"
	"\tset -l now (date +%s)\n"
	"\tif test \"$__weir_key\" != \"$kind $with\"; or test (math $now - $__weir_at) -gt 10\n"
	"\t\tset -g __weir_found (" ASK " $with 2>/dev/null </dev/null | " PLAIN ")\n"
	"\t\tset -g __weir_key \"$kind $with\"\n\t\tset -g __weir_at $now\n\tend\n"
	"\tset -q __weir_found[1]; and printf '%s\\n' $__weir_found\nend\n";

void docs_completion_names(struct str *out, const char *shell)
{
	str_add(out, *shell == 'b' ? for_bash : *shell == 'z' ? for_zsh : for_fish);
}
