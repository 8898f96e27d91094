# SPDX-License-Identifier: BSD-2-Clause
# What the value decoders can be built with; each is optional and found by pkg-config.

have = $(shell pkg-config --exists $1 2>/dev/null && echo 1)
snappy_c := $(shell printf '\043include <snappy-c.h>\n' | $(CC) -E -xc - >/dev/null 2>&1 && echo 1)

# It is C++, whose runtime takes longer to load than weir's own part of a start: linked in where both can be.
archive   = $(wildcard $(shell $(CC) -print-file-name=$1))
snappy_a := $(call archive,libsnappy.a)
stdc++_a := $(call archive,libstdc++.a)

CODEC_CFLAGS := $(if $(call have,zlib),-DHAVE_ZLIB=1) $(if $(call have,libzstd),-DHAVE_ZSTD=1) \
                $(if $(call have,liblz4),-DHAVE_LZ4=1) $(if $(snappy_c),-DHAVE_SNAPPY=1)
CODEC_LIBS   := $(if $(call have,zlib),-lz) $(if $(call have,libzstd),-lzstd) \
                $(if $(call have,liblz4),-llz4) $(if $(snappy_c),$(if $(and $(snappy_a),$(stdc++_a)),$(snappy_a) $(stdc++_a),-lsnappy))
