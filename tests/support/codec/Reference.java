// SPDX-License-Identifier: BSD-2-Clause
// Writes the tables of tests/unit/codec_reference_java.h: the bytes that Kafka's own classes make of the records of
// its internal topics (each type, each version, with and without nulls) and of its serializers' numbers.
//     java -cp '.deps/kafka-4.3.0/libs/*' tests/support/codec/Reference.java > tests/unit/codec_reference_java.h
import com.fasterxml.jackson.databind.*;
import com.fasterxml.jackson.databind.node.*;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.*;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor;
import org.apache.kafka.clients.consumer.internals.ConsumerProtocol;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.serialization.*;

public class Reference {
	static final ObjectMapper mapper = JsonMapperBuilder.build();
	static final String GROUP = "org.apache.kafka.coordinator.group.generated.";
	static final String TRANSACTION = "org.apache.kafka.coordinator.transaction.generated.";
	static int seed = 1;

	static class JsonMapperBuilder {
		static ObjectMapper build() {
			return com.fasterxml.jackson.databind.json.JsonMapper.builder()
				.enable(JsonReadFeature.ALLOW_JAVA_COMMENTS).build();
		}
	}

	static String hex(byte[] b) {
		StringBuilder s = new StringBuilder();
		for (byte x : b)
			s.append(String.format("%02x", x));
		return s.toString();
	}

	static String quote(String s) {
		StringBuilder out = new StringBuilder("\"");
		int n = 0;
		for (char c : s.toCharArray()) {
			if (++n % 92 == 0)
				out.append("\"\n\t \"");
			out.append(c == '"' ? "\\\"" : c == '\\' ? "\\\\" : String.valueOf(c));
		}
		return out + "\"";
	}

	static void row(String name, String codec, byte[] bytes, String json, String extra) {
		System.out.printf("\t{\"%s\", %s,\n\t %s,\n\t %s,\n\t NULL, %s},\n", name, codec, quote(hex(bytes)), quote(json),
			extra == null ? "NULL" : quote(extra));
	}

	static byte[] bytes(ByteBuffer b) {
		byte[] out = new byte[b.remaining()];
		b.duplicate().get(out);
		return out;
	}

	static int lowest(String versions) {
		return versions.equals("none") ? 999 : Integer.parseInt(versions.replaceAll("[^0-9].*", ""));
	}

	static boolean holds(JsonNode versions, int version) {
		if (versions == null || versions.asText().equals("none"))
			return false;
		String[] ends = versions.asText().split("-");
		int from = lowest(ends[0]);
		int to = ends.length > 1 ? lowest(ends[1]) : ends[0].endsWith("+") ? 999 : from;
		return version >= from && version <= to;
	}

	static JsonNode sample(String type, JsonNode field, JsonNode commons, int version, boolean nulls) {
		if (type.startsWith("[]")) {
			ArrayNode a = mapper.createArrayNode();
			int count = nulls ? 0 : 2;
			for (int i = 0; i < count; i++)
				a.add(sample(type.substring(2), field, commons, version, nulls));
			return a;
		}
		seed++;
		switch (type) {
		case "bool": return BooleanNode.TRUE;
		case "int8": return new IntNode(seed % 100);
		case "int16": return new IntNode(seed);
		case "uint16": return new IntNode(40000 + seed % 1000);
		case "int32": return new IntNode(-seed * 1000);
		case "int64": return new LongNode(1700000000000L + seed);
		case "string": return new TextNode("caf\u00e9-" + seed);
		case "bytes": return new BinaryNode(new byte[] {(byte) 0xff, 0, (byte) seed});
		case "uuid": return new TextNode(new org.apache.kafka.common.Uuid(seed * 7777777777777L, ~seed).toString());
		default:
		}
		JsonNode fields = field.get("fields");
		if (fields == null)
			for (JsonNode c : commons)
				if (c.get("name").asText().equals(type))
					fields = c.get("fields");
		return struct(fields, commons, version, nulls);
	}

	static ObjectNode struct(JsonNode fields, JsonNode commons, int version, boolean nulls) {
		ObjectNode o = mapper.createObjectNode();
		for (JsonNode f : fields) {
			boolean tagged = holds(f.get("taggedVersions"), version);
			if (!tagged && !holds(f.get("versions"), version))
				continue;
			String name = f.get("name").asText();
			name = name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
			if (nulls && tagged)
				continue;
			o.set(name, nulls && holds(f.get("nullableVersions"), version) ? NullNode.instance :
				sample(f.get("type").asText(), f, commons, version, nulls));
		}
		return o;
	}

	static ApiMessage read(String prefix, String name, JsonNode json, short version) throws Exception {
		return (ApiMessage) Class.forName(prefix + name + "JsonConverter")
			.getMethod("read", JsonNode.class, short.class).invoke(null, json, version);
	}

