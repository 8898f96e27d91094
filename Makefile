# SPDX-License-Identifier: BSD-2-Clause
#
#   make              build/weir                  make check     every test, on real Kafka
#   make demo         a cluster, traffic, weir    make check-fast   what to run after an edit
#   make unit ONLY="hash ini"   some unit tests   make install   PREFIX=/usr/local
#   make MODE=asan    address and undefined behaviour sanitizers; MODE=tsan: threads
#   make V=1          show the commands
#
# A layer is a folder and a static library; the order below is the link order,
# and a layer includes only what stands before it (`make layers`).

VERSION := 0.1.0
PREFIX  ?= /usr/local
MODE    ?= release
DEPS    ?= .deps
B       := build/$(MODE)
Q       := $(if $(V),,@)

CC       ?= cc
WARN     := -Wall -Wextra -Wpedantic -Wshadow -Wformat=2 -Wmissing-prototypes \
            -Wstrict-prototypes -Wwrite-strings -Wpointer-arith -Wundef -Wvla -Wno-missing-field-initializers \
            $(if $(CI),-Werror)
FLAGS_release := -O2 -g
# The sanitizers are to see what is freed too early as early as can be: sample/store_parts.h. Their reports
# need functions and lines only (-g1), and variables make a third of the time that the compiler takes.
FLAGS_asan    := -O1 -g1 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined \
                 -DSTORE_SWEEP_EVERY=1
FLAGS_tsan    := -O1 -g1 -fno-omit-frame-pointer -fsanitize=thread -DSTORE_SWEEP_EVERY=1

# Our own librdkafka where set-up had to build one, linked in whole; else the system's. The patched one loads
# libcurl when it needs it.
RDKAFKA   := $(wildcard $(DEPS)/librdkafka$(if $(filter tsan,$(MODE)),-tsan))
RD_CFLAGS := $(if $(wildcard $(RDKAFKA)/patched),-DRDKAFKA_PATCHED) \
             $(if $(RDKAFKA),-isystem $(RDKAFKA)/include,$(shell pkg-config --cflags rdkafka 2>/dev/null))
RD_LIBS   := $(if $(RDKAFKA),$(RDKAFKA)/lib/librdkafka.a $(if $(wildcard $(RDKAFKA)/patched),,-lcurl) \
               -lsasl2 -lssl -lcrypto -lzstd -llz4 -lz -ldl -lrt,-lrdkafka -lcrypto)

CFLAGS   ?=
include src/codec/codec.mk
ALL_CFLAGS := -std=c11 -D_GNU_SOURCE $(WARN) $(FLAGS_$(MODE)) -Isrc -I. -DWEIR_VERSION='"$(VERSION)"' \
              $(shell pkg-config --cflags ncursesw libpcre2-8 2>/dev/null) $(RD_CFLAGS) $(CODEC_CFLAGS) $(CFLAGS)
LIBS     := $(RD_LIBS) $(CODEC_LIBS) $(shell pkg-config --libs ncursesw libpcre2-8 2>/dev/null || echo -lncursesw -lpcre2-8) -lpthread -lm

