/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a producer may put in front of a payload: the header of a schema
 * registry's serializer, Avro's single-object header, a byte order mark. It is
 * only recognized and measured here; the decoder checks whether the rest fits.
 * Pure functions; any thread. Inside this layer.
 */
#ifndef CODEC_ENVELOPE_H
#define CODEC_ENVELOPE_H

#include "codec/codec.h"

/*
 * The header that most serializers write: a zero byte and a big-endian schema id of 4 bytes. False: the bytes
 * do not begin so, or nothing follows.
 */
bool envelope_registry(struct bytes bytes, uint32_t *schema_id, struct bytes *rest);

/*
 * The list of message indexes that a Protobuf serializer writes after the header: a zigzag count and as many
 * zigzag indexes; a lone zero means the first message. False: the bytes do not begin with such a list.
 */
bool envelope_message_indexes(struct bytes bytes, struct bytes *rest);

/* Avro's single-object encoding: C3 01 and the schema's 8-byte fingerprint, little-endian. */
bool envelope_single_object(struct bytes bytes, uint64_t *fingerprint, struct bytes *rest);

/* The bytes after a UTF-8 byte order mark; all bytes when there is none. */
struct bytes envelope_skip_bom(struct bytes bytes);

#endif
