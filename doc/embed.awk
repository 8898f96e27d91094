# SPDX-License-Identifier: BSD-2-Clause
# Turns the topics of the manual into the C array of docs/manual.h. The first line of each file is its
# title, "# NAME: SUMMARY"; what stands between <!-- TABLE --> and <!-- /TABLE --> is left out, because the
# program fills it from its own tables.
BEGIN {
	print "/* Made from doc/ by doc/embed.awk. */"
	print "#include \"docs/manual.h\"\n"
	print "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n"
	print "const struct manual_topic manual_topics[] = {"
}
function quoted(text) {
	gsub(/\\/, "&&", text)
	gsub(/"/, "\\\\&", text)
	return text
}
FNR == 1 {
	name = $2
	sub(/:$/, "", name)
	sub(/^# [^:]*: /, "")
	printf "%s\t{ \"%s\", \"%s\",", (NR > 1 ? " },\n" : ""), name, quoted($0)
	count++
	next
}
/^<!-- \/.* -->$/ { inside = 0; next }
inside { next }
/^<!-- .* -->$/ { inside = 1 }
{ printf "\n\t\t\"%s\\n\"", quoted($0) }
END {
	print " },\n};"
	print "const size_t manual_topic_count = " count ";"
}
