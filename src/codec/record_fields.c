/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The fields of the records in Kafka's internal topics, by version. Made by
 * tests/support/codec/record_fields from the definitions in Kafka's jars; not
 * to be edited.
 */
#include "codec/record_fields.h"

/* clang-format off */

static const struct record_field consumer_protocol_assignment_assigned_partitions[] = {
	{.name = "topic", .type = RECORD_STRING, .to = RECORD_ANY},
	{.name = "partitions", .type = RECORD_INT32, .array = true, .to = RECORD_ANY},
	{0},
};

static const struct record_field consumer_protocol_assignment[] = {
	{.name = "assignedPartitions", .type = RECORD_STRUCT, .array = true, .to = RECORD_ANY,
	 .fields = consumer_protocol_assignment_assigned_partitions},
	{.name = "userData", .type = RECORD_BYTES, .to = RECORD_ANY, .nullable = true},
	{0},
};

static const struct record_field consumer_protocol_subscription_owned_partitions[] = {
	{.name = "topic", .type = RECORD_STRING, .from = 1, .to = RECORD_ANY},
	{.name = "partitions", .type = RECORD_INT32, .array = true, .from = 1, .to = RECORD_ANY},
	{0},
};

static const struct record_field consumer_protocol_subscription[] = {
	{.name = "topics", .type = RECORD_STRING, .array = true, .to = RECORD_ANY},
	{.name = "userData", .type = RECORD_BYTES, .to = RECORD_ANY, .nullable = true},
	{.name = "ownedPartitions", .type = RECORD_STRUCT, .array = true, .from = 1, .to = RECORD_ANY,
	 .fields = consumer_protocol_subscription_owned_partitions},
	{.name = "generationId", .type = RECORD_INT32, .from = 2, .to = RECORD_ANY},
	{.name = "rackId", .type = RECORD_STRING, .from = 3, .to = RECORD_ANY, .nullable = true,
	 .nullable_from = 3},
	{0},
};

static const struct record_field consumer_group_current_member_assignment_key[] = {
	{.name = "groupId", .type = RECORD_STRING, .to = 0},
	{.name = "memberId", .type = RECORD_STRING, .to = 0},
	{0},
};

static const struct record_field consumer_group_current_member_assignment_value_assigned_partitions[] = {
	{.name = "topicId", .type = RECORD_UUID, .to = RECORD_ANY},
	{.name = "partitions", .type = RECORD_INT32, .array = true, .to = RECORD_ANY},
	{.name = "assignmentEpochs", .type = RECORD_INT32, .array = true, .to = RECORD_ANY,
	 .nullable = true, .tagged = true, .tag = 0},
	{0},
};

static const struct record_field consumer_group_current_member_assignment_value_partitions_pending_revocation[] = {
	{.name = "topicId", .type = RECORD_UUID, .to = RECORD_ANY},
	{.name = "partitions", .type = RECORD_INT32, .array = true, .to = RECORD_ANY},
	{.name = "assignmentEpochs", .type = RECORD_INT32, .array = true, .to = RECORD_ANY,
	 .nullable = true, .tagged = true, .tag = 0},
	{0},
};

static const struct record_field consumer_group_current_member_assignment_value[] = {
	{.name = "memberEpoch", .type = RECORD_INT32, .to = RECORD_ANY},
	{.name = "previousMemberEpoch", .type = RECORD_INT32, .to = RECORD_ANY},
	{.name = "state", .type = RECORD_INT8, .to = RECORD_ANY},
	{.name = "assignedPartitions", .type = RECORD_STRUCT, .array = true, .to = RECORD_ANY,
	 .fields = consumer_group_current_member_assignment_value_assigned_partitions},
	{.name = "partitionsPendingRevocation", .type = RECORD_STRUCT, .array = true, .to = RECORD_ANY,
	 .fields = consumer_group_current_member_assignment_value_partitions_pending_revocation},
	{0},
};

static const struct record_field consumer_group_member_metadata_key[] = {
	{.name = "groupId", .type = RECORD_STRING, .to = 0},
	{.name = "memberId", .type = RECORD_STRING, .to = 0},
	{0},
};

static const struct record_field consumer_group_member_metadata_value_classic_member_metadata_supported_protocols[] = {
	{.name = "name", .type = RECORD_STRING, .to = RECORD_ANY},
	{.name = "metadata", .type = RECORD_BYTES, .to = RECORD_ANY,
	 .fields = consumer_protocol_subscription},
	{0},
};

static const struct record_field consumer_group_member_metadata_value_classic_member_metadata[] = {
	{.name = "sessionTimeoutMs", .type = RECORD_INT32, .to = RECORD_ANY},
	{.name = "supportedProtocols", .type = RECORD_STRUCT, .array = true, .to = RECORD_ANY,
	 .fields = consumer_group_member_metadata_value_classic_member_metadata_supported_protocols},
	{0},
};

static const struct record_field consumer_group_member_metadata_value[] = {
	{.name = "instanceId", .type = RECORD_STRING, .to = RECORD_ANY, .nullable = true},
	{.name = "rackId", .type = RECORD_STRING, .to = RECORD_ANY, .nullable = true},
	{.name = "clientId", .type = RECORD_STRING, .to = RECORD_ANY},
	{.name = "clientHost", .type = RECORD_STRING, .to = RECORD_ANY},
	{.name = "subscribedTopicNames", .type = RECORD_STRING, .array = true, .to = RECORD_ANY},
	{.name = "subscribedTopicRegex", .type = RECORD_STRING, .to = RECORD_ANY, .nullable = true},
	{.name = "rebalanceTimeoutMs", .type = RECORD_INT32, .to = RECORD_ANY},
	{.name = "serverAssignor", .type = RECORD_STRING, .to = RECORD_ANY, .nullable = true},
	{.name = "classicMemberMetadata", .type = RECORD_STRUCT, .to = RECORD_ANY, .nullable = true,
	 .tagged = true, .tag = 0,
	 .fields = consumer_group_member_metadata_value_classic_member_metadata},
	{0},
};

