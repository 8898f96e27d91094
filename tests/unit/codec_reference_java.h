/* SPDX-License-Identifier: BSD-2-Clause */
/* Made by tests/support/codec/Reference.java with Kafka's own classes; not to be edited. */
#ifndef TESTS_CODEC_REFERENCE_JAVA_H
#define TESTS_CODEC_REFERENCE_JAVA_H

#include "tests/unit/codec_case.h"

static const struct codec_case java_references[] = {
	{ "LongSerializer", CODEC_INT64, "0000000000000000", "0", NULL, NULL },
	{ "unsigned long", CODEC_UINT64, "0000000000000000", "0", NULL, NULL },
	{ "little-endian long", CODEC_INT64_LE, "0000000000000000", "0", NULL, NULL },
	{ "little-endian unsigned long", CODEC_UINT64_LE, "0000000000000000", "0", NULL, NULL },
	{ "IntegerSerializer", CODEC_INT32, "00000000", "0", NULL, NULL },
	{ "unsigned int", CODEC_UINT32, "00000000", "0", NULL, NULL },
	{ "little-endian int", CODEC_INT32_LE, "00000000", "0", NULL, NULL },
	{ "little-endian unsigned int", CODEC_UINT32_LE, "00000000", "0", NULL, NULL },
	{ "ShortSerializer", CODEC_INT16, "0000", "0", NULL, NULL },
	{ "unsigned short", CODEC_UINT16, "0000", "0", NULL, NULL },
	{ "little-endian short", CODEC_INT16_LE, "0000", "0", NULL, NULL },
	{ "little-endian unsigned short", CODEC_UINT16_LE, "0000", "0", NULL, NULL },
	{ "byte", CODEC_INT8, "00", "0", NULL, NULL },
	{ "unsigned byte", CODEC_UINT8, "00", "0", NULL, NULL },
	{ "LongSerializer", CODEC_INT64, "0000000000000001", "1", NULL, NULL },
	{ "unsigned long", CODEC_UINT64, "0000000000000001", "1", NULL, NULL },
	{ "little-endian long", CODEC_INT64_LE, "0100000000000000", "1", NULL, NULL },
	{ "little-endian unsigned long", CODEC_UINT64_LE, "0100000000000000", "1", NULL, NULL },
	{ "IntegerSerializer", CODEC_INT32, "00000001", "1", NULL, NULL },
	{ "unsigned int", CODEC_UINT32, "00000001", "1", NULL, NULL },
	{ "little-endian int", CODEC_INT32_LE, "01000000", "1", NULL, NULL },
	{ "little-endian unsigned int", CODEC_UINT32_LE, "01000000", "1", NULL, NULL },
	{ "ShortSerializer", CODEC_INT16, "0001", "1", NULL, NULL },
	{ "unsigned short", CODEC_UINT16, "0001", "1", NULL, NULL },
	{ "little-endian short", CODEC_INT16_LE, "0100", "1", NULL, NULL },
	{ "little-endian unsigned short", CODEC_UINT16_LE, "0100", "1", NULL, NULL },
	{ "byte", CODEC_INT8, "01", "1", NULL, NULL },
	{ "unsigned byte", CODEC_UINT8, "01", "1", NULL, NULL },
	{ "LongSerializer", CODEC_INT64, "ffffffffffffffff", "-1", NULL, NULL },
	{ "unsigned long", CODEC_UINT64, "ffffffffffffffff", "18446744073709551615", NULL, NULL },
	{ "little-endian long", CODEC_INT64_LE, "ffffffffffffffff", "-1", NULL, NULL },
	{ "little-endian unsigned long", CODEC_UINT64_LE, "ffffffffffffffff", "18446744073709551615", NULL, NULL },
	{ "IntegerSerializer", CODEC_INT32, "ffffffff", "-1", NULL, NULL },
	{ "unsigned int", CODEC_UINT32, "ffffffff", "4294967295", NULL, NULL },
	{ "little-endian int", CODEC_INT32_LE, "ffffffff", "-1", NULL, NULL },
	{ "little-endian unsigned int", CODEC_UINT32_LE, "ffffffff", "4294967295", NULL, NULL },
	{ "ShortSerializer", CODEC_INT16, "ffff", "-1", NULL, NULL },
	{ "unsigned short", CODEC_UINT16, "ffff", "65535", NULL, NULL },
	{ "little-endian short", CODEC_INT16_LE, "ffff", "-1", NULL, NULL },
	{ "little-endian unsigned short", CODEC_UINT16_LE, "ffff", "65535", NULL, NULL },
	{ "byte", CODEC_INT8, "ff", "-1", NULL, NULL },
	{ "unsigned byte", CODEC_UINT8, "ff", "255", NULL, NULL },
	{ "LongSerializer", CODEC_INT64, "000000000000007f", "127", NULL, NULL },
	{ "unsigned long", CODEC_UINT64, "000000000000007f", "127", NULL, NULL },
	{ "little-endian long", CODEC_INT64_LE, "7f00000000000000", "127", NULL, NULL },
	{ "little-endian unsigned long", CODEC_UINT64_LE, "7f00000000000000", "127", NULL, NULL },
	{ "IntegerSerializer", CODEC_INT32, "0000007f", "127", NULL, NULL },
	{ "unsigned int", CODEC_UINT32, "0000007f", "127", NULL, NULL },
	{ "little-endian int", CODEC_INT32_LE, "7f000000", "127", NULL, NULL },
	{ "little-endian unsigned int", CODEC_UINT32_LE, "7f000000", "127", NULL, NULL },
	{ "ShortSerializer", CODEC_INT16, "007f", "127", NULL, NULL },
	{ "unsigned short", CODEC_UINT16, "007f", "127", NULL, NULL },
	{ "little-endian short", CODEC_INT16_LE, "7f00", "127", NULL, NULL },
	{ "little-endian unsigned short", CODEC_UINT16_LE, "7f00", "127", NULL, NULL },
	{ "byte", CODEC_INT8, "7f", "127", NULL, NULL },
	{ "unsigned byte", CODEC_UINT8, "7f", "127", NULL, NULL },
	{ "LongSerializer", CODEC_INT64, "ffffffffffffff80", "-128", NULL, NULL },
	{ "unsigned long", CODEC_UINT64, "ffffffffffffff80", "18446744073709551488", NULL, NULL },
	{ "little-endian long", CODEC_INT64_LE, "80ffffffffffffff", "-128", NULL, NULL },
	{ "little-endian unsigned long", CODEC_UINT64_LE, "80ffffffffffffff", "18446744073709551488", NULL, NULL },
	{ "IntegerSerializer", CODEC_INT32, "ffffff80", "-128", NULL, NULL },
	{ "unsigned int", CODEC_UINT32, "ffffff80", "4294967168", NULL, NULL },
	{ "little-endian int", CODEC_INT32_LE, "80ffffff", "-128", NULL, NULL },
	{ "little-endian unsigned int", CODEC_UINT32_LE, "80ffffff", "4294967168", NULL, NULL },
	{ "ShortSerializer", CODEC_INT16, "ff80", "-128", NULL, NULL },
	{ "unsigned short", CODEC_UINT16, "ff80", "65408", NULL, NULL },
	{ "little-endian short", CODEC_INT16_LE, "80ff", "-128", NULL, NULL },
	{ "little-endian unsigned short", CODEC_UINT16_LE, "80ff", "65408", NULL, NULL },
	{ "byte", CODEC_INT8, "80", "-128", NULL, NULL },
	{ "unsigned byte", CODEC_UINT8, "80", "128", NULL, NULL },
	{ "LongSerializer", CODEC_INT64, "0000000000007fff", "32767", NULL, NULL },
	{ "unsigned long", CODEC_UINT64, "0000000000007fff", "32767", NULL, NULL },
	{ "little-endian long", CODEC_INT64_LE, "ff7f000000000000", "32767", NULL, NULL },
	{ "little-endian unsigned long", CODEC_UINT64_LE, "ff7f000000000000", "32767", NULL, NULL },
	{ "IntegerSerializer", CODEC_INT32, "00007fff", "32767", NULL, NULL },
	{ "unsigned int", CODEC_UINT32, "00007fff", "32767", NULL, NULL },
	{ "little-endian int", CODEC_INT32_LE, "ff7f0000", "32767", NULL, NULL },
	{ "little-endian unsigned int", CODEC_UINT32_LE, "ff7f0000", "32767", NULL, NULL },
	{ "ShortSerializer", CODEC_INT16, "7fff", "32767", NULL, NULL },
	{ "unsigned short", CODEC_UINT16, "7fff", "32767", NULL, NULL },
	{ "little-endian short", CODEC_INT16_LE, "ff7f", "32767", NULL, NULL },
	{ "little-endian unsigned short", CODEC_UINT16_LE, "ff7f", "32767", NULL, NULL },
	{ "byte", CODEC_INT8, "ff", "-1", NULL, NULL },
	{ "unsigned byte", CODEC_UINT8, "ff", "255", NULL, NULL },
	{ "LongSerializer", CODEC_INT64, "ffffffffffff8000", "-32768", NULL, NULL },
	{ "unsigned long", CODEC_UINT64, "ffffffffffff8000", "18446744073709518848", NULL, NULL },
	{ "little-endian long", CODEC_INT64_LE, "0080ffffffffffff", "-32768", NULL, NULL },
	{ "little-endian unsigned long", CODEC_UINT64_LE, "0080ffffffffffff", "18446744073709518848", NULL, NULL },
	{ "IntegerSerializer", CODEC_INT32, "ffff8000", "-32768", NULL, NULL },
	{ "unsigned int", CODEC_UINT32, "ffff8000", "4294934528", NULL, NULL },
	{ "little-endian int", CODEC_INT32_LE, "0080ffff", "-32768", NULL, NULL },
	{ "little-endian unsigned int", CODEC_UINT32_LE, "0080ffff", "4294934528", NULL, NULL },
	{ "ShortSerializer", CODEC_INT16, "8000", "-32768", NULL, NULL },
	{ "unsigned short", CODEC_UINT16, "8000", "32768", NULL, NULL },
	{ "little-endian short", CODEC_INT16_LE, "0080", "-32768", NULL, NULL },
	{ "little-endian unsigned short", CODEC_UINT16_LE, "0080", "32768", NULL, NULL },
	{ "byte", CODEC_INT8, "00", "0", NULL, NULL },
	{ "unsigned byte", CODEC_UINT8, "00", "0", NULL, NULL },
	{ "LongSerializer", CODEC_INT64, "000000007fffffff", "2147483647", NULL, NULL },
	{ "unsigned long", CODEC_UINT64, "000000007fffffff", "2147483647", NULL, NULL },
	{ "little-endian long", CODEC_INT64_LE, "ffffff7f00000000", "2147483647", NULL, NULL },
	{ "little-endian unsigned long", CODEC_UINT64_LE, "ffffff7f00000000", "2147483647", NULL, NULL },
	{ "IntegerSerializer", CODEC_INT32, "7fffffff", "2147483647", NULL, NULL },
	{ "unsigned int", CODEC_UINT32, "7fffffff", "2147483647", NULL, NULL },
	{ "little-endian int", CODEC_INT32_LE, "ffffff7f", "2147483647", NULL, NULL },
	{ "little-endian unsigned int", CODEC_UINT32_LE, "ffffff7f", "2147483647", NULL, NULL },
	{ "ShortSerializer", CODEC_INT16, "ffff", "-1", NULL, NULL },
	{ "unsigned short", CODEC_UINT16, "ffff", "65535", NULL, NULL },
	{ "little-endian short", CODEC_INT16_LE, "ffff", "-1", NULL, NULL },
	{ "little-endian unsigned short", CODEC_UINT16_LE, "ffff", "65535", NULL, NULL },
	{ "byte", CODEC_INT8, "ff", "-1", NULL, NULL },
	{ "unsigned byte", CODEC_UINT8, "ff", "255", NULL, NULL },
	{ "LongSerializer", CODEC_INT64, "ffffffff80000000", "-2147483648", NULL, NULL },
	{ "unsigned long", CODEC_UINT64, "ffffffff80000000", "18446744071562067968", NULL, NULL },
	{ "little-endian long", CODEC_INT64_LE, "00000080ffffffff", "-2147483648", NULL, NULL },
	{ "little-endian unsigned long", CODEC_UINT64_LE, "00000080ffffffff", "18446744071562067968", NULL, NULL },
	{ "IntegerSerializer", CODEC_INT32, "80000000", "-2147483648", NULL, NULL },
	{ "unsigned int", CODEC_UINT32, "80000000", "2147483648", NULL, NULL },
	{ "little-endian int", CODEC_INT32_LE, "00000080", "-2147483648", NULL, NULL },
	{ "little-endian unsigned int", CODEC_UINT32_LE, "00000080", "2147483648", NULL, NULL },
	{ "ShortSerializer", CODEC_INT16, "0000", "0", NULL, NULL },
	{ "unsigned short", CODEC_UINT16, "0000", "0", NULL, NULL },
	{ "little-endian short", CODEC_INT16_LE, "0000", "0", NULL, NULL },
	{ "little-endian unsigned short", CODEC_UINT16_LE, "0000", "0", NULL, NULL },
	{ "byte", CODEC_INT8, "00", "0", NULL, NULL },
	{ "unsigned byte", CODEC_UINT8, "00", "0", NULL, NULL },
	{ "LongSerializer", CODEC_INT64, "7fffffffffffffff", "9223372036854775807", NULL, NULL },
	{ "unsigned long", CODEC_UINT64, "7fffffffffffffff", "9223372036854775807", NULL, NULL },
	{ "little-endian long", CODEC_INT64_LE, "ffffffffffffff7f", "9223372036854775807", NULL, NULL },
	{ "little-endian unsigned long", CODEC_UINT64_LE, "ffffffffffffff7f", "9223372036854775807", NULL, NULL },
	{ "IntegerSerializer", CODEC_INT32, "ffffffff", "-1", NULL, NULL },
	{ "unsigned int", CODEC_UINT32, "ffffffff", "4294967295", NULL, NULL },
	{ "little-endian int", CODEC_INT32_LE, "ffffffff", "-1", NULL, NULL },
	{ "little-endian unsigned int", CODEC_UINT32_LE, "ffffffff", "4294967295", NULL, NULL },
	{ "ShortSerializer", CODEC_INT16, "ffff", "-1", NULL, NULL },
	{ "unsigned short", CODEC_UINT16, "ffff", "65535", NULL, NULL },
	{ "little-endian short", CODEC_INT16_LE, "ffff", "-1", NULL, NULL },
	{ "little-endian unsigned short", CODEC_UINT16_LE, "ffff", "65535", NULL, NULL },
	{ "byte", CODEC_INT8, "ff", "-1", NULL, NULL },
	{ "unsigned byte", CODEC_UINT8, "ff", "255", NULL, NULL },
	{ "LongSerializer", CODEC_INT64, "8000000000000000", "-9223372036854775808", NULL, NULL },
	{ "unsigned long", CODEC_UINT64, "8000000000000000", "9223372036854775808", NULL, NULL },
	{ "little-endian long", CODEC_INT64_LE, "0000000000000080", "-9223372036854775808", NULL, NULL },
	{ "little-endian unsigned long", CODEC_UINT64_LE, "0000000000000080", "9223372036854775808", NULL, NULL },
	{ "IntegerSerializer", CODEC_INT32, "00000000", "0", NULL, NULL },
	{ "unsigned int", CODEC_UINT32, "00000000", "0", NULL, NULL },
	{ "little-endian int", CODEC_INT32_LE, "00000000", "0", NULL, NULL },
	{ "little-endian unsigned int", CODEC_UINT32_LE, "00000000", "0", NULL, NULL },
	{ "ShortSerializer", CODEC_INT16, "0000", "0", NULL, NULL },
	{ "unsigned short", CODEC_UINT16, "0000", "0", NULL, NULL },
	{ "little-endian short", CODEC_INT16_LE, "0000", "0", NULL, NULL },
	{ "little-endian unsigned short", CODEC_UINT16_LE, "0000", "0", NULL, NULL },
	{ "byte", CODEC_INT8, "00", "0", NULL, NULL },
	{ "unsigned byte", CODEC_UINT8, "00", "0", NULL, NULL },
	{ "DoubleSerializer", CODEC_DOUBLE, "0000000000000000", "0.0", NULL, NULL },
	{ "little-endian double", CODEC_DOUBLE_LE, "0000000000000000", "0.0", NULL, NULL },
	{ "FloatSerializer", CODEC_FLOAT, "00000000", "0.0", NULL, NULL },
	{ "little-endian float", CODEC_FLOAT_LE, "00000000", "0.0", NULL, NULL },
	{ "DoubleSerializer", CODEC_DOUBLE, "3ff8000000000000", "1.5", NULL, NULL },
	{ "little-endian double", CODEC_DOUBLE_LE, "000000000000f83f", "1.5", NULL, NULL },
	{ "FloatSerializer", CODEC_FLOAT, "3fc00000", "1.5", NULL, NULL },
	{ "little-endian float", CODEC_FLOAT_LE, "0000c03f", "1.5", NULL, NULL },
	{ "DoubleSerializer", CODEC_DOUBLE, "bfb999999999999a", "-0.1", NULL, NULL },
	{ "little-endian double", CODEC_DOUBLE_LE, "9a9999999999b9bf", "-0.1", NULL, NULL },
	{ "FloatSerializer", CODEC_FLOAT, "bdcccccd", "-0.1", NULL, NULL },
	{ "little-endian float", CODEC_FLOAT_LE, "cdccccbd", "-0.1", NULL, NULL },
	{ "DoubleSerializer", CODEC_DOUBLE, "7e37e43c8800759c", "1.0E300", NULL, NULL },
	{ "little-endian double", CODEC_DOUBLE_LE, "9c7500883ce4377e", "1.0E300", NULL, NULL },
	{ "DoubleSerializer", CODEC_DOUBLE, "0000000000000001", "4.9E-324", NULL, NULL },
	{ "little-endian double", CODEC_DOUBLE_LE, "0100000000000000", "4.9E-324", NULL, NULL },
	{ "FloatSerializer", CODEC_FLOAT, "00000000", "0.0", NULL, NULL },
	{ "little-endian float", CODEC_FLOAT_LE, "00000000", "0.0", NULL, NULL },
	{ "DoubleSerializer", CODEC_DOUBLE, "7fefffffffffffff", "1.7976931348623157E308", NULL, NULL },
	{ "little-endian double", CODEC_DOUBLE_LE, "ffffffffffffef7f", "1.7976931348623157E308", NULL, NULL },
	{ "DoubleSerializer", CODEC_DOUBLE, "40fe240c9fbe76c9", "123456.789", NULL, NULL },
	{ "little-endian double", CODEC_DOUBLE_LE, "c976be9f0c24fe40", "123456.789", NULL, NULL },
	{ "FloatSerializer", CODEC_FLOAT, "47f12065", "123456.79", NULL, NULL },
	{ "little-endian float", CODEC_FLOAT_LE, "6520f147", "123456.79", NULL, NULL },
	{ "not a number", CODEC_DOUBLE, "7ff8000000000000", "\"NaN\"", NULL, NULL },
	{ "infinite", CODEC_FLOAT, "ff800000", "\"-Infinity\"", NULL, NULL },
	{ "uuid", CODEC_UUID, "123e4567e89b42d3a456426614174000", "\"123e4567-e89b-42d3-a456-426614174000\"", NULL,
		NULL },
	{ "ConsumerGroupCurrentMemberAssignmentKey version 0", CODEC_CONSUMER_OFFSETS,
		"00080007636166c3a92d320007636166c3a92d33",
		"{\"type\":\"ConsumerGroupCurrentMemberAssignment\",\"groupId\":\"café-2\",\"memberId\":\"café-3\"}",
		NULL, NULL },
	{ "ConsumerGroupCurrentMemberAssignmentKey version 0, nulls", CODEC_CONSUMER_OFFSETS,
		"00080007636166c3a92d340007636166c3a92d35",
		"{\"type\":\"ConsumerGroupCurrentMemberAssignment\",\"groupId\":\"café-4\",\"memberId\":\"café-5\"}",
		NULL, NULL },
	{ "ConsumerGroupCurrentMemberAssignmentValue version 0", CODEC_CONSUMER_OFFSETS,
		"0000ffffe890ffffe4a80803000046bd0cd0dc6afffffffffffffff503ffffd508ffffd12001000903ffffcd38f"
		"fffc9500000712e7ae7c710ffffffffffffffef03ffffbd98ffffb9b001000903ffffb5c8ffffb1e00300009b9fe"
		"8feb1b6ffffffffffffffe903ffffa628ffffa24001000903ffff9e58ffff9a700000c61157159c5cfffffffffff"
		"fffe303ffff8eb8ffff8ad001000903ffff86e8ffff830000",
		"{\"memberEpoch\":-6000,\"previousMemberEpoch\":-7000,\"state\":8,\"assignedPartitions\":[{\"topicId\""
		":\"AABGvQzQ3Gr_________9Q\",\"partitions\":[-11000,-12000],\"assignmentEpochs\":[-13000,-14000]},{"
		"\"topicId\":\"AABxLnrnxxD_________7w\",\"partitions\":[-17000,-18000],\"assignmentEpochs\":[-19000,-"
		"20000]}],\"partitionsPendingRevocation\":[{\"topicId\":\"AACbn-j-sbb_________6Q\",\"partitions\":[-2"
		"3000,-24000],\"assignmentEpochs\":[-25000,-26000]},{\"topicId\":\"AADGEVcVnFz_________4w\",\"partit"
		"ions\":[-29000,-30000],\"assignmentEpochs\":[-31000,-32000]}]}",
		NULL, "0008" },
	{ "ConsumerGroupCurrentMemberAssignmentValue version 0, nulls", CODEC_CONSUMER_OFFSETS,
		"0000ffff7f18ffff7b3023010100",
		"{\"memberEpoch\":-33000,\"previousMemberEpoch\":-34000,\"state\":35,\"assignedPartitions\":[],\"part"
		"itionsPendingRevocation\":[]}",
		NULL, "0008" },
	{ "ConsumerGroupMemberMetadataKey version 0", CODEC_CONSUMER_OFFSETS,
		"00050008636166c3a92d33360008636166c3a92d3337",
		"{\"type\":\"ConsumerGroupMemberMetadata\",\"groupId\":\"café-36\",\"memberId\":\"café-37\"}", NULL,
		NULL },
	{ "ConsumerGroupMemberMetadataKey version 0, nulls", CODEC_CONSUMER_OFFSETS,
		"00050008636166c3a92d33380008636166c3a92d3339",
		"{\"type\":\"ConsumerGroupMemberMetadata\",\"groupId\":\"café-38\",\"memberId\":\"café-39\"}", NULL,
		NULL },
	{ "ConsumerGroupMemberMetadataValue version 0", CODEC_CONSUMER_OFFSETS,
		"000009636166c3a92d343009636166c3a92d343109636166c3a92d343209636166c3a92d34330309636166c3a92"
		"d343409636166c3a92d343509636166c3a92d3436ffff486809636166c3a92d343801002301ffff3cb0030963616"
		"6c3a92d353204ff00350009636166c3a92d353504ff00380000",
		"{\"instanceId\":\"café-40\",\"rackId\":\"café-41\",\"clientId\":\"café-42\",\"clientHost\":\"café-43\",\"sub"
		"scribedTopicNames\":[\"café-44\",\"café-45\"],\"subscribedTopicRegex\":\"café-46\",\"rebalanceTimeoutM"
		"s\":-47000,\"serverAssignor\":\"café-48\",\"classicMemberMetadata\":{\"sessionTimeoutMs\":-50000,\"sup"
		"portedProtocols\":[{\"name\":\"café-52\",\"metadata\":\"/wA1\"},{\"name\":\"café-55\",\"metadata\":\"/wA4\"}]"
		"}}",
		NULL, "0005" },
	{ "ConsumerGroupMemberMetadataValue version 0, nulls", CODEC_CONSUMER_OFFSETS,
		"0000000009636166c3a92d353709636166c3a92d35380100ffff19880000",
		"{\"instanceId\":null,\"rackId\":null,\"clientId\":\"café-57\",\"clientHost\":\"café-58\",\"subscribedTop"
		"icNames\":[],\"subscribedTopicRegex\":null,\"rebalanceTimeoutMs\":-59000,\"serverAssignor\":null}",
		NULL, "0005" },
	{ "ConsumerGroupMetadataKey version 0", CODEC_CONSUMER_OFFSETS, "00030008636166c3a92d3630",
		"{\"type\":\"ConsumerGroupMetadata\",\"groupId\":\"café-60\"}", NULL, NULL },
	{ "ConsumerGroupMetadataKey version 0, nulls", CODEC_CONSUMER_OFFSETS, "00030008636166c3a92d3631",
		"{\"type\":\"ConsumerGroupMetadata\",\"groupId\":\"café-61\"}", NULL, NULL },
	{ "ConsumerGroupMetadataValue version 0", CODEC_CONSUMER_OFFSETS, "0000ffff0dd00100080000018bcfe5683f",
		"{\"epoch\":-62000,\"metadataHash\":1700000000063}", NULL, "0003" },
	{ "ConsumerGroupMetadataValue version 0, nulls", CODEC_CONSUMER_OFFSETS, "0000ffff060000", "{\"epoch\":-64000}",
		NULL, "0003" },
	{ "ConsumerGroupPartitionMetadataKey version 0", CODEC_CONSUMER_OFFSETS, "00040008636166c3a92d3635",
		"{\"type\":\"ConsumerGroupPartitionMetadata\",\"groupId\":\"café-65\"}", NULL, NULL },
	{ "ConsumerGroupPartitionMetadataKey version 0, nulls", CODEC_CONSUMER_OFFSETS, "00040008636166c3a92d3636",
		"{\"type\":\"ConsumerGroupPartitionMetadata\",\"groupId\":\"café-66\"}", NULL, NULL },
	{ "ConsumerGroupPartitionMetadataValue version 0", CODEC_CONSUMER_OFFSETS,
		"0000030001e1058a590e04ffffffffffffffbb09636166c3a92d3639fffeee9003fffee6c00309636166c3a92d3"
		"73309636166c3a92d373400fffed7200309636166c3a92d373709636166c3a92d37380000000235e86686e350fff"
		"fffffffffffaf09636166c3a92d3831fffebfb003fffeb7e00309636166c3a92d383509636166c3a92d383600fff"
		"ea8400309636166c3a92d383909636166c3a92d3930000000",
		"{\"topics\":[{\"topicId\":\"AAHhBYpZDgT_________uw\",\"topicName\":\"café-69\",\"numPartitions\":-70000"
		",\"partitionMetadata\":[{\"partition\":-72000,\"racks\":[\"café-73\",\"café-74\"]},{\"partition\":-76000"
		",\"racks\":[\"café-77\",\"café-78\"]}]},{\"topicId\":\"AAI16GaG41D_________rw\",\"topicName\":\"café-81\","
		"\"numPartitions\":-82000,\"partitionMetadata\":[{\"partition\":-84000,\"racks\":[\"café-85\",\"café-86\""
		"]},{\"partition\":-88000,\"racks\":[\"café-89\",\"café-90\"]}]}]}",
		NULL, "0004" },
	{ "ConsumerGroupPartitionMetadataValue version 0, nulls", CODEC_CONSUMER_OFFSETS, "00000100", "{\"topics\":[]}",
		NULL, "0004" },
	{ "ConsumerGroupRegularExpressionKey version 0", CODEC_CONSUMER_OFFSETS,
		"00100008636166c3a92d39310008636166c3a92d3932",
		"{\"type\":\"ConsumerGroupRegularExpression\",\"groupId\":\"café-91\",\"regularExpression\":\"café-92\"}",
		NULL, NULL },
	{ "ConsumerGroupRegularExpressionKey version 0, nulls", CODEC_CONSUMER_OFFSETS,
		"00100008636166c3a92d39330008636166c3a92d3934",
		"{\"type\":\"ConsumerGroupRegularExpression\",\"groupId\":\"café-93\",\"regularExpression\":\"café-94\"}",
		NULL, NULL },
	{ "ConsumerGroupRegularExpressionValue version 0", CODEC_CONSUMER_OFFSETS,
		"00000309636166c3a92d393509636166c3a92d39360000018bcfe568610000018bcfe5686200",
		"{\"topics\":[\"café-95\",\"café-96\"],\"version\":1700000000097,\"timestamp\":1700000000098}", NULL,
		"0010" },
	{ "ConsumerGroupRegularExpressionValue version 0, nulls", CODEC_CONSUMER_OFFSETS,
		"0000010000018bcfe568630000018bcfe5686400",
		"{\"topics\":[],\"version\":1700000000099,\"timestamp\":1700000000100}", NULL, "0010" },
	{ "ConsumerGroupTargetAssignmentMemberKey version 0", CODEC_CONSUMER_OFFSETS,
		"00070009636166c3a92d3130310009636166c3a92d313032",
		"{\"type\":\"ConsumerGroupTargetAssignmentMember\",\"groupId\":\"café-101\",\"memberId\":\"café-102\"}",
		NULL, NULL },
	{ "ConsumerGroupTargetAssignmentMemberKey version 0, nulls", CODEC_CONSUMER_OFFSETS,
		"00070009636166c3a92d3130330009636166c3a92d313034",
		"{\"type\":\"ConsumerGroupTargetAssignmentMember\",\"groupId\":\"café-103\",\"memberId\":\"café-104\"}",
		NULL, NULL },
	{ "ConsumerGroupTargetAssignmentMemberValue version 0", CODEC_CONSUMER_OFFSETS,
		"0000030002edd3ee3f86caffffffffffffff9503fffe5e08fffe5a200000030a1f8cf9788effffffffffffff910"
		"3fffe4e68fffe4a800000",
		"{\"topicPartitions\":[{\"topicId\":\"AALt0-4_hsr_________lQ\",\"partitions\":[-107000,-108000]},{\"t"
		"opicId\":\"AAMKH4z5eI7_________kQ\",\"partitions\":[-111000,-112000]}]}",
		NULL, "0007" },
	{ "ConsumerGroupTargetAssignmentMemberValue version 0, nulls", CODEC_CONSUMER_OFFSETS, "00000100",
		"{\"topicPartitions\":[]}", NULL, "0007" },
	{ "ConsumerGroupTargetAssignmentMetadataKey version 0", CODEC_CONSUMER_OFFSETS, "00060009636166c3a92d313133",
		"{\"type\":\"ConsumerGroupTargetAssignmentMetadata\",\"groupId\":\"café-113\"}", NULL, NULL },
	{ "ConsumerGroupTargetAssignmentMetadataKey version 0, nulls", CODEC_CONSUMER_OFFSETS,
		"00060009636166c3a92d313134",
		"{\"type\":\"ConsumerGroupTargetAssignmentMetadata\",\"groupId\":\"café-114\"}", NULL, NULL },
	{ "ConsumerGroupTargetAssignmentMetadataValue version 0", CODEC_CONSUMER_OFFSETS,
		"0000fffe3ec80100080000018bcfe56874",
		"{\"assignmentEpoch\":-115000,\"assignmentTimestamp\":1700000000116}", NULL, "0006" },
	{ "ConsumerGroupTargetAssignmentMetadataValue version 0, nulls", CODEC_CONSUMER_OFFSETS, "0000fffe36f800",
		"{\"assignmentEpoch\":-117000}", NULL, "0006" },
	{ "GroupMetadataKey version 0", CODEC_CONSUMER_OFFSETS, "00020009636166c3a92d313138",
		"{\"type\":\"GroupMetadata\",\"group\":\"café-118\"}", NULL, NULL },
	{ "GroupMetadataKey version 0, nulls", CODEC_CONSUMER_OFFSETS, "00020009636166c3a92d313139",
		"{\"type\":\"GroupMetadata\",\"group\":\"café-119\"}", NULL, NULL },
	{ "GroupMetadataValue version 0", CODEC_CONSUMER_OFFSETS,
		"00000009636166c3a92d313230fffe27580009636166c3a92d3132320009636166c3a92d3132330000000200096"
		"36166c3a92d3132350009636166c3a92d3132360009636166c3a92d313237fffe0c0000000003ff008100000003f"
		"f00820009636166c3a92d3133320009636166c3a92d3133330009636166c3a92d313334fffdf0a800000003ff008"
		"800000003ff0089",
		"{\"protocolType\":\"café-120\",\"generation\":-121000,\"protocol\":\"café-122\",\"leader\":\"café-123\",\""
		"members\":[{\"memberId\":\"café-125\",\"clientId\":\"café-126\",\"clientHost\":\"café-127\",\"sessionTimeo"
		"ut\":-128000,\"subscription\":\"/wCB\",\"assignment\":\"/wCC\"},{\"memberId\":\"café-132\",\"clientId\":\"ca"
		"fé-133\",\"clientHost\":\"café-134\",\"sessionTimeout\":-135000,\"subscription\":\"/wCI\",\"assignment\":"
		"\"/wCJ\"}]}",
		NULL, "0002" },
	{ "GroupMetadataValue version 0, nulls", CODEC_CONSUMER_OFFSETS,
		"00000009636166c3a92d313338fffde108ffffffff00000000",
		"{\"protocolType\":\"café-138\",\"generation\":-139000,\"protocol\":null,\"leader\":null,\"members\":[]}",
		NULL, "0002" },
	{ "GroupMetadataValue version 1", CODEC_CONSUMER_OFFSETS,
		"00010009636166c3a92d313430fffdd9380009636166c3a92d3134320009636166c3a92d3134330000000200096"
		"36166c3a92d3134350009636166c3a92d3134360009636166c3a92d313437fffdbde0fffdb9f800000003ff00960"
		"0000003ff00970009636166c3a92d3135330009636166c3a92d3135340009636166c3a92d313535fffd9ea0fffd9"
		"ab800000003ff009e00000003ff009f",
		"{\"protocolType\":\"café-140\",\"generation\":-141000,\"protocol\":\"café-142\",\"leader\":\"café-143\",\""
		"members\":[{\"memberId\":\"café-145\",\"clientId\":\"café-146\",\"clientHost\":\"café-147\",\"rebalanceTim"
		"eout\":-148000,\"sessionTimeout\":-149000,\"subscription\":\"/wCW\",\"assignment\":\"/wCX\"},{\"memberId"
		"\":\"café-153\",\"clientId\":\"café-154\",\"clientHost\":\"café-155\",\"rebalanceTimeout\":-156000,\"sessi"
		"onTimeout\":-157000,\"subscription\":\"/wCe\",\"assignment\":\"/wCf\"}]}",
		NULL, "0002" },
	{ "GroupMetadataValue version 1, nulls", CODEC_CONSUMER_OFFSETS,
		"00010009636166c3a92d313630fffd8b18ffffffff00000000",
		"{\"protocolType\":\"café-160\",\"generation\":-161000,\"protocol\":null,\"leader\":null,\"members\":[]}",
		NULL, "0002" },
	{ "GroupMetadataValue version 2", CODEC_CONSUMER_OFFSETS,
		"00020009636166c3a92d313632fffd83480009636166c3a92d3136340009636166c3a92d3136350000018bcfe56"
		"8a6000000020009636166c3a92d3136380009636166c3a92d3136390009636166c3a92d313730fffd6408fffd602"
		"000000003ff00ad00000003ff00ae0009636166c3a92d3137360009636166c3a92d3137370009636166c3a92d313"
		"738fffd44c8fffd40e000000003ff00b500000003ff00b6",
		"{\"protocolType\":\"café-162\",\"generation\":-163000,\"protocol\":\"café-164\",\"leader\":\"café-165\",\""
		"currentStateTimestamp\":1700000000166,\"members\":[{\"memberId\":\"café-168\",\"clientId\":\"café-169\""
		",\"clientHost\":\"café-170\",\"rebalanceTimeout\":-171000,\"sessionTimeout\":-172000,\"subscription\":"
		"\"/wCt\",\"assignment\":\"/wCu\"},{\"memberId\":\"café-176\",\"clientId\":\"café-177\",\"clientHost\":\"café-"
		"178\",\"rebalanceTimeout\":-179000,\"sessionTimeout\":-180000,\"subscription\":\"/wC1\",\"assignment\":"
		"\"/wC2\"}]}",
		NULL, "0002" },
	{ "GroupMetadataValue version 2, nulls", CODEC_CONSUMER_OFFSETS,
		"00020009636166c3a92d313833fffd3140ffffffff0000018bcfe568b900000000",
		"{\"protocolType\":\"café-183\",\"generation\":-184000,\"protocol\":null,\"leader\":null,\"currentState"
		"Timestamp\":1700000000185,\"members\":[]}",
		NULL, "0002" },
	{ "GroupMetadataValue version 3", CODEC_CONSUMER_OFFSETS,
		"00030009636166c3a92d313836fffd25880009636166c3a92d3138380009636166c3a92d3138390000018bcfe56"
		"8be000000020009636166c3a92d3139320009636166c3a92d3139330009636166c3a92d3139340009636166c3a92"
		"d313935fffd0260fffcfe7800000003ff00c600000003ff00c70009636166c3a92d3230310009636166c3a92d323"
		"0320009636166c3a92d3230330009636166c3a92d323034fffcdf38fffcdb5000000003ff00cf00000003ff00d0",
		"{\"protocolType\":\"café-186\",\"generation\":-187000,\"protocol\":\"café-188\",\"leader\":\"café-189\",\""
		"currentStateTimestamp\":1700000000190,\"members\":[{\"memberId\":\"café-192\",\"groupInstanceId\":\"ca"
		"fé-193\",\"clientId\":\"café-194\",\"clientHost\":\"café-195\",\"rebalanceTimeout\":-196000,\"sessionTim"
		"eout\":-197000,\"subscription\":\"/wDG\",\"assignment\":\"/wDH\"},{\"memberId\":\"café-201\",\"groupInstan"
		"ceId\":\"café-202\",\"clientId\":\"café-203\",\"clientHost\":\"café-204\",\"rebalanceTimeout\":-205000,\"s"
		"essionTimeout\":-206000,\"subscription\":\"/wDP\",\"assignment\":\"/wDQ\"}]}",
		NULL, "0002" },
	{ "GroupMetadataValue version 3, nulls", CODEC_CONSUMER_OFFSETS,
		"00030009636166c3a92d323039fffccbb0ffffffff0000018bcfe568d300000000",
		"{\"protocolType\":\"café-209\",\"generation\":-210000,\"protocol\":null,\"leader\":null,\"currentState"
		"Timestamp\":1700000000211,\"members\":[]}",
		NULL, "0002" },
	{ "GroupMetadataValue version 4", CODEC_CONSUMER_OFFSETS,
		"00040a636166c3a92d323132fffcbff80a636166c3a92d3231340a636166c3a92d3231350000018bcfe568d8030"
		"a636166c3a92d3231380a636166c3a92d3231390a636166c3a92d3232300a636166c3a92d323231fffc9cd0fffc9"
		"8e804ff00e004ff00e1000a636166c3a92d3232370a636166c3a92d3232380a636166c3a92d3232390a636166c3a"
		"92d323330fffc79a8fffc75c004ff00e904ff00ea0000",
		"{\"protocolType\":\"café-212\",\"generation\":-213000,\"protocol\":\"café-214\",\"leader\":\"café-215\",\""
		"currentStateTimestamp\":1700000000216,\"members\":[{\"memberId\":\"café-218\",\"groupInstanceId\":\"ca"
		"fé-219\",\"clientId\":\"café-220\",\"clientHost\":\"café-221\",\"rebalanceTimeout\":-222000,\"sessionTim"
		"eout\":-223000,\"subscription\":\"/wDg\",\"assignment\":\"/wDh\"},{\"memberId\":\"café-227\",\"groupInstan"
		"ceId\":\"café-228\",\"clientId\":\"café-229\",\"clientHost\":\"café-230\",\"rebalanceTimeout\":-231000,\"s"
		"essionTimeout\":-232000,\"subscription\":\"/wDp\",\"assignment\":\"/wDq\"}]}",
		NULL, "0002" },
	{ "GroupMetadataValue version 4, nulls", CODEC_CONSUMER_OFFSETS,
		"00040a636166c3a92d323335fffc662000000000018bcfe568ed0100",
		"{\"protocolType\":\"café-235\",\"generation\":-236000,\"protocol\":null,\"leader\":null,\"currentState"
		"Timestamp\":1700000000237,\"members\":[]}",
		NULL, "0002" },
	{ "LegacyOffsetCommitKey version 0", CODEC_CONSUMER_OFFSETS,
		"00000009636166c3a92d3233380009636166c3a92d323339fffc5680",
		"{\"type\":\"LegacyOffsetCommit\",\"group\":\"café-238\",\"topic\":\"café-239\",\"partition\":-240000}",
		NULL, NULL },
	{ "LegacyOffsetCommitKey version 0, nulls", CODEC_CONSUMER_OFFSETS,
		"00000009636166c3a92d3234310009636166c3a92d323432fffc4ac8",
		"{\"type\":\"LegacyOffsetCommit\",\"group\":\"café-241\",\"topic\":\"café-242\",\"partition\":-243000}",
		NULL, NULL },
	{ "LegacyOffsetCommitValue version 0", CODEC_CONSUMER_OFFSETS,
		"00000000018bcfe568f40009636166c3a92d3234350000018bcfe568f6",
		"{\"offset\":1700000000244,\"metadata\":\"café-245\",\"commitTimestamp\":1700000000246}", NULL,
		"0000" },
	{ "LegacyOffsetCommitValue version 0, nulls", CODEC_CONSUMER_OFFSETS,
		"00000000018bcfe568f70009636166c3a92d3234380000018bcfe568f9",
		"{\"offset\":1700000000247,\"metadata\":\"café-248\",\"commitTimestamp\":1700000000249}", NULL,
		"0000" },
	{ "OffsetCommitKey version 0", CODEC_CONSUMER_OFFSETS,
		"00010009636166c3a92d3235300009636166c3a92d323531fffc27a0",
		"{\"type\":\"OffsetCommit\",\"group\":\"café-250\",\"topic\":\"café-251\",\"partition\":-252000}", NULL,
		NULL },
	{ "OffsetCommitKey version 0, nulls", CODEC_CONSUMER_OFFSETS,
		"00010009636166c3a92d3235330009636166c3a92d323534fffc1be8",
		"{\"type\":\"OffsetCommit\",\"group\":\"café-253\",\"topic\":\"café-254\",\"partition\":-255000}", NULL,
		NULL },
	{ "OffsetCommitValue version 0", CODEC_CONSUMER_OFFSETS,
		"00000000018bcfe569000009636166c3a92d3235370000018bcfe56902",
		"{\"offset\":1700000000256,\"metadata\":\"café-257\",\"commitTimestamp\":1700000000258}", NULL,
		"0001" },
	{ "OffsetCommitValue version 0, nulls", CODEC_CONSUMER_OFFSETS,
		"00000000018bcfe569030009636166c3a92d3236300000018bcfe56905",
		"{\"offset\":1700000000259,\"metadata\":\"café-260\",\"commitTimestamp\":1700000000261}", NULL,
		"0001" },
	{ "OffsetCommitValue version 1", CODEC_CONSUMER_OFFSETS,
		"00010000018bcfe569060009636166c3a92d3236330000018bcfe569080000018bcfe56909",
		"{\"offset\":1700000000262,\"metadata\":\"café-263\",\"commitTimestamp\":1700000000264,\"expireTimest"
		"amp\":1700000000265}",
		NULL, "0001" },
	{ "OffsetCommitValue version 1, nulls", CODEC_CONSUMER_OFFSETS,
		"00010000018bcfe5690a0009636166c3a92d3236370000018bcfe5690c0000018bcfe5690d",
		"{\"offset\":1700000000266,\"metadata\":\"café-267\",\"commitTimestamp\":1700000000268,\"expireTimest"
		"amp\":1700000000269}",
		NULL, "0001" },
	{ "OffsetCommitValue version 2", CODEC_CONSUMER_OFFSETS,
		"00020000018bcfe5690e0009636166c3a92d3237310000018bcfe56910",
		"{\"offset\":1700000000270,\"metadata\":\"café-271\",\"commitTimestamp\":1700000000272}", NULL,
		"0001" },
	{ "OffsetCommitValue version 2, nulls", CODEC_CONSUMER_OFFSETS,
		"00020000018bcfe569110009636166c3a92d3237340000018bcfe56913",
		"{\"offset\":1700000000273,\"metadata\":\"café-274\",\"commitTimestamp\":1700000000275}", NULL,
		"0001" },
	{ "OffsetCommitValue version 3", CODEC_CONSUMER_OFFSETS,
		"00030000018bcfe56914fffbc5f80009636166c3a92d3237380000018bcfe56917",
		"{\"offset\":1700000000276,\"leaderEpoch\":-277000,\"metadata\":\"café-278\",\"commitTimestamp\":17000"
		"00000279}",
		NULL, "0001" },
	{ "OffsetCommitValue version 3, nulls", CODEC_CONSUMER_OFFSETS,
		"00030000018bcfe56918fffbb6580009636166c3a92d3238320000018bcfe5691b",
		"{\"offset\":1700000000280,\"leaderEpoch\":-281000,\"metadata\":\"café-282\",\"commitTimestamp\":17000"
		"00000283}",
		NULL, "0001" },
	{ "OffsetCommitValue version 4", CODEC_CONSUMER_OFFSETS,
		"00040000018bcfe5691cfffba6b80a636166c3a92d3238360000018bcfe5691f0100100007f544a44bff20fffff"
		"ffffffffedf",
		"{\"offset\":1700000000284,\"leaderEpoch\":-285000,\"metadata\":\"café-286\",\"commitTimestamp\":17000"
		"00000287,\"topicId\":\"AAf1RKRL_yD________-3w\"}",
		NULL, "0001" },
	{ "OffsetCommitValue version 4, nulls", CODEC_CONSUMER_OFFSETS,
		"00040000018bcfe56921fffb93300a636166c3a92d3239310000018bcfe5692400",
		"{\"offset\":1700000000289,\"leaderEpoch\":-290000,\"metadata\":\"café-291\",\"commitTimestamp\":17000"
		"00000292}",
		NULL, "0001" },
	{ "ShareGroupCurrentMemberAssignmentKey version 0", CODEC_CONSUMER_OFFSETS,
		"000e0009636166c3a92d3239330009636166c3a92d323934",
		"{\"type\":\"ShareGroupCurrentMemberAssignment\",\"groupId\":\"café-293\",\"memberId\":\"café-294\"}",
		NULL, NULL },
	{ "ShareGroupCurrentMemberAssignmentKey version 0, nulls", CODEC_CONSUMER_OFFSETS,
		"000e0009636166c3a92d3239350009636166c3a92d323936",
		"{\"type\":\"ShareGroupCurrentMemberAssignment\",\"groupId\":\"café-295\",\"memberId\":\"café-296\"}",
		NULL, NULL },
	{ "ShareGroupCurrentMemberAssignmentValue version 0", CODEC_CONSUMER_OFFSETS,
		"0000fffb77d8fffb73f063030008513a682850ddfffffffffffffed203fffb6450fffb60680000086d8606e242a"
		"1fffffffffffffece03fffb54b0fffb50c80000",
		"{\"memberEpoch\":-297000,\"previousMemberEpoch\":-298000,\"state\":99,\"assignedPartitions\":[{\"top"
		"icId\":\"AAhROmgoUN3________-0g\",\"partitions\":[-302000,-303000]},{\"topicId\":\"AAhthgbiQqH______"
		"__-zg\",\"partitions\":[-306000,-307000]}]}",
		NULL, "000e" },
	{ "ShareGroupCurrentMemberAssignmentValue version 0, nulls", CODEC_CONSUMER_OFFSETS,
		"0000fffb4ce0fffb48f80a0100",
		"{\"memberEpoch\":-308000,\"previousMemberEpoch\":-309000,\"state\":10,\"assignedPartitions\":[]}",
		NULL, "000e" },
	{ "ShareGroupMemberMetadataKey version 0", CODEC_CONSUMER_OFFSETS,
		"000a0009636166c3a92d3331310009636166c3a92d333132",
		"{\"type\":\"ShareGroupMemberMetadata\",\"groupId\":\"café-311\",\"memberId\":\"café-312\"}", NULL,
		NULL },
	{ "ShareGroupMemberMetadataKey version 0, nulls", CODEC_CONSUMER_OFFSETS,
		"000a0009636166c3a92d3331330009636166c3a92d333134",
		"{\"type\":\"ShareGroupMemberMetadata\",\"groupId\":\"café-313\",\"memberId\":\"café-314\"}", NULL,
		NULL },
	{ "ShareGroupMemberMetadataValue version 0", CODEC_CONSUMER_OFFSETS,
		"00000a636166c3a92d3331350a636166c3a92d3331360a636166c3a92d333137030a636166c3a92d3331380a636"
		"166c3a92d33313900",
		"{\"rackId\":\"café-315\",\"clientId\":\"café-316\",\"clientHost\":\"café-317\",\"subscribedTopicNames\":["
		"\"café-318\",\"café-319\"]}",
		NULL, "000a" },
	{ "ShareGroupMemberMetadataValue version 0, nulls", CODEC_CONSUMER_OFFSETS,
		"0000000a636166c3a92d3332300a636166c3a92d3332310100",
		"{\"rackId\":null,\"clientId\":\"café-320\",\"clientHost\":\"café-321\",\"subscribedTopicNames\":[]}",
		NULL, "000a" },
	{ "ShareGroupMetadataKey version 0", CODEC_CONSUMER_OFFSETS, "000b0009636166c3a92d333232",
		"{\"type\":\"ShareGroupMetadata\",\"groupId\":\"café-322\"}", NULL, NULL },
	{ "ShareGroupMetadataKey version 0, nulls", CODEC_CONSUMER_OFFSETS, "000b0009636166c3a92d333233",
		"{\"type\":\"ShareGroupMetadata\",\"groupId\":\"café-323\"}", NULL, NULL },
	{ "ShareGroupMetadataValue version 0", CODEC_CONSUMER_OFFSETS, "0000fffb0e600000018bcfe5694500",
		"{\"epoch\":-324000,\"metadataHash\":1700000000325}", NULL, "000b" },
	{ "ShareGroupMetadataValue version 0, nulls", CODEC_CONSUMER_OFFSETS, "0000fffb06900000018bcfe5694700",
		"{\"epoch\":-326000,\"metadataHash\":1700000000327}", NULL, "000b" },
	{ "ShareGroupStatePartitionMetadataKey version 0", CODEC_CONSUMER_OFFSETS, "000f0009636166c3a92d333238",
		"{\"type\":\"ShareGroupStatePartitionMetadata\",\"groupId\":\"café-328\"}", NULL, NULL },
	{ "ShareGroupStatePartitionMetadataKey version 0, nulls", CODEC_CONSUMER_OFFSETS, "000f0009636166c3a92d333239",
		"{\"type\":\"ShareGroupStatePartitionMetadata\",\"groupId\":\"café-329\"}", NULL, NULL },
	{ "ShareGroupStatePartitionMetadataValue version 0", CODEC_CONSUMER_OFFSETS,
		"000003000925718e9ae61bfffffffffffffeb40a636166c3a92d33333203fffaeb38fffae75000000948d015035"
		"450fffffffffffffeaf0a636166c3a92d33333703fffad7b0fffad3c8000300096c2e9b6bc285fffffffffffffea"
		"a0a636166c3a92d33343203fffac428fffac0400000098f8d21d430bafffffffffffffea50a636166c3a92d33343"
		"703fffab0a0fffaacb800030009b2eba83c9eeffffffffffffffea00a636166c3a92d333532000009c8245f48144"
		"2fffffffffffffe9d0a636166c3a92d3335350000",
		"{\"initializingTopics\":[{\"topicId\":\"AAklcY6a5hv________-tA\",\"topicName\":\"café-332\",\"partitio"
		"ns\":[-333000,-334000]},{\"topicId\":\"AAlI0BUDVFD________-rw\",\"topicName\":\"café-337\",\"partition"
		"s\":[-338000,-339000]}],\"initializedTopics\":[{\"topicId\":\"AAlsLptrwoX________-qg\",\"topicName\":"
		"\"café-342\",\"partitions\":[-343000,-344000]},{\"topicId\":\"AAmPjSHUMLr________-pQ\",\"topicName\":\""
		"café-347\",\"partitions\":[-348000,-349000]}],\"deletingTopics\":[{\"topicId\":\"AAmy66g8nu_________"
		"-oA\",\"topicName\":\"café-352\"},{\"topicId\":\"AAnIJF9IFEL________-nQ\",\"topicName\":\"café-355\"}]}",
		NULL, "000f" },
	{ "ShareGroupStatePartitionMetadataValue version 0, nulls", CODEC_CONSUMER_OFFSETS, "000001010100",
		"{\"initializingTopics\":[],\"initializedTopics\":[],\"deletingTopics\":[]}", NULL, "000f" },
	{ "ShareGroupTargetAssignmentMemberKey version 0", CODEC_CONSUMER_OFFSETS,
		"000d0009636166c3a92d3335360009636166c3a92d333537",
		"{\"type\":\"ShareGroupTargetAssignmentMember\",\"groupId\":\"café-356\",\"memberId\":\"café-357\"}",
		NULL, NULL },
	{ "ShareGroupTargetAssignmentMemberKey version 0, nulls", CODEC_CONSUMER_OFFSETS,
		"000d0009636166c3a92d3335380009636166c3a92d333539",
		"{\"type\":\"ShareGroupTargetAssignmentMember\",\"groupId\":\"café-358\",\"memberId\":\"café-359\"}",
		NULL, NULL },
	{ "ShareGroupTargetAssignmentMemberValue version 0", CODEC_CONSUMER_OFFSETS,
		"0000030009f9a8b50d7b59fffffffffffffe9603fffa79f0fffa760800000a15f453c76d1dfffffffffffffe920"
		"3fffa6a50fffa66680000",
		"{\"topicPartitions\":[{\"topicId\":\"AAn5qLUNe1n________-lg\",\"partitions\":[-362000,-363000]},{\"t"
		"opicId\":\"AAoV9FPHbR3________-kg\",\"partitions\":[-366000,-367000]}]}",
		NULL, "000d" },
	{ "ShareGroupTargetAssignmentMemberValue version 0, nulls", CODEC_CONSUMER_OFFSETS, "00000100",
		"{\"topicPartitions\":[]}", NULL, "000d" },
	{ "ShareGroupTargetAssignmentMetadataKey version 0", CODEC_CONSUMER_OFFSETS, "000c0009636166c3a92d333638",
		"{\"type\":\"ShareGroupTargetAssignmentMetadata\",\"groupId\":\"café-368\"}", NULL, NULL },
	{ "ShareGroupTargetAssignmentMetadataKey version 0, nulls", CODEC_CONSUMER_OFFSETS,
		"000c0009636166c3a92d333639",
		"{\"type\":\"ShareGroupTargetAssignmentMetadata\",\"groupId\":\"café-369\"}", NULL, NULL },
	{ "ShareGroupTargetAssignmentMetadataValue version 0", CODEC_CONSUMER_OFFSETS,
		"0000fffa5ab00100080000018bcfe56973",
		"{\"assignmentEpoch\":-370000,\"assignmentTimestamp\":1700000000371}", NULL, "000c" },
	{ "ShareGroupTargetAssignmentMetadataValue version 0, nulls", CODEC_CONSUMER_OFFSETS, "0000fffa52e000",
		"{\"assignmentEpoch\":-372000}", NULL, "000c" },
	{ "StreamsGroupCurrentMemberAssignmentKey version 0", CODEC_CONSUMER_OFFSETS,
		"00160009636166c3a92d3337330009636166c3a92d333734",
		"{\"type\":\"StreamsGroupCurrentMemberAssignment\",\"groupId\":\"café-373\",\"memberId\":\"café-374\"}",
		NULL, NULL },
	{ "StreamsGroupCurrentMemberAssignmentKey version 0, nulls", CODEC_CONSUMER_OFFSETS,
		"00160009636166c3a92d3337350009636166c3a92d333736",
		"{\"type\":\"StreamsGroupCurrentMemberAssignment\",\"groupId\":\"café-375\",\"memberId\":\"café-376\"}",
		NULL, NULL },
	{ "StreamsGroupCurrentMemberAssignmentValue version 0", CODEC_CONSUMER_OFFSETS,
		"0000fffa3f58fffa3b704f030a636166c3a92d33383103fffa2bd0fffa27e801000903fffa2400fffa20180a636"
		"166c3a92d33383703fffa1460fffa107801000903fffa0c90fffa08a8030a636166c3a92d33393303fff9fcf0fff"
		"9f90801000903fff9f520fff9f1380a636166c3a92d33393903fff9e580fff9e19801000903fff9ddb0fff9d9c80"
		"30a636166c3a92d34303503fff9ce10fff9ca2801000903fff9c640fff9c2580a636166c3a92d34313103fff9b6a"
		"0fff9b2b801000903fff9aed0fff9aae8030a636166c3a92d34313703fff99f30fff99b4801000903fff99760fff"
		"993780a636166c3a92d34323303fff987c0fff983d801000903fff97ff0fff97c08030a636166c3a92d34323903f"
		"ff97050fff96c6801000903fff96880fff964980a636166c3a92d34333503fff958e0fff954f801000903fff9511"
		"0fff94d28030a636166c3a92d34343103fff94170fff93d8801000903fff939a0fff935b80a636166c3a92d34343"
		"703fff92a00fff9261801000903fff92230fff91e4800",
		"{\"memberEpoch\":-377000,\"previousMemberEpoch\":-378000,\"state\":79,\"activeTasks\":[{\"subtopolog"
		"yId\":\"café-381\",\"partitions\":[-382000,-383000],\"assignmentEpochs\":[-384000,-385000]},{\"subto"
		"pologyId\":\"café-387\",\"partitions\":[-388000,-389000],\"assignmentEpochs\":[-390000,-391000]}],\""
		"standbyTasks\":[{\"subtopologyId\":\"café-393\",\"partitions\":[-394000,-395000],\"assignmentEpochs\""
		":[-396000,-397000]},{\"subtopologyId\":\"café-399\",\"partitions\":[-400000,-401000],\"assignmentEp"
		"ochs\":[-402000,-403000]}],\"warmupTasks\":[{\"subtopologyId\":\"café-405\",\"partitions\":[-406000,-"
		"407000],\"assignmentEpochs\":[-408000,-409000]},{\"subtopologyId\":\"café-411\",\"partitions\":[-412"
		"000,-413000],\"assignmentEpochs\":[-414000,-415000]}],\"activeTasksPendingRevocation\":[{\"subtop"
		"ologyId\":\"café-417\",\"partitions\":[-418000,-419000],\"assignmentEpochs\":[-420000,-421000]},{\"s"
		"ubtopologyId\":\"café-423\",\"partitions\":[-424000,-425000],\"assignmentEpochs\":[-426000,-427000]"
		"}],\"standbyTasksPendingRevocation\":[{\"subtopologyId\":\"café-429\",\"partitions\":[-430000,-43100"
		"0],\"assignmentEpochs\":[-432000,-433000]},{\"subtopologyId\":\"café-435\",\"partitions\":[-436000,-"
		"437000],\"assignmentEpochs\":[-438000,-439000]}],\"warmupTasksPendingRevocation\":[{\"subtopology"
		"Id\":\"café-441\",\"partitions\":[-442000,-443000],\"assignmentEpochs\":[-444000,-445000]},{\"subtop"
		"ologyId\":\"café-447\",\"partitions\":[-448000,-449000],\"assignmentEpochs\":[-450000,-451000]}]}",
		NULL, "0016" },
	{ "StreamsGroupCurrentMemberAssignmentValue version 0, nulls", CODEC_CONSUMER_OFFSETS,
		"0000fff91a60fff916783601010101010100",
		"{\"memberEpoch\":-452000,\"previousMemberEpoch\":-453000,\"state\":54,\"activeTasks\":[],\"standbyTa"
		"sks\":[],\"warmupTasks\":[],\"activeTasksPendingRevocation\":[],\"standbyTasksPendingRevocation\":["
		"],\"warmupTasksPendingRevocation\":[]}",
		NULL, "0016" },
	{ "StreamsGroupMemberMetadataKey version 0", CODEC_CONSUMER_OFFSETS,
		"00130009636166c3a92d3435350009636166c3a92d343536",
		"{\"type\":\"StreamsGroupMemberMetadata\",\"groupId\":\"café-455\",\"memberId\":\"café-456\"}", NULL,
		NULL },
	{ "StreamsGroupMemberMetadataKey version 0, nulls", CODEC_CONSUMER_OFFSETS,
		"00130009636166c3a92d3435370009636166c3a92d343538",
		"{\"type\":\"StreamsGroupMemberMetadata\",\"groupId\":\"café-457\",\"memberId\":\"café-458\"}", NULL,
		NULL },
	{ "StreamsGroupMemberMetadataValue version 0", CODEC_CONSUMER_OFFSETS,
		"00000a636166c3a92d3435390a636166c3a92d3436300a636166c3a92d3436310a636166c3a92d343632fff8ef6"
		"8fff8eb800a636166c3a92d343635010a636166c3a92d3436379e1400030a636166c3a92d3437300a636166c3a92"
		"d343731000a636166c3a92d3437330a636166c3a92d3437340000",
		"{\"instanceId\":\"café-459\",\"rackId\":\"café-460\",\"clientId\":\"café-461\",\"clientHost\":\"café-462\","
		"\"rebalanceTimeoutMs\":-463000,\"topologyEpoch\":-464000,\"processId\":\"café-465\",\"userEndpoint\":{"
		"\"host\":\"café-467\",\"port\":40468},\"clientTags\":[{\"key\":\"café-470\",\"value\":\"café-471\"},{\"key\":\""
		"café-473\",\"value\":\"café-474\"}]}",
		NULL, "0013" },
	{ "StreamsGroupMemberMetadataValue version 0, nulls", CODEC_CONSUMER_OFFSETS,
		"000000000a636166c3a92d3437350a636166c3a92d343736fff8b8b8fff8b4d00a636166c3a92d343739ff0100",
		"{\"instanceId\":null,\"rackId\":null,\"clientId\":\"café-475\",\"clientHost\":\"café-476\",\"rebalanceTi"
		"meoutMs\":-477000,\"topologyEpoch\":-478000,\"processId\":\"café-479\",\"userEndpoint\":null,\"clientT"
		"ags\":[]}",
		NULL, "0013" },
	{ "StreamsGroupMetadataKey version 0", CODEC_CONSUMER_OFFSETS, "00110009636166c3a92d343830",
		"{\"type\":\"StreamsGroupMetadata\",\"groupId\":\"café-480\"}", NULL, NULL },
	{ "StreamsGroupMetadataKey version 0, nulls", CODEC_CONSUMER_OFFSETS, "00110009636166c3a92d343831",
		"{\"type\":\"StreamsGroupMetadata\",\"groupId\":\"café-481\"}", NULL, NULL },
	{ "StreamsGroupMetadataValue version 0", CODEC_CONSUMER_OFFSETS,
		"0000fff8a5300000018bcfe569e3020004fff89d60012b030a636166c3a92d3438360a636166c3a92d343837000"
		"a636166c3a92d3438390a636166c3a92d34393000",
		"{\"epoch\":-482000,\"metadataHash\":1700000000483,\"validatedTopologyEpoch\":-484000,\"lastAssignm"
		"entConfigs\":[{\"key\":\"café-486\",\"value\":\"café-487\"},{\"key\":\"café-489\",\"value\":\"café-490\"}]}",
		NULL, "0011" },
	{ "StreamsGroupMetadataValue version 0, nulls", CODEC_CONSUMER_OFFSETS, "0000fff882080000018bcfe569ec00",
		"{\"epoch\":-491000,\"metadataHash\":1700000000492}", NULL, "0011" },
	{ "StreamsGroupTargetAssignmentMemberKey version 0", CODEC_CONSUMER_OFFSETS,
		"00150009636166c3a92d3439330009636166c3a92d343934",
		"{\"type\":\"StreamsGroupTargetAssignmentMember\",\"groupId\":\"café-493\",\"memberId\":\"café-494\"}",
		NULL, NULL },
	{ "StreamsGroupTargetAssignmentMemberKey version 0, nulls", CODEC_CONSUMER_OFFSETS,
		"00150009636166c3a92d3439350009636166c3a92d343936",
		"{\"type\":\"StreamsGroupTargetAssignmentMember\",\"groupId\":\"café-495\",\"memberId\":\"café-496\"}",
		NULL, NULL },
	{ "StreamsGroupTargetAssignmentMemberValue version 0", CODEC_CONSUMER_OFFSETS,
		"0000030a636166c3a92d34393803fff862c8fff85ee0000a636166c3a92d35303203fff85328fff84f4000030a6"
		"36166c3a92d35303603fff84388fff83fa0000a636166c3a92d35313003fff833e8fff8300000030a636166c3a92"
		"d35313403fff82448fff82060000a636166c3a92d35313803fff814a8fff810c00000",
		"{\"activeTasks\":[{\"subtopologyId\":\"café-498\",\"partitions\":[-499000,-500000]},{\"subtopologyId"
		"\":\"café-502\",\"partitions\":[-503000,-504000]}],\"standbyTasks\":[{\"subtopologyId\":\"café-506\",\"p"
		"artitions\":[-507000,-508000]},{\"subtopologyId\":\"café-510\",\"partitions\":[-511000,-512000]}],\""
		"warmupTasks\":[{\"subtopologyId\":\"café-514\",\"partitions\":[-515000,-516000]},{\"subtopologyId\":\""
		"café-518\",\"partitions\":[-519000,-520000]}]}",
		NULL, "0015" },
	{ "StreamsGroupTargetAssignmentMemberValue version 0, nulls", CODEC_CONSUMER_OFFSETS, "000001010100",
		"{\"activeTasks\":[],\"standbyTasks\":[],\"warmupTasks\":[]}", NULL, "0015" },
	{ "StreamsGroupTargetAssignmentMetadataKey version 0", CODEC_CONSUMER_OFFSETS, "00140009636166c3a92d353231",
		"{\"type\":\"StreamsGroupTargetAssignmentMetadata\",\"groupId\":\"café-521\"}", NULL, NULL },
	{ "StreamsGroupTargetAssignmentMetadataKey version 0, nulls", CODEC_CONSUMER_OFFSETS,
		"00140009636166c3a92d353232",
		"{\"type\":\"StreamsGroupTargetAssignmentMetadata\",\"groupId\":\"café-522\"}", NULL, NULL },
	{ "StreamsGroupTargetAssignmentMetadataValue version 0", CODEC_CONSUMER_OFFSETS,
		"0000fff805080100080000018bcfe56a0c",
		"{\"assignmentEpoch\":-523000,\"assignmentTimestamp\":1700000000524}", NULL, "0014" },
	{ "StreamsGroupTargetAssignmentMetadataValue version 0, nulls", CODEC_CONSUMER_OFFSETS, "0000fff7fd3800",
		"{\"assignmentEpoch\":-525000}", NULL, "0014" },
	{ "StreamsGroupTopologyKey version 0", CODEC_CONSUMER_OFFSETS, "00170009636166c3a92d353236",
		"{\"type\":\"StreamsGroupTopology\",\"groupId\":\"café-526\"}", NULL, NULL },
	{ "StreamsGroupTopologyKey version 0, nulls", CODEC_CONSUMER_OFFSETS, "00170009636166c3a92d353237",
		"{\"type\":\"StreamsGroupTopology\",\"groupId\":\"café-527\"}", NULL, NULL },
	{ "StreamsGroupTopologyValue version 0", CODEC_CONSUMER_OFFSETS,
		"0000fff7f180030a636166c3a92d353330030a636166c3a92d3533310a636166c3a92d353332030a636166c3a92"
		"d3533330a636166c3a92d353334030a636166c3a92d353336fff7ce58021a030a636166c3a92d3534300a636166c"
		"3a92d353431000a636166c3a92d3534330a636166c3a92d35343400000a636166c3a92d353436fff7a7480224030"
		"a636166c3a92d3535300a636166c3a92d353531000a636166c3a92d3535330a636166c3a92d3535340000030a636"
		"166c3a92d3535350a636166c3a92d353536030a636166c3a92d353538fff778680230030a636166c3a92d3536320"
		"a636166c3a92d353633000a636166c3a92d3536350a636166c3a92d35363600000a636166c3a92d353638fff7515"
		"8023a030a636166c3a92d3537320a636166c3a92d353733000a636166c3a92d3537350a636166c3a92d353736000"
		"00303024202430302440245030246024700030249024a03024b024c03024d024e00000a636166c3a92d353932030"
		"a636166c3a92d3539330a636166c3a92d353934030a636166c3a92d3539350a636166c3a92d353936030a636166c"
		"3a92d353938fff6dc280258030a636166c3a92d3630320a636166c3a92d363033000a636166c3a92d3630350a636"
		"166c3a92d36303600000a636166c3a92d363038fff6b5180262030a636166c3a92d3631320a636166c3a92d36313"
		"3000a636166c3a92d3631350a636166c3a92d3631360000030a636166c3a92d3631370a636166c3a92d363138030"
		"a636166c3a92d363230fff68638026e030a636166c3a92d3632340a636166c3a92d363235000a636166c3a92d363"
		"2370a636166c3a92d36323800000a636166c3a92d363330fff65f280278030a636166c3a92d3633340a636166c3a"
		"92d363335000a636166c3a92d3633370a636166c3a92d36333800000303028002810302820283030284028500030"
		"2870288030289028a03028b028c000000",
		"{\"epoch\":-528000,\"subtopologies\":[{\"subtopologyId\":\"café-530\",\"sourceTopics\":[\"café-531\",\"c"
		"afé-532\"],\"sourceTopicRegex\":[\"café-533\",\"café-534\"],\"stateChangelogTopics\":[{\"name\":\"café-5"
		"36\",\"partitions\":-537000,\"replicationFactor\":538,\"topicConfigs\":[{\"key\":\"café-540\",\"value\":\""
		"café-541\"},{\"key\":\"café-543\",\"value\":\"café-544\"}]},{\"name\":\"café-546\",\"partitions\":-547000,\""
		"replicationFactor\":548,\"topicConfigs\":[{\"key\":\"café-550\",\"value\":\"café-551\"},{\"key\":\"café-55"
		"3\",\"value\":\"café-554\"}]}],\"repartitionSinkTopics\":[\"café-555\",\"café-556\"],\"repartitionSource"
		"Topics\":[{\"name\":\"café-558\",\"partitions\":-559000,\"replicationFactor\":560,\"topicConfigs\":[{\"k"
		"ey\":\"café-562\",\"value\":\"café-563\"},{\"key\":\"café-565\",\"value\":\"café-566\"}]},{\"name\":\"café-568"
		"\",\"partitions\":-569000,\"replicationFactor\":570,\"topicConfigs\":[{\"key\":\"café-572\",\"value\":\"ca"
		"fé-573\"},{\"key\":\"café-575\",\"value\":\"café-576\"}]}],\"copartitionGroups\":[{\"sourceTopics\":[578,"
		"579],\"sourceTopicRegex\":[580,581],\"repartitionSourceTopics\":[582,583]},{\"sourceTopics\":[585,"
		"586],\"sourceTopicRegex\":[587,588],\"repartitionSourceTopics\":[589,590]}]},{\"subtopologyId\":\"c"
		"afé-592\",\"sourceTopics\":[\"café-593\",\"café-594\"],\"sourceTopicRegex\":[\"café-595\",\"café-596\"],\""
		"stateChangelogTopics\":[{\"name\":\"café-598\",\"partitions\":-599000,\"replicationFactor\":600,\"topi"
		"cConfigs\":[{\"key\":\"café-602\",\"value\":\"café-603\"},{\"key\":\"café-605\",\"value\":\"café-606\"}]},{\"n"
		"ame\":\"café-608\",\"partitions\":-609000,\"replicationFactor\":610,\"topicConfigs\":[{\"key\":\"café-61"
		"2\",\"value\":\"café-613\"},{\"key\":\"café-615\",\"value\":\"café-616\"}]}],\"repartitionSinkTopics\":[\"ca"
		"fé-617\",\"café-618\"],\"repartitionSourceTopics\":[{\"name\":\"café-620\",\"partitions\":-621000,\"repl"
		"icationFactor\":622,\"topicConfigs\":[{\"key\":\"café-624\",\"value\":\"café-625\"},{\"key\":\"café-627\",\""
		"value\":\"café-628\"}]},{\"name\":\"café-630\",\"partitions\":-631000,\"replicationFactor\":632,\"topicC"
		"onfigs\":[{\"key\":\"café-634\",\"value\":\"café-635\"},{\"key\":\"café-637\",\"value\":\"café-638\"}]}],\"cop"
		"artitionGroups\":[{\"sourceTopics\":[640,641],\"sourceTopicRegex\":[642,643],\"repartitionSourceTo"
		"pics\":[644,645]},{\"sourceTopics\":[647,648],\"sourceTopicRegex\":[649,650],\"repartitionSourceTo"
		"pics\":[651,652]}]}]}",
		NULL, "0017" },
	{ "StreamsGroupTopologyValue version 0, nulls", CODEC_CONSUMER_OFFSETS, "0000fff609380100",
		"{\"epoch\":-653000,\"subtopologies\":[]}", NULL, "0017" },
	{ "a classic group's members, decoded", CODEC_CONSUMER_OFFSETS,
		"00030008636f6e73756d657200000011000572616e676500036d2d310000018bcfe568000000000100036d2d31f"
		"fff000163000a2f3132372e302e302e3100000001000000020000003b00030000000200066f72646572730007726"
		"57475726e73ffffffff0000000100066f726465727300000001000000030000001100067261636b2d310000001e0"
		"0030000000100066f7264657273000000020000000000000001ffffffff",
		"{\"protocolType\":\"consumer\",\"generation\":17,\"protocol\":\"range\",\"leader\":\"m-1\",\"currentStateT"
		"imestamp\":1700000000000,\"members\":[{\"memberId\":\"m-1\",\"groupInstanceId\":null,\"clientId\":\"c\",\""
		"clientHost\":\"/127.0.0.1\",\"rebalanceTimeout\":1,\"sessionTimeout\":2,\"subscription\":{\"topics\":[\""
		"orders\",\"returns\"],\"userData\":null,\"ownedPartitions\":[{\"topic\":\"orders\",\"partitions\":[3]}],\""
		"generationId\":17,\"rackId\":\"rack-1\"},\"assignment\":{\"assignedPartitions\":[{\"topic\":\"orders\",\"p"
		"artitions\":[0,1]}],\"userData\":null}}]}",
		NULL, "0002" },
	{ "TransactionLogKey version 0", CODEC_TRANSACTION_STATE, "00000009636166c3a92d363534",
		"{\"type\":\"TransactionLog\",\"transactionalId\":\"café-654\"}", NULL, NULL },
	{ "TransactionLogKey version 0, nulls", CODEC_TRANSACTION_STATE, "00000009636166c3a92d363535",
		"{\"type\":\"TransactionLog\",\"transactionalId\":\"café-655\"}", NULL, NULL },
	{ "TransactionLogValue version 0", CODEC_TRANSACTION_STATE,
		"00000000018bcfe56a900291fff5f5b03b000000020009636166c3a92d36363100000002fff5e610fff5e228000"
		"9636166c3a92d36363500000002fff5d670fff5d2880000018bcfe56a9c0000018bcfe56a9d",
		"{\"producerId\":1700000000656,\"producerEpoch\":657,\"transactionTimeoutMs\":-658000,\"transaction"
		"Status\":59,\"transactionPartitions\":[{\"topic\":\"café-661\",\"partitionIds\":[-662000,-663000]},{\""
		"topic\":\"café-665\",\"partitionIds\":[-666000,-667000]}],\"transactionLastUpdateTimestampMs\":1700"
		"000000668,\"transactionStartTimestampMs\":1700000000669}",
		NULL, "0000" },
	{ "TransactionLogValue version 0, nulls", CODEC_TRANSACTION_STATE,
		"00000000018bcfe56a9e029ffff5bf0049ffffffff0000018bcfe56aa20000018bcfe56aa3",
		"{\"producerId\":1700000000670,\"producerEpoch\":671,\"transactionTimeoutMs\":-672000,\"transaction"
		"Status\":73,\"transactionPartitions\":null,\"transactionLastUpdateTimestampMs\":1700000000674,\"tr"
		"ansactionStartTimestampMs\":1700000000675}",
		NULL, "0000" },
	{ "TransactionLogValue version 1", CODEC_TRANSACTION_STATE,
		"00010000018bcfe56aa402a7fff59bd852030a636166c3a92d36383403fff58c38fff58850000a636166c3a92d3"
		"6383803fff57c98fff578b0000000018bcfe56ab30000018bcfe56ab40400080000018bcfe56aa501080000018bc"
		"fe56aa6020202b5030202a8",
		"{\"producerId\":1700000000676,\"previousProducerId\":1700000000677,\"nextProducerId\":17000000006"
		"78,\"producerEpoch\":679,\"nextProducerEpoch\":680,\"transactionTimeoutMs\":-681000,\"transactionSt"
		"atus\":82,\"transactionPartitions\":[{\"topic\":\"café-684\",\"partitionIds\":[-685000,-686000]},{\"to"
		"pic\":\"café-688\",\"partitionIds\":[-689000,-690000]}],\"transactionLastUpdateTimestampMs\":170000"
		"0000691,\"transactionStartTimestampMs\":1700000000692,\"clientTransactionVersion\":693}",
		NULL, "0000" },
	{ "TransactionLogValue version 1, nulls", CODEC_TRANSACTION_STATE,
		"00010000018bcfe56ab602b7fff5614061000000018bcfe56aba0000018bcfe56abb00",
		"{\"producerId\":1700000000694,\"producerEpoch\":695,\"transactionTimeoutMs\":-696000,\"transaction"
		"Status\":97,\"transactionPartitions\":null,\"transactionLastUpdateTimestampMs\":1700000000698,\"tr"
		"ansactionStartTimestampMs\":1700000000699}",
		NULL, "0000" },
	{ "ShareSnapshotKey version 0", CODEC_SHARE_STATE,
		"00000009636166c3a92d37303000135ec468cac16dfffffffffffffd42fff549d0",
		"{\"type\":\"ShareSnapshot\",\"groupId\":\"café-700\",\"topicId\":\"ABNexGjKwW3________9Qg\",\"partition\""
		":-702000}",
		NULL, NULL },
	{ "ShareSnapshotKey version 0, nulls", CODEC_SHARE_STATE,
		"00000009636166c3a92d373033001373fd1fd636c0fffffffffffffd3ffff53e18",
		"{\"type\":\"ShareSnapshot\",\"groupId\":\"café-703\",\"topicId\":\"ABNz_R_WNsD________9Pw\",\"partition\""
		":-705000}",
		NULL, NULL },
	{ "ShareSnapshotValue version 0", CODEC_SHARE_STATE,
		"0000fff53a30fff53648fff532600000018bcfe56ac50000018bcfe56ac70000018bcfe56ac8030000018bcfe56"
		"aca0000018bcfe56acb1002cd000000018bcfe56acf0000018bcfe56ad01502d200010004fff52a90",
		"{\"snapshotEpoch\":-706000,\"stateEpoch\":-707000,\"leaderEpoch\":-708000,\"startOffset\":170000000"
		"0709,\"deliveryCompleteCount\":-710000,\"createTimestamp\":1700000000711,\"writeTimestamp\":170000"
		"0000712,\"stateBatches\":[{\"firstOffset\":1700000000714,\"lastOffset\":1700000000715,\"deliverySta"
		"te\":16,\"deliveryCount\":717},{\"firstOffset\":1700000000719,\"lastOffset\":1700000000720,\"deliver"
		"yState\":21,\"deliveryCount\":722}]}",
		NULL, "0000" },
	{ "ShareSnapshotValue version 0, nulls", CODEC_SHARE_STATE,
		"0000fff4f7c8fff4f3e0fff4eff80000018bcfe56ad60000018bcfe56ad70000018bcfe56ad80100",
		"{\"snapshotEpoch\":-723000,\"stateEpoch\":-724000,\"leaderEpoch\":-725000,\"startOffset\":170000000"
		"0726,\"createTimestamp\":1700000000727,\"writeTimestamp\":1700000000728,\"stateBatches\":[]}",
		NULL, "0000" },
	{ "ShareUpdateKey version 0", CODEC_SHARE_STATE,
		"00010009636166c3a92d37323900142be8a78eda3afffffffffffffd25fff4d888",
		"{\"type\":\"ShareUpdate\",\"groupId\":\"café-729\",\"topicId\":\"ABQr6KeO2jr________9JQ\",\"partition\":-"
		"731000}",
		NULL, NULL },
	{ "ShareUpdateKey version 0, nulls", CODEC_SHARE_STATE,
		"00010009636166c3a92d373332001441215e9a4f8dfffffffffffffd22fff4ccd0",
		"{\"type\":\"ShareUpdate\",\"groupId\":\"café-732\",\"topicId\":\"ABRBIV6aT43________9Ig\",\"partition\":-"
		"734000}",
		NULL, NULL },
	{ "ShareUpdateValue version 0", CODEC_SHARE_STATE,
		"0000fff4c8e8fff4c5000000018bcfe56ae1030000018bcfe56ae40000018bcfe56ae52a02e7000000018bcfe56"
		"ae90000018bcfe56aea2f02ec00010004fff4bd30",
		"{\"snapshotEpoch\":-735000,\"leaderEpoch\":-736000,\"startOffset\":1700000000737,\"deliveryComplet"
		"eCount\":-738000,\"stateBatches\":[{\"firstOffset\":1700000000740,\"lastOffset\":1700000000741,\"del"
		"iveryState\":42,\"deliveryCount\":743},{\"firstOffset\":1700000000745,\"lastOffset\":1700000000746,"
		"\"deliveryState\":47,\"deliveryCount\":748}]}",
		NULL, "0001" },
	{ "ShareUpdateValue version 0, nulls", CODEC_SHARE_STATE, "0000fff49238fff48e500000018bcfe56aef0100",
		"{\"snapshotEpoch\":-749000,\"leaderEpoch\":-750000,\"startOffset\":1700000000751,\"stateBatches\":["
		"]}",
		NULL, "0001" },
};

#endif
