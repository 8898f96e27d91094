# SPDX-License-Identifier: BSD-2-Clause
#
# Set-up, the real cluster and its traffic. Included by the Makefile; also works alone with -f.
#   deps        what weir is built with        kafka       Apache Kafka and its Java
#   demo        cluster, traffic and weir      demo-up, demo-down   the same without weir

.DEFAULT_GOAL := all
SUPPORT := tests/support
SUPPORT_CC = $(CC) -std=c11 -D_GNU_SOURCE $(WARN) -O2 -g

# Make reads this file, makes it first when set-up has anything to do, and then starts over, so that
# what was installed just now is found by the rest of the Makefile in the same run. The tests bring in more, side by side.
ifeq ($(filter clean demo-down install-% help check check-fast,$(MAKECMDGOALS)),)
include build/deps.mk
endif
build/deps.mk: FORCE
	@$(SUPPORT)/setup build $(if $(filter tsan,$(MODE)),tsan)
	@mkdir -p $(@D); test -e $@ -a $@ -nt $(SUPPORT)/setup || echo '# set-up is done' > $@

.PHONY: FORCE deps kafka demo demo-up demo-down
FORCE:
deps: build/deps.mk

kafka:
	@$(SUPPORT)/setup kafka

build/support/guard: $(SUPPORT)/guard.c
	@mkdir -p $(@D)
	@echo "  CC    $@"
	$(Q)$(SUPPORT_CC) -o $@ $<

# Loaded into weir by tests, which hold it at a step with that.
build/support/gate.so: $(SUPPORT)/gate.c
	@mkdir -p $(@D)
	@echo "  CC    $@"
	$(Q)$(SUPPORT_CC) -shared -fPIC -o $@ $< -ldl

# Never sanitized, whatever MODE is, so it links the librdkafka that is not either.
SUPPORT_RDKAFKA = $(if $(wildcard .deps/librdkafka), \
	PKG_CONFIG_PATH=.deps/librdkafka/lib/pkgconfig pkg-config --cflags --libs rdkafka-static, \
	pkg-config --cflags --libs rdkafka)

build/support/traffic: $(wildcard $(SUPPORT)/traffic/*.[ch])
	@mkdir -p $(@D)
	@echo "  CC    $@"
	$(Q)$(SUPPORT_CC) -o $@ $(filter %.c,$^) $$($(SUPPORT_RDKAFKA) | sed 's/-I/-isystem /g') -lpthread -lm

# The first time a newcomer waits for the compiler: on all processors.
DEMO_NEEDS = $(MAKE) --no-print-directory -j"$$(nproc)" build/weir build/support/guard build/support/traffic
demo: kafka
	@$(DEMO_NEEDS)
	@$(SUPPORT)/demo run build/weir

demo-up: kafka
	@$(DEMO_NEEDS)
	@$(SUPPORT)/demo up

demo-down:
	@$(SUPPORT)/demo down

# A cluster must not run in a folder that goes away.
clean: demo-down

# The catalogue of configurations, from the ConfigDefs of the Kafka above.
.PHONY: config-catalog
config-catalog: kafka
	@$(SUPPORT)/config-catalog