static const struct record_field consumer_group_metadata_key[] = {
	{.name = "groupId", .type = RECORD_STRING, .to = 0},
	{0},
};

static const struct record_field consumer_group_metadata_value[] = {
	{.name = "epoch", .type = RECORD_INT32, .to = RECORD_ANY},
	{.name = "metadataHash", .type = RECORD_INT64, .to = RECORD_ANY, .tagged = true, .tag = 0},
	{0},
};

static const struct record_field consumer_group_partition_metadata_key[] = {
	{.name = "groupId", .type = RECORD_STRING, .to = 0},
	{0},
};

static const struct record_field consumer_group_partition_metadata_value_topics_partition_metadata[] = {
	{.name = "partition", .type = RECORD_INT32, .to = RECORD_ANY},
	{.name = "racks", .type = RECORD_STRING, .array = true, .to = RECORD_ANY},
	{0},
};

static const struct record_field consumer_group_partition_metadata_value_topics[] = {
	{.name = "topicId", .type = RECORD_UUID, .to = RECORD_ANY},
	{.name = "topicName", .type = RECORD_STRING, .to = RECORD_ANY},
	{.name = "numPartitions", .type = RECORD_INT32, .to = RECORD_ANY},
	{.name = "partitionMetadata", .type = RECORD_STRUCT, .array = true, .to = RECORD_ANY,
	 .fields = consumer_group_partition_metadata_value_topics_partition_metadata},
	{0},
};

static const struct record_field consumer_group_partition_metadata_value[] = {
	{.name = "topics", .type = RECORD_STRUCT, .array = true, .to = RECORD_ANY,
	 .fields = consumer_group_partition_metadata_value_topics},
	{0},
};

static const struct record_field consumer_group_regular_expression_key[] = {
	{.name = "groupId", .type = RECORD_STRING, .to = 0},
	{.name = "regularExpression", .type = RECORD_STRING, .to = 0},
	{0},
};

static const struct record_field consumer_group_regular_expression_value[] = {
	{.name = "topics", .type = RECORD_STRING, .array = true, .to = RECORD_ANY},
	{.name = "version", .type = RECORD_INT64, .to = RECORD_ANY},
	{.name = "timestamp", .type = RECORD_INT64, .to = RECORD_ANY},
	{0},
};

static const struct record_field consumer_group_target_assignment_member_key[] = {
	{.name = "groupId", .type = RECORD_STRING, .to = 0},
	{.name = "memberId", .type = RECORD_STRING, .to = 0},
	{0},
};

static const struct record_field consumer_group_target_assignment_member_value_topic_partitions[] = {
	{.name = "topicId", .type = RECORD_UUID, .to = RECORD_ANY},
	{.name = "partitions", .type = RECORD_INT32, .array = true, .to = RECORD_ANY},
	{0},
};

static const struct record_field consumer_group_target_assignment_member_value[] = {
	{.name = "topicPartitions", .type = RECORD_STRUCT, .array = true, .to = RECORD_ANY,
	 .fields = consumer_group_target_assignment_member_value_topic_partitions},
	{0},
};

static const struct record_field consumer_group_target_assignment_metadata_key[] = {
	{.name = "groupId", .type = RECORD_STRING, .to = 0},
	{0},
};

static const struct record_field consumer_group_target_assignment_metadata_value[] = {
	{.name = "assignmentEpoch", .type = RECORD_INT32, .to = RECORD_ANY},
	{.name = "assignmentTimestamp", .type = RECORD_INT64, .to = RECORD_ANY, .tagged = true, .tag = 0},
	{0},
};

static const struct record_field group_metadata_key[] = {
	{.name = "group", .type = RECORD_STRING, .to = 0},
	{0},
};

static const struct record_field group_metadata_value_members[] = {
	{.name = "memberId", .type = RECORD_STRING, .to = RECORD_ANY},
	{.name = "groupInstanceId", .type = RECORD_STRING, .from = 3, .to = RECORD_ANY, .nullable = true,
	 .nullable_from = 3},
	{.name = "clientId", .type = RECORD_STRING, .to = RECORD_ANY},
	{.name = "clientHost", .type = RECORD_STRING, .to = RECORD_ANY},
	{.name = "rebalanceTimeout", .type = RECORD_INT32, .from = 1, .to = RECORD_ANY},
	{.name = "sessionTimeout", .type = RECORD_INT32, .to = RECORD_ANY},
	{.name = "subscription", .type = RECORD_BYTES, .to = RECORD_ANY,
	 .fields = consumer_protocol_subscription},
	{.name = "assignment", .type = RECORD_BYTES, .to = RECORD_ANY,
	 .fields = consumer_protocol_assignment},
	{0},
};

static const struct record_field group_metadata_value[] = {
	{.name = "protocolType", .type = RECORD_STRING, .to = RECORD_ANY},
	{.name = "generation", .type = RECORD_INT32, .to = RECORD_ANY},
	{.name = "protocol", .type = RECORD_STRING, .to = RECORD_ANY, .nullable = true},
	{.name = "leader", .type = RECORD_STRING, .to = RECORD_ANY, .nullable = true},
	{.name = "currentStateTimestamp", .type = RECORD_INT64, .from = 2, .to = RECORD_ANY},
	{.name = "members", .type = RECORD_STRUCT, .array = true, .to = RECORD_ANY,
	 .fields = group_metadata_value_members},
	{0},
};