LAYERS   := base model query sample kafka codec change feed ui views cli setup docs work app
DIR_base := src/base
DIR_model := src/model
DIR_query := src/query
DIR_sample := src/sample
DIR_kafka := src/kafka
DIR_codec := src/codec
DIR_feed := src/feed
DIR_change := src/change
DIR_cli  := src/cli
DIR_setup := src/setup
DIR_docs := src/docs
DIR_work := src/work
DIR_app  := src/app
DIR_ui   := ui
DIR_views := views $(patsubst %/,%,$(wildcard views/*/))
sources   = $(foreach d,$(DIR_$1),$(wildcard $d/*.c))
objects   = $(patsubst %.c,$B/%.o,$1)
library   = $(if $(call sources,$1),$B/lib$1.a)
ARCHIVES := $(foreach l,app work docs setup cli feed change views ui kafka sample codec query model base,$(call library,$l))

# build/weir is the build of the mode asked for last, so the link is always made anew.
.PHONY: all clean build/weir
all: build/weir

build/weir: $B/weir
	@mkdir -p $(@D)
	$(Q)ln -sf $(MODE)/weir $@

$B/weir: $(call objects,src/main.c) $(ARCHIVES)
	@echo "  LINK  $@"
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $< $(ARCHIVES) $(LIBS)

# Set-up makes it anew when its patch changes.
$B/weir: $(wildcard $(RDKAFKA)/lib/librdkafka.a)

define layer_rule
$B/lib$1.a: $$(call objects,$$(call sources,$1))
	@echo "  AR    $$@"
	$$(Q)rm -f $$@ && $$(AR) rcs $$@ $$^
endef
$(foreach l,$(LAYERS),$(eval $(call layer_rule,$l)))

# The themes are part of the program; the first one is what it starts with.
THEMES := themes/default.theme $(filter-out themes/default.theme,$(sort $(wildcard themes/*.theme)))
$B/ui/theme_builtin.c: themes/embed.awk $(THEMES)
	@mkdir -p $(@D)
	$(Q)LC_ALL=C awk -f $^ > $@
$B/ui/theme_builtin.o: $B/ui/theme_builtin.c
	$(Q)$(CC) $(ALL_CFLAGS) -c -o $@ $<
$B/libui.a: $B/ui/theme_builtin.o

# The catalogue of configurations is part of the program: what Kafka says, and a sentence about each.
CATALOG := src/model/config_words.tsv src/model/config_catalog.tsv
$B/model/config_catalog_table.c: src/model/config_embed.awk $(CATALOG)
	@mkdir -p $(@D)
	$(Q)LC_ALL=C awk -f $^ > $@
$B/model/config_catalog_table.o: $B/model/config_catalog_table.c src/model/config_catalog_table.h src/model/config_catalog.h
	$(Q)$(CC) $(ALL_CFLAGS) -c -o $@ $<
$B/libmodel.a: $B/model/config_catalog_table.o

# So is the manual, whose prose stands in doc/; the page of the whole program comes first.
MANUAL := doc/weir.md $(filter-out doc/weir.md,$(sort $(wildcard doc/*.md)))
TOPICS := $(patsubst doc/%.md,%,$(filter-out doc/weir.md,$(MANUAL)))
$B/docs/manual_topics.c: doc/embed.awk $(MANUAL)
	@mkdir -p $(@D)
	$(Q)LC_ALL=C awk -f $^ > $@
$B/docs/manual_topics.o: $B/docs/manual_topics.c src/docs/manual.h
	$(Q)$(CC) $(ALL_CFLAGS) -c -o $@ $<
$B/libdocs.a: $B/docs/manual_topics.o

$B/%.o: %.c
	@mkdir -p $(@D)
	@echo "  CC    $<"
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# The unit tests of a mode are one program, `all`, which a name or two narrow down; each file can be one of its own too.
UNIT := $(patsubst tests/unit/test_%.c,%,$(wildcard tests/unit/test_*.c))
$B/tests/unit/test_%: $B/tests/unit/test_%.o $(ARCHIVES)
	@echo "  LINK  $@"
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $< $(ARCHIVES) -lcmocka $(LIBS)
$B/tests/unit/%.part.o: $B/tests/unit/test_%.o
	$(Q)objcopy --redefine-sym main=unit_$* $< $@
$B/tests/unit/unit_list.h: tests/unit
	@mkdir -p $(@D)
	$(Q)echo '#define UNIT_TESTS(X) $(patsubst %,X(%),$(UNIT))' > $@
$B/tests/unit/all.o: $B/tests/unit/unit_list.h
$B/tests/unit/all.o: ALL_CFLAGS += -I$B/tests/unit
$B/tests/unit/all: $B/tests/unit/all.o $(UNIT:%=$B/tests/unit/%.part.o) $(ARCHIVES)
	@echo "  LINK  $@"
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ -lcmocka $(LIBS)
.PHONY: unit
unit: $B/tests/unit/all
	$(Q)$< $(ONLY)

# The optimizer takes half of the time that it takes to compile; only what goes through many records needs it.
$B/tests/unit/%.o: ALL_CFLAGS += -O0
ifeq ($(MODE),asan)
$B/%.o: ALL_CFLAGS += -O0
$B/src/base/%.o $B/src/codec/%.o $B/src/feed/%.o: ALL_CFLAGS += -O1
else ifeq ($(MODE),tsan)
$B/views/%.o $B/ui/%.o $B/src/cli/%.o: ALL_CFLAGS += -O0
endif

# Kept, and made again when lost: another MODE may have left a newer build/weir.
.PRECIOUS: $B/%.o
-include tests/support/support.mk
-include tests/tests.mk
-include tests/screen/screen.mk
-include $(shell find $B -name '*.d' 2>/dev/null)

# What is installed is made from the tables of the program itself.
PAGES := $(TOPICS:%=build/weir-%.7)
DOCS := build/weir.1 $(PAGES) build/weir.bash build/_weir build/weir.fish
build/weir.1: build/weir
	$(Q)$< --print-man > $@
$(PAGES): build/weir-%.7: build/weir
	$(Q)$< help $* --print-man > $@
build/weir.bash build/_weir build/weir.fish: build/weir
	$(Q)$< --print-completion $(if $(filter %/_weir,$@),zsh,$(if $(filter %.bash,$@),bash,fish)) > $@
.PHONY: docs install uninstall
docs: $(DOCS)

install: build/weir $(DOCS)
	install -d $(foreach d,bin share/man/man1 share/man/man7 share/bash-completion/completions \
		share/zsh/site-functions share/fish/vendor_completions.d,$(DESTDIR)$(PREFIX)/$d)
	install -m 755 $B/weir $(DESTDIR)$(PREFIX)/bin/weir
	install -m 644 build/weir.1 $(DESTDIR)$(PREFIX)/share/man/man1/weir.1
	install -m 644 $(PAGES) $(DESTDIR)$(PREFIX)/share/man/man7
	install -m 644 build/weir.bash $(DESTDIR)$(PREFIX)/share/bash-completion/completions/weir
	install -m 644 build/_weir $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_weir
	install -m 644 build/weir.fish $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/weir.fish

uninstall:
	rm -f $(foreach f,bin/weir share/man/man1/weir.1 $(TOPICS:%=share/man/man7/weir-%.7) share/bash-completion/completions/weir \
		share/zsh/site-functions/_weir share/fish/vendor_completions.d/weir.fish,$(DESTDIR)$(PREFIX)/$f)

clean:
	rm -rf build
