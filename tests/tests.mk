# SPDX-License-Identifier: BSD-2-Clause
#
#   make check                   every test, set-up included; ends with "N passed, N failed"
#   make check ONLY="e2e unit"   some suites;  CASE="sort resize"  some cases of integration and e2e
#   make check-fast              unit tests, screens, layers and documents: what to run after an edit
#   make bench                   the figures of tests/README.md beside their targets
#   make bench-feed              the newest page of a topic, produce to visible
#   make bench-tail              weir tail beside librdkafka's bare loop and kcat
#   make bench-produce           weir produce likewise
#   make bench-follow            memory and key presses while the messages view follows at full rate; ten minutes
#   make bench-clone             weir topic clone --data beside kcat | kcat
#   make bench-peers             weir beside other terminal programs, which PEERS names (tests/bench/peers says how)
#   make torture                 unit tests, each of their allocations failing once; hours. make check tries each place once
#   make format                  writes the C sources as .clang-format says, which the static suite checks
#   make fuzzers                 what build/fuzz/tests/fuzz/* are made of
#
# The suites themselves are listed in tests/lib/runner.py.

.PHONY: check check-fast layers format complexity torture check-docs bench fuzzers
check:
	@tests/run $(ONLY) $(if $(CASE),-- $(CASE))
check-fast:
	@tests/run fast

layers:
	@tests/layers

complexity:
	@tests/complexity

# Loaded into the unit tests, which run without sanitizers then: these have a malloc() of their own.
build/support/torture.so: tests/torture/torture.c
	@mkdir -p $(@D)
	@echo "  CC    $@"
	$(Q)$(CC) -std=c11 -D_GNU_SOURCE $(WARN) -O2 -g -shared -fPIC -o $@ $< -ldl
torture: build/release/tests/unit/all build/support/torture.so
	@TORTURE_ALL=1 tests/torture/torture $(ONLY)
format:
	@tests/format --write

check-docs: build/weir
	@python3 -B tests/check-docs

bench: build/weir build/support/guard build/support/traffic $B/tests/bench/pty $B/tests/bench/reset $B/tests/seed
	@PYTHONPATH=tests/lib python3 -B tests/bench/bench $(ONLY)

# What fills a cluster for the tests, and what measures a terminal.
$B/tests/seed: $(patsubst %.c,$B/%.o,$(wildcard tests/integration/seed/*.c))
	@echo "  LINK  $@"
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)
$B/tests/feed: $B/tests/integration/feed.o $(ARCHIVES)
	@echo "  LINK  $@"
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $< $(ARCHIVES) $(LIBS)
$B/tests/works: $B/tests/integration/works.o $(ARCHIVES)
	@echo "  LINK  $@"
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $< $(ARCHIVES) $(LIBS)
$B/tests/bench/pty: $B/tests/bench/pty.o
	@echo "  LINK  $@"
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $<

# One program per file, on librdkafka's mock cluster.
$B/tests/fault/test_%: $B/tests/fault/test_%.o $B/tests/fault/mock.o $(ARCHIVES)
	@echo "  LINK  $@"
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $(filter %.o,$^) $(ARCHIVES) -lcmocka $(LIBS)

$B/tests/bench/consume: $B/tests/bench/consume.o
	@echo "  LINK  $@"
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $< $(LIBS)
.PHONY: bench-tail bench-produce
bench-produce: build/weir $B/tests/bench/consume
	@PYTHONPATH=tests/lib python3 -B tests/bench/produce
bench-tail: build/weir $B/tests/bench/consume
	@PYTHONPATH=tests/lib python3 -B tests/bench/tail

$B/tests/bench/reset: $B/tests/bench/reset.o $(ARCHIVES)
	@echo "  LINK  $@"
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $< $(ARCHIVES) $(LIBS)

.PHONY: bench-peers
bench-peers: build/weir build/support/guard build/support/traffic $B/tests/bench/pty $B/tests/seed
	@PYTHONPATH=tests/lib python3 -B tests/bench/peers

.PHONY: bench-feed
bench-feed: build/weir $B/tests/feed $B/tests/seed
	@PYTHONPATH=tests/lib python3 -B tests/bench/feed

.PHONY: bench-follow bench-clone
bench-clone: build/weir $B/tests/bench/consume $B/tests/seed
	@PYTHONPATH=tests/lib python3 -B tests/bench/clone
bench-follow: build/weir $B/tests/seed
	@PYTHONPATH=tests/lib python3 -B tests/bench/follow

$B/tests/bench/query: $B/tests/bench/query.o $(ARCHIVES)
	@echo "  LINK  $@"
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $< $(ARCHIVES) $(LIBS)

# libFuzzer needs clang; MODE=fuzz keeps its objects apart.
FUZZERS := $(patsubst tests/fuzz/%.c,$B/tests/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))
FUZZ_FLAGS := -g1 -O1 -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined \
              -fno-sanitize-recover=undefined
# No fuzzer draws: without the views there is a fifth less to compile.
FUZZ_ARCHIVES := $(filter-out $(call library,views),$(ARCHIVES))
ifeq ($(MODE),fuzz)
# The optimizer takes three quarters of clang's time, and most fuzzers stay in base, model, codec and change.
$B/src/%.o $B/ui/%.o: ALL_CFLAGS += -O0
$B/src/base/%.o $B/src/model/%.o $B/src/codec/%.o $B/src/change/%.o: ALL_CFLAGS += -O1
# Options are parsed without Kafka, curses and the commands themselves: where one of them is drawn in, this does not link.
OPTION_OBJECTS := $(call objects,$(wildcard src/setup/option*.c) $(addprefix src/cli/,command_table.c command_args.c))
$B/tests/fuzz/fuzz_options: $B/tests/fuzz/fuzz_options.o $(OPTION_OBJECTS) $(call library,base)
	@echo "  LINK  $@"
	$(Q)$(CC) $(ALL_CFLAGS) -fsanitize=fuzzer -o $@ $^ -lpthread -lm
$B/tests/fuzz/%: $B/tests/fuzz/%.o $(FUZZ_ARCHIVES)
	@echo "  LINK  $@"
	$(Q)$(CC) $(ALL_CFLAGS) -fsanitize=fuzzer -o $@ $< $(FUZZ_ARCHIVES) $(LIBS)
fuzzers: $(FUZZERS)
else
fuzzers:
	@$(MAKE) --no-print-directory MODE=fuzz CC=clang CFLAGS="$(FUZZ_FLAGS)" fuzzers
endif