static const struct record_field legacy_offset_commit_key[] = {
	{.name = "group", .type = RECORD_STRING, .to = 0},
	{.name = "topic", .type = RECORD_STRING, .to = 0},
	{.name = "partition", .type = RECORD_INT32, .to = 0},
	{0},
};

static const struct record_field legacy_offset_commit_value[] = {
	{.name = "offset", .type = RECORD_INT64, .to = 0},
	{.name = "metadata", .type = RECORD_STRING, .to = 0},
	{.name = "commitTimestamp", .type = RECORD_INT64, .to = 0},
	{0},
};

static const struct record_field offset_commit_key[] = {
	{.name = "group", .type = RECORD_STRING, .to = 0},
	{.name = "topic", .type = RECORD_STRING, .to = 0},
	{.name = "partition", .type = RECORD_INT32, .to = 0},
	{0},
};

static const struct record_field offset_commit_value[] = {
	{.name = "offset", .type = RECORD_INT64, .to = RECORD_ANY},
	{.name = "leaderEpoch", .type = RECORD_INT32, .from = 3, .to = RECORD_ANY},
	{.name = "metadata", .type = RECORD_STRING, .to = RECORD_ANY},
	{.name = "commitTimestamp", .type = RECORD_INT64, .to = RECORD_ANY},
	{.name = "expireTimestamp", .type = RECORD_INT64, .from = 1, .to = 1},
	{.name = "topicId", .type = RECORD_UUID, .from = 4, .to = RECORD_ANY, .tagged = true, .tag = 0},
	{0},
};

static const struct record_field share_group_current_member_assignment_key[] = {
	{.name = "groupId", .type = RECORD_STRING, .to = 0},
	{.name = "memberId", .type = RECORD_STRING, .to = 0},
	{0},
};

static const struct record_field share_group_current_member_assignment_value_assigned_partitions[] = {
	{.name = "topicId", .type = RECORD_UUID, .to = RECORD_ANY},
	{.name = "partitions", .type = RECORD_INT32, .array = true, .to = RECORD_ANY},
	{0},
};

static const struct record_field share_group_current_member_assignment_value[] = {
	{.name = "memberEpoch", .type = RECORD_INT32, .to = RECORD_ANY},
	{.name = "previousMemberEpoch", .type = RECORD_INT32, .to = RECORD_ANY},
	{.name = "state", .type = RECORD_INT8, .to = RECORD_ANY},
	{.name = "assignedPartitions", .type = RECORD_STRUCT, .array = true, .to = RECORD_ANY,
	 .fields = share_group_current_member_assignment_value_assigned_partitions},
	{0},
};

static const struct record_field share_group_member_metadata_key[] = {
	{.name = "groupId", .type = RECORD_STRING, .to = 0},
	{.name = "memberId", .type = RECORD_STRING, .to = 0},
	{0},
};

static const struct record_field share_group_member_metadata_value[] = {
	{.name = "rackId", .type = RECORD_STRING, .to = RECORD_ANY, .nullable = true},
	{.name = "clientId", .type = RECORD_STRING, .to = RECORD_ANY},
	{.name = "clientHost", .type = RECORD_STRING, .to = RECORD_ANY},
	{.name = "subscribedTopicNames", .type = RECORD_STRING, .array = true, .to = RECORD_ANY},
	{0},
};

static const struct record_field share_group_metadata_key[] = {
	{.name = "groupId", .type = RECORD_STRING, .to = 0},
	{0},
};

static const struct record_field share_group_metadata_value[] = {
	{.name = "epoch", .type = RECORD_INT32, .to = RECORD_ANY},
	{.name = "metadataHash", .type = RECORD_INT64, .to = RECORD_ANY},
	{0},
};

static const struct record_field share_group_state_partition_metadata_key[] = {
	{.name = "groupId", .type = RECORD_STRING, .to = 0},
	{0},
};

static const struct record_field share_group_state_partition_metadata_value_initializing_topics[] = {
	{.name = "topicId", .type = RECORD_UUID, .to = RECORD_ANY},
	{.name = "topicName", .type = RECORD_STRING, .to = RECORD_ANY},
	{.name = "partitions", .type = RECORD_INT32, .array = true, .to = RECORD_ANY},
	{0},
};

static const struct record_field share_group_state_partition_metadata_value_initialized_topics[] = {
	{.name = "topicId", .type = RECORD_UUID, .to = RECORD_ANY},
	{.name = "topicName", .type = RECORD_STRING, .to = RECORD_ANY},
	{.name = "partitions", .type = RECORD_INT32, .array = true, .to = RECORD_ANY},
	{0},
};

static const struct record_field share_group_state_partition_metadata_value_deleting_topics[] = {
	{.name = "topicId", .type = RECORD_UUID, .to = RECORD_ANY},
	{.name = "topicName", .type = RECORD_STRING, .to = RECORD_ANY},
	{0},
};

static const struct record_field share_group_state_partition_metadata_value[] = {
	{.name = "initializingTopics", .type = RECORD_STRUCT, .array = true, .to = RECORD_ANY,
	 .fields = share_group_state_partition_metadata_value_initializing_topics},
	{.name = "initializedTopics", .type = RECORD_STRUCT, .array = true, .to = RECORD_ANY,
	 .fields = share_group_state_partition_metadata_value_initialized_topics},
	{.name = "deletingTopics", .type = RECORD_STRUCT, .array = true, .to = RECORD_ANY,
	 .fields = share_group_state_partition_metadata_value_deleting_topics},
	{0},
};