	static JsonNode write(String prefix, String name, ApiMessage message, short version) throws Exception {
		Class<?> c = Class.forName(prefix + name);
		return (JsonNode) Class.forName(prefix + name + "JsonConverter")
			.getMethod("write", c, short.class).invoke(null, message, version);
	}

	static void message(String prefix, String codec, String name) throws Exception {
		JsonNode d;
		try (InputStream in = Reference.class.getClassLoader().getResourceAsStream("common/message/" + name + ".json")) {
			d = mapper.readTree(in);
		}
		boolean key = name.endsWith("Key");
		short api = (short) d.get("apiKey").asInt();
		JsonNode commons = d.has("commonStructs") ? d.get("commonStructs") : mapper.createArrayNode();
		String[] ends = d.get("validVersions").asText().split("-");
		for (int v = Integer.parseInt(ends[0]); v <= Integer.parseInt(ends[ends.length - 1]); v++) {
			for (boolean nulls : new boolean[] {false, true}) {
				ApiMessage m = read(prefix, name, struct(d.get("fields"), commons, v, nulls), (short) v);
				JsonNode shown = write(prefix, name, m, (short) v);
				byte[] b = bytes(key ? MessageUtil.toCoordinatorTypePrefixedByteBuffer(m) :
					MessageUtil.toVersionPrefixedByteBuffer((short) v, m));
				if (key) {
					ObjectNode typed = mapper.createObjectNode();
					typed.put("type", name.substring(0, name.length() - 3));
					typed.setAll((ObjectNode) shown);
					shown = typed;
				}
				row(name + " version " + v + (nulls ? ", nulls" : ""), codec, b, mapper.writeValueAsString(shown),
					key ? null : String.format("%04x", api));
			}
		}
	}

	/* A group's members hold messages of the consumer protocol; those are shown decoded. */
	static void classicGroup() throws Exception {
		ByteBuffer subscription = ConsumerProtocol.serializeSubscription(new ConsumerPartitionAssignor.Subscription(
			List.of("orders", "returns"), null, List.of(new TopicPartition("orders", 3)), 17, Optional.of("rack-1")));
		ByteBuffer assignment = ConsumerProtocol.serializeAssignment(new ConsumerPartitionAssignor.Assignment(
			List.of(new TopicPartition("orders", 0), new TopicPartition("orders", 1))));
		ObjectNode g = mapper.createObjectNode();
		g.put("protocolType", "consumer").put("generation", 17).put("protocol", "range").put("leader", "m-1")
			.put("currentStateTimestamp", 1700000000000L);
		ObjectNode member = g.putArray("members").addObject();
		member.put("memberId", "m-1").putNull("groupInstanceId").put("clientId", "c").put("clientHost", "/127.0.0.1")
			.put("rebalanceTimeout", 1).put("sessionTimeout", 2).put("subscription", bytes(subscription))
			.put("assignment", bytes(assignment));
		ApiMessage m = read(GROUP, "GroupMetadataValue", g, (short) 3);
		member.remove(List.of("subscription", "assignment"));
		member.set("subscription", mapper.readTree("{\"topics\":[\"orders\",\"returns\"],\"userData\":null,"
			+ "\"ownedPartitions\":[{\"topic\":\"orders\",\"partitions\":[3]}],\"generationId\":17,\"rackId\":\"rack-1\"}"));
		member.set("assignment", mapper.readTree(
			"{\"assignedPartitions\":[{\"topic\":\"orders\",\"partitions\":[0,1]}],\"userData\":null}"));
		row("a classic group's members, decoded", "CODEC_CONSUMER_OFFSETS",
			bytes(MessageUtil.toVersionPrefixedByteBuffer((short) 3, m)), mapper.writeValueAsString(g), "0002");
	}

