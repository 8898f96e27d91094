# SPDX-License-Identifier: BSD-2-Clause
#
#   make screen-check    golden screens: tests/screen/*.screen, also by `make check`
#                        and two clusters in one terminal
#   make golden          writes them anew; read the diff before you commit it
#   make pictures        the pictures of the README, from tests/screen/picture-*.screen
#   make play            the program on a made-up cluster, without Kafka: build/play

FIXTURE := $B/tests/support/fixture.o $B/tests/support/made_feed.o $B/tests/support/made_works.o
SCREEN_ARCHIVES := $(foreach l,app work setup cli views ui sample codec query model base,$(call library,$l))
SCREEN_LIBS := $(filter-out $(RD_LIBS),$(LIBS)) $(CODEC_LIBS)

$B/tests/screen/%.o $(FIXTURE): ALL_CFLAGS += -Itests/support -Itests/screen

$B/tests/screen/test_golden: $B/tests/screen/test_golden.o $B/tests/screen/capabilities.o \
		$B/tests/screen/cells.o $B/tests/screen/no_kafka.o $(FIXTURE) $(SCREEN_ARCHIVES)
	@echo "  LINK  $@"
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(SCREEN_LIBS)
$B/tests/screen/test_clusters: $B/tests/screen/test_clusters.o $B/tests/screen/cells.o $B/tests/screen/no_kafka.o \
		$(FIXTURE) $(SCREEN_ARCHIVES)
	@echo "  LINK  $@"
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ -lcmocka $(SCREEN_LIBS)

.PHONY: screen-check golden pictures play
screen-check: $B/tests/screen/test_golden $B/tests/screen/test_clusters
	$(Q)$B/tests/screen/test_golden
	$(Q)$B/tests/screen/test_clusters
golden: $B/tests/screen/test_golden
	$(Q)$< --write
pictures:
	@python3 -B tests/pictures

play: $B/tests/screen/play
	@ln -sf $(MODE)/tests/screen/play build/play
$B/tests/screen/play: $B/tests/screen/play.o $(FIXTURE) $(SCREEN_ARCHIVES)
	@echo "  LINK  $@"
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(SCREEN_LIBS)