static const struct record_field share_group_target_assignment_member_key[] = {
	{.name = "groupId", .type = RECORD_STRING, .to = 0},
	{.name = "memberId", .type = RECORD_STRING, .to = 0},
	{0},
};

static const struct record_field share_group_target_assignment_member_value_topic_partitions[] = {
	{.name = "topicId", .type = RECORD_UUID, .to = RECORD_ANY},
	{.name = "partitions", .type = RECORD_INT32, .array = true, .to = RECORD_ANY},
	{0},
};

static const struct record_field share_group_target_assignment_member_value[] = {
	{.name = "topicPartitions", .type = RECORD_STRUCT, .array = true, .to = RECORD_ANY,
	 .fields = share_group_target_assignment_member_value_topic_partitions},
	{0},
};

static const struct record_field share_group_target_assignment_metadata_key[] = {
	{.name = "groupId", .type = RECORD_STRING, .to = 0},
	{0},
};

static const struct record_field share_group_target_assignment_metadata_value[] = {
	{.name = "assignmentEpoch", .type = RECORD_INT32, .to = RECORD_ANY},
	{.name = "assignmentTimestamp", .type = RECORD_INT64, .to = RECORD_ANY, .tagged = true, .tag = 0},
	{0},
};

static const struct record_field streams_group_current_member_assignment_key[] = {
	{.name = "groupId", .type = RECORD_STRING, .to = 0},
	{.name = "memberId", .type = RECORD_STRING, .to = 0},
	{0},
};

static const struct record_field streams_group_current_member_assignment_value_active_tasks[] = {
	{.name = "subtopologyId", .type = RECORD_STRING, .to = RECORD_ANY},
	{.name = "partitions", .type = RECORD_INT32, .array = true, .to = RECORD_ANY},
	{.name = "assignmentEpochs", .type = RECORD_INT32, .array = true, .to = RECORD_ANY,
	 .nullable = true, .tagged = true, .tag = 0},
	{0},
};

static const struct record_field streams_group_current_member_assignment_value_standby_tasks[] = {
	{.name = "subtopologyId", .type = RECORD_STRING, .to = RECORD_ANY},
	{.name = "partitions", .type = RECORD_INT32, .array = true, .to = RECORD_ANY},
	{.name = "assignmentEpochs", .type = RECORD_INT32, .array = true, .to = RECORD_ANY,
	 .nullable = true, .tagged = true, .tag = 0},
	{0},
};

static const struct record_field streams_group_current_member_assignment_value_warmup_tasks[] = {
	{.name = "subtopologyId", .type = RECORD_STRING, .to = RECORD_ANY},
	{.name = "partitions", .type = RECORD_INT32, .array = true, .to = RECORD_ANY},
	{.name = "assignmentEpochs", .type = RECORD_INT32, .array = true, .to = RECORD_ANY,
	 .nullable = true, .tagged = true, .tag = 0},
	{0},
};

static const struct record_field streams_group_current_member_assignment_value_active_tasks_pending_revocation[] = {
	{.name = "subtopologyId", .type = RECORD_STRING, .to = RECORD_ANY},
	{.name = "partitions", .type = RECORD_INT32, .array = true, .to = RECORD_ANY},
	{.name = "assignmentEpochs", .type = RECORD_INT32, .array = true, .to = RECORD_ANY,
	 .nullable = true, .tagged = true, .tag = 0},
	{0},
};

static const struct record_field streams_group_current_member_assignment_value_standby_tasks_pending_revocation[] = {
	{.name = "subtopologyId", .type = RECORD_STRING, .to = RECORD_ANY},
	{.name = "partitions", .type = RECORD_INT32, .array = true, .to = RECORD_ANY},
	{.name = "assignmentEpochs", .type = RECORD_INT32, .array = true, .to = RECORD_ANY,
	 .nullable = true, .tagged = true, .tag = 0},
	{0},
};

static const struct record_field streams_group_current_member_assignment_value_warmup_tasks_pending_revocation[] = {
	{.name = "subtopologyId", .type = RECORD_STRING, .to = RECORD_ANY},
	{.name = "partitions", .type = RECORD_INT32, .array = true, .to = RECORD_ANY},
	{.name = "assignmentEpochs", .type = RECORD_INT32, .array = true, .to = RECORD_ANY,
	 .nullable = true, .tagged = true, .tag = 0},
	{0},
};

static const struct record_field streams_group_current_member_assignment_value[] = {
	{.name = "memberEpoch", .type = RECORD_INT32, .to = RECORD_ANY},
	{.name = "previousMemberEpoch", .type = RECORD_INT32, .to = RECORD_ANY},
	{.name = "state", .type = RECORD_INT8, .to = RECORD_ANY},
	{.name = "activeTasks", .type = RECORD_STRUCT, .array = true, .to = RECORD_ANY,
	 .fields = streams_group_current_member_assignment_value_active_tasks},
	{.name = "standbyTasks", .type = RECORD_STRUCT, .array = true, .to = RECORD_ANY,
	 .fields = streams_group_current_member_assignment_value_standby_tasks},
	{.name = "warmupTasks", .type = RECORD_STRUCT, .array = true, .to = RECORD_ANY,
	 .fields = streams_group_current_member_assignment_value_warmup_tasks},
	{.name = "activeTasksPendingRevocation", .type = RECORD_STRUCT, .array = true, .to = RECORD_ANY,
	 .fields = streams_group_current_member_assignment_value_active_tasks_pending_revocation},
	{.name = "standbyTasksPendingRevocation", .type = RECORD_STRUCT, .array = true, .to = RECORD_ANY,
	 .fields = streams_group_current_member_assignment_value_standby_tasks_pending_revocation},
	{.name = "warmupTasksPendingRevocation", .type = RECORD_STRUCT, .array = true, .to = RECORD_ANY,
	 .fields = streams_group_current_member_assignment_value_warmup_tasks_pending_revocation},
	{0},
};

