# SPDX-License-Identifier: BSD-2-Clause
# Turns the sentences (first file) and the catalogue (second) into the C array of model/config_catalog.h.
# Units are not in Kafka's definitions: by its own convention the name ends in them.
function unit(name, type) {
	if (type !~ /^(int|short|long|double)$/ || name ~ /(^|\.)id$/ || name ~ /\.codec$/) return "NONE"
	if (name ~ /\.ms$/ || name == "sasl.kerberos.min.time.before.relogin") return "MS"
	if (name ~ /\.(seconds|secs)$/) return "SECONDS"
	if (name ~ /\.minutes$/) return "MINUTES"
	if (name ~ /\.hours$/) return "HOURS"
	if (name ~ /\.bytes\.per\.second$|\.throttled\.rate$/) return "BYTES_PER_S"
	if (name ~ /\.bytes$|\.buffer\.size$|\.receive\.size$|\.bytes\.between\.snapshots$/) return "BYTES"
	return type == "double" ? "RATIO" : "COUNT"
}
# Where -1 is a value and means that there is no limit; elsewhere it may mean something else.
function endless(name, rule) {
	return name ~ /retention\.(ms|bytes|minutes|hours)$|^queued\.max\.request\.bytes$/ && rule !~ /^range [0-9]/
}
function quoted(text) {
	gsub(/\\/, "\\\\", text)
	gsub(/"/, "\\\"", text)
	return "\"" text "\""
}
function upper(word) {
	word = toupper(word)
	gsub(/-/, "_", word)
	return word
}
# "range 0 *", "word a|b", "list", ...
function rule(text,   part, count) {
	count = split(text, part, " ")
	if (part[1] == "range") {
		text = ".rule = CONFIG_RULE_RANGE"
		if (part[2] != "*") text = text ", .has_min = true, .min = " part[2]
		if (part[3] != "*") text = text ", .has_max = true, .max = " part[3]
		return text (count == 5 ? ", .has_other = true, .other = " part[5] : "")
	}
	return ".rule = CONFIG_RULE_" upper(part[1]) (count > 1 && part[1] != "own" ? ", .words = " quoted(part[2]) : "")
}
function sentence(scope, name,   topic) {
	if (name in words) return quoted(words[name])
	topic = topics[name]
	if (scope == "broker" && topic in words)
		return quoted("Default of " topic ": " tolower(substr(words[topic], 1, 1)) substr(words[topic], 2))
	return "NULL"
}
BEGIN {
	FS = "\t"
	print "/* Made from config_catalog.tsv and config_words.tsv by config_embed.awk. */"
	print "#include \"model/config_catalog_table.h\"\n"
	print "const struct config_def config_catalog_table[] = {"
}
FILENAME ~ /words/ { words[$1] = $2; next }
{
	line[++count] = $0
	if ($1 == "topic" && $7 != "-") topics[$7] = $2
}
END {
	for (i = 1; i <= count; i++) {
		split(line[i], f, "\t")
		if (!(f[1] in begin)) begin[f[1]] = i - 1
		end[f[1]] = i
		printf "\t{ CONFIG_%s, %s, CONFIG_%s, CONFIG_UNIT_%s, CONFIG_%s, %s, ", upper(f[1]), quoted(f[2]),
			upper(f[3]), unit(f[2], f[3]), upper(f[4]), f[5] ~ /^!/ ? "NULL" : quoted(f[5])
		printf ".required = %s, .endless = %s,\n\t\t.broker_name = %s, %s,\n\t\t.doc = %s },\n",
			f[5] == "!none" ? "true" : "false", endless(f[2], f[6]) ? "true" : "false",
			f[7] == "-" ? "NULL" : quoted(f[7]), rule(f[6]), sentence(f[1], f[2])
	}
	print "};\n"
	print "const struct config_span config_catalog_spans[] = {"
	for (scope in begin)
		printf "\t[CONFIG_%s] = { %d, %d },\n", upper(scope), begin[scope], end[scope] - begin[scope]
	print "};"
}
