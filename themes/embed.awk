# SPDX-License-Identifier: BSD-2-Clause
# Turns theme files into the C array of ui/theme_builtin.h, in the order given.
BEGIN {
	print "/* Made from themes/ by themes/embed.awk. */"
	print "#include \"ui/theme_builtin.h\"\n"
	print "const struct theme_builtin theme_builtins[] = {"
}
FNR == 1 {
	name = FILENAME
	sub(/.*\//, "", name)
	sub(/\.theme$/, "", name)
	printf "%s\t{ \"%s\",", (NR > 1 ? " },\n" : ""), name
	count++
}
{
	gsub(/\\/, "\\\\")
	gsub(/"/, "\\\"")
	printf "\n\t\t\"%s\\n\"", $0
}
END {
	print " },\n};"
	print "const size_t theme_builtin_count = " count ";"
}