static const struct record_field streams_group_member_metadata_key[] = {
	{.name = "groupId", .type = RECORD_STRING, .to = 0},
	{.name = "memberId", .type = RECORD_STRING, .to = 0},
	{0},
};

static const struct record_field streams_group_member_metadata_value_user_endpoint[] = {
	{.name = "host", .type = RECORD_STRING, .to = RECORD_ANY},
	{.name = "port", .type = RECORD_UINT16, .to = RECORD_ANY},
	{0},
};

static const struct record_field streams_group_member_metadata_value_client_tags[] = {
	{.name = "key", .type = RECORD_STRING, .to = RECORD_ANY},
	{.name = "value", .type = RECORD_STRING, .to = RECORD_ANY},
	{0},
};

static const struct record_field streams_group_member_metadata_value[] = {
	{.name = "instanceId", .type = RECORD_STRING, .to = RECORD_ANY, .nullable = true},
	{.name = "rackId", .type = RECORD_STRING, .to = RECORD_ANY, .nullable = true},
	{.name = "clientId", .type = RECORD_STRING, .to = RECORD_ANY},
	{.name = "clientHost", .type = RECORD_STRING, .to = RECORD_ANY},
	{.name = "rebalanceTimeoutMs", .type = RECORD_INT32, .to = RECORD_ANY},
	{.name = "topologyEpoch", .type = RECORD_INT32, .to = RECORD_ANY},
	{.name = "processId", .type = RECORD_STRING, .to = RECORD_ANY},
	{.name = "userEndpoint", .type = RECORD_STRUCT, .to = RECORD_ANY, .nullable = true,
	 .fields = streams_group_member_metadata_value_user_endpoint},
	{.name = "clientTags", .type = RECORD_STRUCT, .array = true, .to = RECORD_ANY,
	 .fields = streams_group_member_metadata_value_client_tags},
	{0},
};

static const struct record_field streams_group_metadata_key[] = {
	{.name = "groupId", .type = RECORD_STRING, .to = 0},
	{0},
};

static const struct record_field streams_group_metadata_value_last_assignment_configs[] = {
	{.name = "key", .type = RECORD_STRING, .to = RECORD_ANY},
	{.name = "value", .type = RECORD_STRING, .to = RECORD_ANY},
	{0},
};

static const struct record_field streams_group_metadata_value[] = {
	{.name = "epoch", .type = RECORD_INT32, .to = RECORD_ANY},
	{.name = "metadataHash", .type = RECORD_INT64, .to = RECORD_ANY},
	{.name = "validatedTopologyEpoch", .type = RECORD_INT32, .to = RECORD_ANY, .tagged = true,
	 .tag = 0},
	{.name = "lastAssignmentConfigs", .type = RECORD_STRUCT, .array = true, .to = RECORD_ANY,
	 .nullable = true, .tagged = true, .tag = 1,
	 .fields = streams_group_metadata_value_last_assignment_configs},
	{0},
};

static const struct record_field streams_group_target_assignment_member_key[] = {
	{.name = "groupId", .type = RECORD_STRING, .to = 0},
	{.name = "memberId", .type = RECORD_STRING, .to = 0},
	{0},
};

static const struct record_field streams_group_target_assignment_member_value_active_tasks[] = {
	{.name = "subtopologyId", .type = RECORD_STRING, .to = RECORD_ANY},
	{.name = "partitions", .type = RECORD_INT32, .array = true, .to = RECORD_ANY},
	{0},
};

static const struct record_field streams_group_target_assignment_member_value_standby_tasks[] = {
	{.name = "subtopologyId", .type = RECORD_STRING, .to = RECORD_ANY},
	{.name = "partitions", .type = RECORD_INT32, .array = true, .to = RECORD_ANY},
	{0},
};

static const struct record_field streams_group_target_assignment_member_value_warmup_tasks[] = {
	{.name = "subtopologyId", .type = RECORD_STRING, .to = RECORD_ANY},
	{.name = "partitions", .type = RECORD_INT32, .array = true, .to = RECORD_ANY},
	{0},
};

static const struct record_field streams_group_target_assignment_member_value[] = {
	{.name = "activeTasks", .type = RECORD_STRUCT, .array = true, .to = RECORD_ANY,
	 .fields = streams_group_target_assignment_member_value_active_tasks},
	{.name = "standbyTasks", .type = RECORD_STRUCT, .array = true, .to = RECORD_ANY,
	 .fields = streams_group_target_assignment_member_value_standby_tasks},
	{.name = "warmupTasks", .type = RECORD_STRUCT, .array = true, .to = RECORD_ANY,
	 .fields = streams_group_target_assignment_member_value_warmup_tasks},
	{0},
};

static const struct record_field streams_group_target_assignment_metadata_key[] = {
	{.name = "groupId", .type = RECORD_STRING, .to = 0},
	{0},
};