	static byte[] little(int size, long value) {
		ByteBuffer b = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, value);
		return Arrays.copyOf(b.array(), size);
	}

	static void numbers() {
		for (long v : new long[] {0, 1, -1, 127, -128, 32767, -32768, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE,
			Long.MIN_VALUE}) {
			row("LongSerializer", "CODEC_INT64", new LongSerializer().serialize("t", v), "" + v, null);
			row("unsigned long", "CODEC_UINT64", new LongSerializer().serialize("t", v), Long.toUnsignedString(v), null);
			row("little-endian long", "CODEC_INT64_LE", little(8, v), "" + v, null);
			row("little-endian unsigned long", "CODEC_UINT64_LE", little(8, v), Long.toUnsignedString(v), null);
			int i = (int) v;
			row("IntegerSerializer", "CODEC_INT32", new IntegerSerializer().serialize("t", i), "" + i, null);
			row("unsigned int", "CODEC_UINT32", new IntegerSerializer().serialize("t", i), Integer.toUnsignedString(i), null);
			row("little-endian int", "CODEC_INT32_LE", little(4, i), "" + i, null);
			row("little-endian unsigned int", "CODEC_UINT32_LE", little(4, i), Integer.toUnsignedString(i), null);
			short s = (short) v;
			row("ShortSerializer", "CODEC_INT16", new ShortSerializer().serialize("t", s), "" + s, null);
			row("unsigned short", "CODEC_UINT16", new ShortSerializer().serialize("t", s), "" + Short.toUnsignedInt(s), null);
			row("little-endian short", "CODEC_INT16_LE", little(2, s), "" + s, null);
			row("little-endian unsigned short", "CODEC_UINT16_LE", little(2, s), "" + Short.toUnsignedInt(s), null);
			row("byte", "CODEC_INT8", new byte[] {(byte) v}, "" + (byte) v, null);
			row("unsigned byte", "CODEC_UINT8", new byte[] {(byte) v}, "" + Byte.toUnsignedInt((byte) v), null);
		}
		for (double d : new double[] {0, 1.5, -0.1, 1e300, Double.MIN_VALUE, Double.MAX_VALUE, 123456.789}) {
			row("DoubleSerializer", "CODEC_DOUBLE", new DoubleSerializer().serialize("t", d), "" + d, null);
			row("little-endian double", "CODEC_DOUBLE_LE", little(8, Double.doubleToLongBits(d)), "" + d, null);
			float f = (float) d;
			if (Float.isInfinite(f))
				continue;
			row("FloatSerializer", "CODEC_FLOAT", new FloatSerializer().serialize("t", f), "" + f, null);
			row("little-endian float", "CODEC_FLOAT_LE", little(4, Float.floatToIntBits(f)), "" + f, null);
		}
		row("not a number", "CODEC_DOUBLE", new DoubleSerializer().serialize("t", Double.NaN), "\"NaN\"", null);
		row("infinite", "CODEC_FLOAT", new FloatSerializer().serialize("t", Float.NEGATIVE_INFINITY), "\"-Infinity\"", null);
		UUID u = UUID.fromString("123e4567-e89b-42d3-a456-426614174000");
		row("uuid", "CODEC_UUID", ByteBuffer.allocate(16).putLong(u.getMostSignificantBits())
			.putLong(u.getLeastSignificantBits()).array(), "\"" + u + "\"", null);
	}

	public static void main(String[] args) throws Exception {
		System.setOut(new java.io.PrintStream(System.out, true, "UTF-8"));
		System.out.print("/* SPDX-License-Identifier: BSD-2-Clause */\n"
			+ "/* Made by tests/support/codec/Reference.java with Kafka's own classes; not to be edited. */\n"
			+ "#ifndef TESTS_CODEC_REFERENCE_JAVA_H\n#define TESTS_CODEC_REFERENCE_JAVA_H\n\n"
			+ "#include \"tests/unit/codec_case.h\"\n\nstatic const struct codec_case java_references[] = {\n");
		numbers();
		String groups = "ConsumerGroupCurrentMemberAssignment ConsumerGroupMemberMetadata ConsumerGroupMetadata "
			+ "ConsumerGroupPartitionMetadata ConsumerGroupRegularExpression ConsumerGroupTargetAssignmentMember "
			+ "ConsumerGroupTargetAssignmentMetadata GroupMetadata LegacyOffsetCommit OffsetCommit "
			+ "ShareGroupCurrentMemberAssignment ShareGroupMemberMetadata ShareGroupMetadata ShareGroupStatePartitionMetadata "
			+ "ShareGroupTargetAssignmentMember ShareGroupTargetAssignmentMetadata StreamsGroupCurrentMemberAssignment "
			+ "StreamsGroupMemberMetadata StreamsGroupMetadata StreamsGroupTargetAssignmentMember "
			+ "StreamsGroupTargetAssignmentMetadata StreamsGroupTopology";
		for (String name : groups.split(" ")) {
			message(GROUP, "CODEC_CONSUMER_OFFSETS", name + "Key");
			message(GROUP, "CODEC_CONSUMER_OFFSETS", name + "Value");
		}
		classicGroup();
		message(TRANSACTION, "CODEC_TRANSACTION_STATE", "TransactionLogKey");
		message(TRANSACTION, "CODEC_TRANSACTION_STATE", "TransactionLogValue");
		for (String name : new String[] {"ShareSnapshot", "ShareUpdate"}) {
			message("org.apache.kafka.coordinator.share.generated.", "CODEC_SHARE_STATE", name + "Key");
			message("org.apache.kafka.coordinator.share.generated.", "CODEC_SHARE_STATE", name + "Value");
		}
		System.out.print("};\n\n#endif\n");
	}
}