static const struct record_field streams_group_target_assignment_metadata_value[] = {
	{.name = "assignmentEpoch", .type = RECORD_INT32, .to = RECORD_ANY},
	{.name = "assignmentTimestamp", .type = RECORD_INT64, .to = RECORD_ANY, .tagged = true, .tag = 0},
	{0},
};

static const struct record_field streams_group_topology_key[] = {
	{.name = "groupId", .type = RECORD_STRING, .to = 0},
	{0},
};

static const struct record_field streams_group_topology_value_subtopologies_state_changelog_topics_topic_configs[] = {
	{.name = "key", .type = RECORD_STRING, .to = RECORD_ANY},
	{.name = "value", .type = RECORD_STRING, .to = RECORD_ANY},
	{0},
};

static const struct record_field streams_group_topology_value_subtopologies_state_changelog_topics[] = {
	{.name = "name", .type = RECORD_STRING, .to = RECORD_ANY},
	{.name = "partitions", .type = RECORD_INT32, .to = RECORD_ANY},
	{.name = "replicationFactor", .type = RECORD_INT16, .to = RECORD_ANY},
	{.name = "topicConfigs", .type = RECORD_STRUCT, .array = true, .to = RECORD_ANY,
	 .fields = streams_group_topology_value_subtopologies_state_changelog_topics_topic_configs},
	{0},
};

static const struct record_field streams_group_topology_value_subtopologies_repartition_source_topics_topic_configs[] = {
	{.name = "key", .type = RECORD_STRING, .to = RECORD_ANY},
	{.name = "value", .type = RECORD_STRING, .to = RECORD_ANY},
	{0},
};

static const struct record_field streams_group_topology_value_subtopologies_repartition_source_topics[] = {
	{.name = "name", .type = RECORD_STRING, .to = RECORD_ANY},
	{.name = "partitions", .type = RECORD_INT32, .to = RECORD_ANY},
	{.name = "replicationFactor", .type = RECORD_INT16, .to = RECORD_ANY},
	{.name = "topicConfigs", .type = RECORD_STRUCT, .array = true, .to = RECORD_ANY,
	 .fields = streams_group_topology_value_subtopologies_repartition_source_topics_topic_configs},
	{0},
};

static const struct record_field streams_group_topology_value_subtopologies_copartition_groups[] = {
	{.name = "sourceTopics", .type = RECORD_INT16, .array = true, .to = RECORD_ANY},
	{.name = "sourceTopicRegex", .type = RECORD_INT16, .array = true, .to = RECORD_ANY},
	{.name = "repartitionSourceTopics", .type = RECORD_INT16, .array = true, .to = RECORD_ANY},
	{0},
};

static const struct record_field streams_group_topology_value_subtopologies[] = {
	{.name = "subtopologyId", .type = RECORD_STRING, .to = RECORD_ANY},
	{.name = "sourceTopics", .type = RECORD_STRING, .array = true, .to = RECORD_ANY},
	{.name = "sourceTopicRegex", .type = RECORD_STRING, .array = true, .to = RECORD_ANY},
	{.name = "stateChangelogTopics", .type = RECORD_STRUCT, .array = true, .to = RECORD_ANY,
	 .fields = streams_group_topology_value_subtopologies_state_changelog_topics},
	{.name = "repartitionSinkTopics", .type = RECORD_STRING, .array = true, .to = RECORD_ANY},
	{.name = "repartitionSourceTopics", .type = RECORD_STRUCT, .array = true, .to = RECORD_ANY,
	 .fields = streams_group_topology_value_subtopologies_repartition_source_topics},
	{.name = "copartitionGroups", .type = RECORD_STRUCT, .array = true, .to = RECORD_ANY,
	 .fields = streams_group_topology_value_subtopologies_copartition_groups},
	{0},
};

static const struct record_field streams_group_topology_value[] = {
	{.name = "epoch", .type = RECORD_INT32, .to = RECORD_ANY},
	{.name = "subtopologies", .type = RECORD_STRUCT, .array = true, .to = RECORD_ANY,
	 .fields = streams_group_topology_value_subtopologies},
	{0},
};

static const struct record_field transaction_log_key[] = {
	{.name = "transactionalId", .type = RECORD_STRING, .to = 0},
	{0},
};

static const struct record_field transaction_log_value_transaction_partitions[] = {
	{.name = "topic", .type = RECORD_STRING, .to = RECORD_ANY},
	{.name = "partitionIds", .type = RECORD_INT32, .array = true, .to = RECORD_ANY},
	{0},
};

static const struct record_field transaction_log_value[] = {
	{.name = "producerId", .type = RECORD_INT64, .to = RECORD_ANY},
	{.name = "previousProducerId", .type = RECORD_INT64, .from = 1, .to = RECORD_ANY, .tagged = true,
	 .tag = 0},
	{.name = "nextProducerId", .type = RECORD_INT64, .from = 1, .to = RECORD_ANY, .tagged = true,
	 .tag = 1},
	{.name = "producerEpoch", .type = RECORD_INT16, .to = RECORD_ANY},
	{.name = "nextProducerEpoch", .type = RECORD_INT16, .from = 1, .to = RECORD_ANY, .tagged = true,
	 .tag = 3},
	{.name = "transactionTimeoutMs", .type = RECORD_INT32, .to = RECORD_ANY},
	{.name = "transactionStatus", .type = RECORD_INT8, .to = RECORD_ANY},
	{.name = "transactionPartitions", .type = RECORD_STRUCT, .array = true, .to = RECORD_ANY,
	 .nullable = true, .fields = transaction_log_value_transaction_partitions},
	{.name = "transactionLastUpdateTimestampMs", .type = RECORD_INT64, .to = RECORD_ANY},
	{.name = "transactionStartTimestampMs", .type = RECORD_INT64, .to = RECORD_ANY},
	{.name = "clientTransactionVersion", .type = RECORD_INT16, .from = 1, .to = RECORD_ANY,
	 .tagged = true, .tag = 2},
	{0},
};

static const struct record_field share_snapshot_key[] = {
	{.name = "groupId", .type = RECORD_STRING, .to = 0},
	{.name = "topicId", .type = RECORD_UUID, .to = 0},
	{.name = "partition", .type = RECORD_INT32, .to = 0},
	{0},
};

static const struct record_field share_snapshot_value_state_batches[] = {
	{.name = "firstOffset", .type = RECORD_INT64, .to = RECORD_ANY},
	{.name = "lastOffset", .type = RECORD_INT64, .to = RECORD_ANY},
	{.name = "deliveryState", .type = RECORD_INT8, .to = RECORD_ANY},
	{.name = "deliveryCount", .type = RECORD_INT16, .to = RECORD_ANY},
	{0},
};

static const struct record_field share_snapshot_value[] = {
	{.name = "snapshotEpoch", .type = RECORD_INT32, .to = RECORD_ANY},
	{.name = "stateEpoch", .type = RECORD_INT32, .to = RECORD_ANY},
	{.name = "leaderEpoch", .type = RECORD_INT32, .to = RECORD_ANY},
	{.name = "startOffset", .type = RECORD_INT64, .to = RECORD_ANY},
	{.name = "deliveryCompleteCount", .type = RECORD_INT32, .to = RECORD_ANY, .tagged = true,
	 .tag = 0},
	{.name = "createTimestamp", .type = RECORD_INT64, .to = RECORD_ANY},
	{.name = "writeTimestamp", .type = RECORD_INT64, .to = RECORD_ANY},
	{.name = "stateBatches", .type = RECORD_STRUCT, .array = true, .to = RECORD_ANY,
	 .fields = share_snapshot_value_state_batches},
	{0},
};

static const struct record_field share_update_key[] = {
	{.name = "groupId", .type = RECORD_STRING, .to = 0},
	{.name = "topicId", .type = RECORD_UUID, .to = 0},
	{.name = "partition", .type = RECORD_INT32, .to = 0},
	{0},
};

static const struct record_field share_update_value_state_batches[] = {
	{.name = "firstOffset", .type = RECORD_INT64, .to = RECORD_ANY},
	{.name = "lastOffset", .type = RECORD_INT64, .to = RECORD_ANY},
	{.name = "deliveryState", .type = RECORD_INT8, .to = RECORD_ANY},
	{.name = "deliveryCount", .type = RECORD_INT16, .to = RECORD_ANY},
	{0},
};

static const struct record_field share_update_value[] = {
	{.name = "snapshotEpoch", .type = RECORD_INT32, .to = RECORD_ANY},
	{.name = "leaderEpoch", .type = RECORD_INT32, .to = RECORD_ANY},
	{.name = "startOffset", .type = RECORD_INT64, .to = RECORD_ANY},
	{.name = "deliveryCompleteCount", .type = RECORD_INT32, .to = RECORD_ANY, .tagged = true,
	 .tag = 0},
	{.name = "stateBatches", .type = RECORD_STRUCT, .array = true, .to = RECORD_ANY,
	 .fields = share_update_value_state_batches},
	{0},
};

const struct record_message record_messages[] = {
	{RECORD_GROUP, true, 8, "ConsumerGroupCurrentMemberAssignmentKey", 0, RECORD_ANY,
	 consumer_group_current_member_assignment_key},
	{RECORD_GROUP, false, 8, "ConsumerGroupCurrentMemberAssignmentValue", 0, 0,
	 consumer_group_current_member_assignment_value},
	{RECORD_GROUP, true, 5, "ConsumerGroupMemberMetadataKey", 0, RECORD_ANY,
	 consumer_group_member_metadata_key},
	{RECORD_GROUP, false, 5, "ConsumerGroupMemberMetadataValue", 0, 0,
	 consumer_group_member_metadata_value},
	{RECORD_GROUP, true, 3, "ConsumerGroupMetadataKey", 0, RECORD_ANY,
	 consumer_group_metadata_key},
	{RECORD_GROUP, false, 3, "ConsumerGroupMetadataValue", 0, 0,
	 consumer_group_metadata_value},
	{RECORD_GROUP, true, 4, "ConsumerGroupPartitionMetadataKey", 0, RECORD_ANY,
	 consumer_group_partition_metadata_key},
	{RECORD_GROUP, false, 4, "ConsumerGroupPartitionMetadataValue", 0, 0,
	 consumer_group_partition_metadata_value},
	{RECORD_GROUP, true, 16, "ConsumerGroupRegularExpressionKey", 0, RECORD_ANY,
	 consumer_group_regular_expression_key},
	{RECORD_GROUP, false, 16, "ConsumerGroupRegularExpressionValue", 0, 0,
	 consumer_group_regular_expression_value},
	{RECORD_GROUP, true, 7, "ConsumerGroupTargetAssignmentMemberKey", 0, RECORD_ANY,
	 consumer_group_target_assignment_member_key},
	{RECORD_GROUP, false, 7, "ConsumerGroupTargetAssignmentMemberValue", 0, 0,
	 consumer_group_target_assignment_member_value},
	{RECORD_GROUP, true, 6, "ConsumerGroupTargetAssignmentMetadataKey", 0, RECORD_ANY,
	 consumer_group_target_assignment_metadata_key},
	{RECORD_GROUP, false, 6, "ConsumerGroupTargetAssignmentMetadataValue", 0, 0,
	 consumer_group_target_assignment_metadata_value},
	{RECORD_GROUP, true, 2, "GroupMetadataKey", 0, RECORD_ANY,
	 group_metadata_key},
	{RECORD_GROUP, false, 2, "GroupMetadataValue", 4, 4,
	 group_metadata_value},
	{RECORD_GROUP, true, 0, "LegacyOffsetCommitKey", 0, RECORD_ANY,
	 legacy_offset_commit_key},
	{RECORD_GROUP, false, 0, "LegacyOffsetCommitValue", 0, RECORD_ANY,
	 legacy_offset_commit_value},
	{RECORD_GROUP, true, 1, "OffsetCommitKey", 0, RECORD_ANY,
	 offset_commit_key},
	{RECORD_GROUP, false, 1, "OffsetCommitValue", 4, 4,
	 offset_commit_value},
	{RECORD_GROUP, true, 14, "ShareGroupCurrentMemberAssignmentKey", 0, RECORD_ANY,
	 share_group_current_member_assignment_key},
	{RECORD_GROUP, false, 14, "ShareGroupCurrentMemberAssignmentValue", 0, 0,
	 share_group_current_member_assignment_value},
	{RECORD_GROUP, true, 10, "ShareGroupMemberMetadataKey", 0, RECORD_ANY,
	 share_group_member_metadata_key},
	{RECORD_GROUP, false, 10, "ShareGroupMemberMetadataValue", 0, 0,
	 share_group_member_metadata_value},
	{RECORD_GROUP, true, 11, "ShareGroupMetadataKey", 0, RECORD_ANY,
	 share_group_metadata_key},
	{RECORD_GROUP, false, 11, "ShareGroupMetadataValue", 0, 0,
	 share_group_metadata_value},
	{RECORD_GROUP, true, 15, "ShareGroupStatePartitionMetadataKey", 0, RECORD_ANY,
	 share_group_state_partition_metadata_key},
	{RECORD_GROUP, false, 15, "ShareGroupStatePartitionMetadataValue", 0, 0,
	 share_group_state_partition_metadata_value},
	{RECORD_GROUP, true, 13, "ShareGroupTargetAssignmentMemberKey", 0, RECORD_ANY,
	 share_group_target_assignment_member_key},
	{RECORD_GROUP, false, 13, "ShareGroupTargetAssignmentMemberValue", 0, 0,
	 share_group_target_assignment_member_value},
	{RECORD_GROUP, true, 12, "ShareGroupTargetAssignmentMetadataKey", 0, RECORD_ANY,
	 share_group_target_assignment_metadata_key},
	{RECORD_GROUP, false, 12, "ShareGroupTargetAssignmentMetadataValue", 0, 0,
	 share_group_target_assignment_metadata_value},
	{RECORD_GROUP, true, 22, "StreamsGroupCurrentMemberAssignmentKey", 0, RECORD_ANY,
	 streams_group_current_member_assignment_key},
	{RECORD_GROUP, false, 22, "StreamsGroupCurrentMemberAssignmentValue", 0, 0,
	 streams_group_current_member_assignment_value},
	{RECORD_GROUP, true, 19, "StreamsGroupMemberMetadataKey", 0, RECORD_ANY,
	 streams_group_member_metadata_key},
	{RECORD_GROUP, false, 19, "StreamsGroupMemberMetadataValue", 0, 0,
	 streams_group_member_metadata_value},
	{RECORD_GROUP, true, 17, "StreamsGroupMetadataKey", 0, RECORD_ANY,
	 streams_group_metadata_key},
	{RECORD_GROUP, false, 17, "StreamsGroupMetadataValue", 0, 0,
	 streams_group_metadata_value},
	{RECORD_GROUP, true, 21, "StreamsGroupTargetAssignmentMemberKey", 0, RECORD_ANY,
	 streams_group_target_assignment_member_key},
	{RECORD_GROUP, false, 21, "StreamsGroupTargetAssignmentMemberValue", 0, 0,
	 streams_group_target_assignment_member_value},
	{RECORD_GROUP, true, 20, "StreamsGroupTargetAssignmentMetadataKey", 0, RECORD_ANY,
	 streams_group_target_assignment_metadata_key},
	{RECORD_GROUP, false, 20, "StreamsGroupTargetAssignmentMetadataValue", 0, 0,
	 streams_group_target_assignment_metadata_value},
	{RECORD_GROUP, true, 23, "StreamsGroupTopologyKey", 0, RECORD_ANY,
	 streams_group_topology_key},
	{RECORD_GROUP, false, 23, "StreamsGroupTopologyValue", 0, 0,
	 streams_group_topology_value},
	{RECORD_TRANSACTION, true, 0, "TransactionLogKey", 0, RECORD_ANY,
	 transaction_log_key},
	{RECORD_TRANSACTION, false, 0, "TransactionLogValue", 1, 1,
	 transaction_log_value},
	{RECORD_SHARE, true, 0, "ShareSnapshotKey", 0, RECORD_ANY,
	 share_snapshot_key},
	{RECORD_SHARE, false, 0, "ShareSnapshotValue", 0, 0,
	 share_snapshot_value},
	{RECORD_SHARE, true, 1, "ShareUpdateKey", 0, RECORD_ANY,
	 share_update_key},
	{RECORD_SHARE, false, 1, "ShareUpdateValue", 0, 0,
	 share_update_value},
};

const size_t record_message_count = sizeof(record_messages) / sizeof(record_messages[0]);
