# Tolok Kota. `make help` lists the targets; sources are found by wildcard, so a new file needs no
# edit here.
.DEFAULT_GOAL := build
.DELETE_ON_ERROR:
.SECONDARY:
MAKEFLAGS += --no-builtin-rules --no-print-directory
SHELL := /bin/bash

BUILD ?= build
PORT ?= 8080
VAR ?= var
PREFIX ?= /usr/local
DESTDIR ?=
# Where the programs live together with the files that they need; $(VAR)/app of an instance is such
# a folder too.
APP ?= $(DESTDIR)$(PREFIX)/lib/tolok-kota
export PORT VAR LISTEN WATCH PROXY WORKERS SITE CONTACT ANSWER_DAYS PUBLISHER CLAMD
export SMTP MAIL_FROM SMTP_PASSWORD_FILE SURE

Q := $(if $(V),,@)
say = $(if $(V),,@echo "  $(1)")

# What each program is linked with; a test is linked with all. pkg-config says nothing on a machine
# that has not been set up yet.
shared := fcgi libctemplate_nothreads libpq json-c libsodium zlib
of_web :=
of_words :=
of_desk := liboath libqrencode libzip libmagic libseccomp
of_tolok := liboath libzip libcurl
# Those that pkg-config does not know.
also_desk := -lzxcvbn
all_libs := $(sort $(shared) $(of_desk) $(of_tolok))
# Asked when first needed, once: each start of an instance comes by here, and compiles nothing.
# Headers of libraries are not ours to warn about.
once = $(eval $(1) := $(shell $(2)))$($(1))
pkg = $(call once,pkg,pkg-config --cflags $(all_libs) 2>/dev/null | sed 's/-I/-isystem /g')
lib_libs = $(call once,lib_libs,pkg-config --libs $(all_libs) 2>/dev/null)
check_flags = $(call once,check_flags,pkg-config --cflags check 2>/dev/null)
check_libs = $(call once,check_libs,pkg-config --libs check 2>/dev/null)

warn := -Wall -Wextra -Wshadow -Wformat=2 -Wconversion \
     -Wimplicit-fallthrough -Wtrampolines -Wbidi-chars=any -Werror
warn_c := -Wstrict-prototypes -Wmissing-prototypes
harden := -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 \
    -fstack-protector-strong -fstack-clash-protection -fcf-protection=full \
    -ftrivial-auto-var-init=zero \
    -fno-delete-null-pointer-checks -fno-strict-overflow -fno-strict-aliasing -fPIE
harden_ld := -pie -Wl,-z,relro,-z,now,-z,noexecstack,--as-needed
OPTIMISE ?= -O2 -g
SANITISE ?=
common := -iquote cgi-bin $(OPTIMISE) $(warn) $(harden) $(SANITISE) -MMD -MP
CFLAGS := -std=c17 -D_GNU_SOURCE $(common) $(warn_c)
CXXFLAGS := -std=c++17 $(common) -D_GLIBCXX_ASSERTIONS
LDFLAGS := $(harden_ld) $(SANITISE)

# What the programs share, in rooms: docs/ARCHITECTURE.md.
rooms := base db tpl http safe exchange
lib_obj := \
    $(patsubst %,$(BUILD)/obj/%.o,$(wildcard $(rooms:%=cgi-bin/%/*.c) $(rooms:%=cgi-bin/%/*.cc)))
web_obj := $(patsubst %,$(BUILD)/obj/%.o,$(wildcard cgi-bin/web/*.c))
desk_obj := $(patsubst %,$(BUILD)/obj/%.o,$(wildcard cgi-bin/desk/*.c))
admin_obj := $(patsubst %,$(BUILD)/obj/%.o,$(wildcard cgi-bin/admin/*.c))
words_obj := $(patsubst %,$(BUILD)/obj/%.o,$(wildcard cgi-bin/words/*.c))
# Tests in C: those of a module, and the fuzz harnesses, which replay their seeds; those are the
# files that have some.
units := $(patsubst tests/unit/%.c,%,$(wildcard tests/unit/*.c))
harnesses := $(patsubst tests/fuzz/seeds/%,%,$(wildcard tests/fuzz/seeds/*))
unit := $(units:%=$(BUILD)/unit/%) $(harnesses:%=$(BUILD)/unit/fuzz_%)
programs := $(if $(web_obj),$(BUILD)/web) $(if $(desk_obj),$(BUILD)/desk) \
    $(if $(admin_obj),$(BUILD)/tolok)

## Building

.PHONY: build all unit
build: $(programs) $(BUILD)/templates ## programs and templates, into build/ (the default)
all: build unit ## the programs and the unit tests
unit: $(unit) $(BUILD)/unit-templates

$(BUILD)/web: $(web_obj) $(BUILD)/libtolok.a
$(BUILD)/desk: $(desk_obj) $(BUILD)/libtolok.a
$(BUILD)/tolok: $(admin_obj) $(BUILD)/libtolok.a
$(BUILD)/words: $(words_obj) $(BUILD)/libtolok.a
$(BUILD)/web $(BUILD)/desk $(BUILD)/tolok $(BUILD)/words: | libraries
	$(call say,LINK  $@)
	$(Q)$(CXX) $(LDFLAGS) -o $@ $^ $$(pkg-config --libs $(shared) $(of_$(@F))) $(also_$(@F))

# Templates as the programs read them, in each language. A folder is newer when a file of it came or
# went.
$(BUILD)/templates: templates
$(BUILD)/unit-templates: tests/unit/templates
$(BUILD)/templates $(BUILD)/unit-templates: $(BUILD)/words \
    $(wildcard templates/*.html templates/locale/*.po \
    tests/unit/templates/*.html tests/unit/templates/locale/*.po)
	$(call say,WORDS $@)
	$(Q)rm -rf $@.new && $(BUILD)/words $(filter %templates,$^) $@.new && rm -rf $@ && mv $@.new $@

# What a program has beside its main, for its tests.
$(BUILD)/libtolok.a: $(lib_obj)
$(BUILD)/libweb.a: $(filter-out %/main.c.o,$(web_obj))
$(BUILD)/libdesk.a: $(filter-out %/main.c.o %/pages.c.o,$(desk_obj))
$(BUILD)/libadmin.a: $(filter-out %/main.c.o,$(admin_obj))
$(BUILD)/libwords.a: $(filter-out %/words.c.o,$(words_obj))
$(BUILD)/%.a:
	$(call say,AR    $@)
	$(Q)rm -f $@ && gcc-ar rcs $@ $^

# All tests are one program, in which each has its main under its own name. They are compiled
# quickly, except for sanitizers.
FUZZER ?=
of_tests = $(check_flags) $(if $(SANITISE)$(FUZZER),,-O1 -g0)
of_test = $(if $(filter tests/%,$<),$(of_tests) $(of_$(patsubst tests/%/,%,$(dir $<))))
of_unit = -Dmain=unit_$(*F)
of_fuzz = $(if $(FUZZER),,-DLLVMFuzzerTestOneInput=harness_$(*F))

$(BUILD)/obj/%.c.o: %.c | libraries
	$(call say,CC    $<)
	$(Q)mkdir -p $(@D) && $(CC) $(CFLAGS) $(pkg) $(of_test) -c -o $@ $<

$(BUILD)/obj/%.cc.o: %.cc | libraries
	$(call say,CXX   $<)
	$(Q)mkdir -p $(@D) && $(CXX) $(CXXFLAGS) $(pkg) -c -o $@ $<

archives := $(BUILD)/libwords.a $(BUILD)/libadmin.a $(BUILD)/libdesk.a $(BUILD)/libweb.a \
    $(BUILD)/libtolok.a
names = '-D$(1)(X)=$(patsubst %,X(%),$(2))'
$(BUILD)/obj/tests/program.c.o: of_tests += $(call names,UNITS,$(units)) \
    $(call names,HARNESSES,$(harnesses))
$(BUILD)/obj/tests/program.c.o: $(wildcard tests/unit tests/fuzz/seeds)
$(BUILD)/tests: $(units:%=$(BUILD)/obj/tests/unit/%.c.o) $(BUILD)/obj/tests/program.c.o \
    $(harnesses:%=$(BUILD)/obj/tests/fuzz/%.c.o) $(BUILD)/obj/tests/fuzz/replay.c.o $(archives)
	$(call say,LINK  $@)
	$(Q)$(CXX) $(LDFLAGS) -o $@ $^ $(lib_libs) $(also_desk) $(check_libs)

ifeq ($(FUZZER),)
$(unit): $(BUILD)/tests
	$(Q)mkdir -p $(@D) && ln -f $< $@
else
# In the build of `make fuzz` a harness has the main of libFuzzer, and memory in pieces of its own.
$(BUILD)/unit/fuzz_%: $(BUILD)/obj/tests/fuzz/%.c.o $(BUILD)/obj/tests/fuzz/heap.c.o $(archives)
	$(call say,LINK  $@)
	$(Q)mkdir -p $(@D) && $(CXX) $(LDFLAGS) $(FUZZER) -o $@ $^ $(lib_libs) $(also_desk)
endif

.PHONY: libraries
libraries:
	$(if $(lib_libs),,$(error libraries are missing: run etc/packages))

-include $(patsubst %.o,%.d,$(lib_obj) $(web_obj) $(desk_obj) $(admin_obj) $(words_obj) \
    $(patsubst %,$(BUILD)/obj/%.o,$(wildcard tests/*.c tests/unit/*.c tests/fuzz/*.c)))

.PHONY: messages
messages: $(BUILD)/words ## bring templates/locale/*.po up to date with the words of the templates
	@$(BUILD)/words --messages templates | msguniq -o $(BUILD)/tolok.pot
	@for po in templates/locale/*.po; do \
	    msgmerge --quiet --no-fuzzy-matching --width=110 --backup=none --update $$po \
	    $(BUILD)/tolok.pot && \
	    msgattrib --no-obsolete --width=110 -o $$po $$po && msgfmt --statistics -o /dev/null $$po || \
	    exit; done

## Running (PORT=8080 VAR=var LISTEN="127.0.0.1 [::1]" WATCH=127.0.0.1:8081)

# What is missing is installed first; the second make then finds the libraries.
.PHONY: ready run start stop reset reload roll
ready:
	@etc/packages run
	@$(MAKE) $(if $(V),,-s) -j$$(nproc) build

run: ready ## set up, start, stay in front; Ctrl-C ends all of it
	@exec etc/instance run

start: ready ## the same in the background
	@exec etc/instance start

stop: ## end the instance of VAR
	@exec etc/instance stop

reset: ## end it and forget everything in VAR
	@exec etc/instance reset

reload: ready ## replace the running version by that of the tree; nobody notices
	@exec etc/instance reload

roll: ## replace its workers, one after another
	@exec etc/instance roll

.PHONY: db-code db-stop db-start db-upgrade
db-code: ## replace the SQL code of the running instance
	@exec etc/instance db-code

db-stop: ## stop its PostgreSQL, which then stays down
	@exec etc/instance db-stop

db-start: ## start its PostgreSQL again
	@exec etc/instance db-start

db-upgrade: ready ## take its data to the newest PostgreSQL of this system
	@etc/packages newest
	@exec etc/instance db-upgrade

## Testing

suites := unit sql cgi http setup fault lint reference web
.PHONY: test test-all ready-to-test lint attack asan bench $(addprefix test-,$(suites))
SUITES ?= $(suites)
ready-to-test:
	@etc/packages run test
	@$(MAKE) $(if $(V),,-s) -j$$(nproc) all

test: ready-to-test ## every test (SUITES="sql cgi", ONLY=desk_: some; SHUFFLE=7: in another order)
	@ONLY='$(ONLY)' SHUFFLE='$(SHUFFLE)' exec tests/run $(SUITES)

test-all: ready-to-test ## the long forms of all tests, then asan, cov, attack and a short bench
	@ONLY='$(ONLY)' SHUFFLE='$(SHUFFLE)' TOLOK_ALL=1 TOLOK_CASES=200 tests/run $(SUITES)
	@[ '$(SUITES)' != '$(suites)' ] || { $(MAKE) -s asan cov attack && \
	    $(MAKE) -s bench SECONDS=1 PEERS=1; }

$(addprefix test-,$(suites)): test-%: ready-to-test
	@exec tests/run $*

lint: test-lint ## the lints alone

.PHONY: format size
size: ## characters that are neither blank nor comment, by part (TREE=path of another tree)
	@python3 tests/lint/size '$(or $(TREE),.)'

format: ## brings all C into the look of .clang-format
	@command -v clang-format >/dev/null || \
	    { echo 'make format: apt install clang-format' >&2; exit 1; }
	@find cgi-bin tests -name '*.[ch]' -o -name '*.cc' | xargs clang-format -i

# Each scanner has an instance of its own.
attack: ready ## wapiti and sqlmap against all pages, for some minutes
	@etc/packages test attack
	@ROOT='$(CURDIR)' BUILD='$(BUILD)' WEB='$(abspath $(BUILD))/web' LC_ALL=C.UTF-8 \
	    PYTHONDONTWRITEBYTECODE=1 \
	    prove --timer --exec tests/exec tests/attack/*.t

# Without _FORTIFY_SOURCE, whose checks the sanitizer does not know.
sanitised := BUILD=$(BUILD)/asan OPTIMISE="-O1 -g -fno-omit-frame-pointer" \
    SANITISE="-fsanitize=address,undefined -fno-sanitize-recover=all -U_FORTIFY_SOURCE"
asan: ## unit tests, programs by hand and through nginx, built with ASan and UBSan
	@etc/packages run test
	@$(MAKE) $(if $(V),,-s) -j$$(nproc) $(sanitised) all
	@$(MAKE) -s $(sanitised) test-sanitised

.PHONY: test-sanitised
test-sanitised:
	@exec tests/sanitised unit cgi http

# libFuzzer comes with clang, which does not know all of our options; memory that was not written
# holds a pattern.
FUZZ ?= $(harnesses)
SECONDS ?= 60
fuzz_words := BUILD=$(BUILD)/fuzz CC=clang CXX=clang++ OPTIMISE="-O1 -g -fno-omit-frame-pointer" \
    warn= warn_c= \
    harden="-fPIE -fno-strict-aliasing -ftrivial-auto-var-init=pattern" FUZZER=-fsanitize=fuzzer \
    SANITISE="-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all"
.PHONY: fuzz fuzz-keep
fuzz: ## libFuzzer on every parser (FUZZ="url json" takes some, SECONDS=10 each)
	@etc/packages run fuzz
	@nice -n 10 $(MAKE) $(if $(V),,-s) -j2 $(fuzz_words) $(FUZZ:%=$(BUILD)/fuzz/unit/fuzz_%)
	@BUILD='$(BUILD)/fuzz' EACH='$(SECONDS)' tests/fuzz/run $(FUZZ)

# The fewest inputs that reach together what the others do not reach.
fuzz-keep: ## adds to the seeds what `make fuzz` learned beyond them (FUZZ="url json")
	@for name in $(FUZZ); do $(BUILD)/fuzz/unit/fuzz_$$name -set_cover_merge=1 -use_counters=0 \
	    -close_fd_mask=2 \
	    tests/fuzz/seeds/$$name $(BUILD)/fuzz/corpus/$$name >/dev/null 2>&1 || exit; done
	@git status --short tests/fuzz/seeds

.PHONY: screenshots
screenshots: ready-to-test ## each page as a picture, in build/screenshots (ONLY="/kota" takes some)
	@exec tests/web/screenshots $(ONLY)

bench: ## what pages cost, as ratios (SECONDS=5, PEERS=1 against PHP-FPM, GROW=0)
	@etc/packages run test bench
	@$(MAKE) $(if $(V),,-s) -j$$(nproc) build
	@tests/bench/run

.PHONY: cov
cov: ## how many lines of each parser the unit tests and the seeds reach
	@etc/packages run test fuzz
	@$(MAKE) $(if $(V),,-s) -j2 BUILD=$(BUILD)/cov OPTIMISE="-O0 -g" \
	    SANITISE="--coverage -U_FORTIFY_SOURCE" unit
	@BUILD='$(BUILD)/cov' tests/fuzz/coverage $(patsubst $(BUILD)/%,$(BUILD)/cov/%,$(unit))

## Installing

.PHONY: install copy stage clean help
manuals := $(wildcard docs/*.[58])
install: copy ## programs, their files and manuals below DESTDIR and PREFIX
	$(Q)for page in $(manuals); do \
	    to='$(DESTDIR)$(PREFIX)/share/man/man'"$${page##*.}/$${page##*/}"; \
	    install -D -m 644 "$$page" "$$to" || exit; done
	$(Q)mkdir -p '$(DESTDIR)$(PREFIX)/bin' && \
	    ln -sfn ../lib/tolok-kota/build/tolok '$(DESTDIR)$(PREFIX)/bin/tolok'

# Modes are set here, whatever the umask of the clone was.
copy: build
	$(Q)mkdir -p '$(APP)/build' && install -m 755 $(programs) '$(APP)/build'
	$(Q)cp -R --preserve=timestamps '$(BUILD)/templates' '$(APP)/build'
	$(Q)cp -R --preserve=timestamps public sql etc '$(APP)' && rm -rf '$(APP)/sql/sample'
	$(Q)find '$(APP)/public' -maxdepth 1 -type f -size +512c ! -name '*.gz' ! -name '*.png' \
	    ! -name '*.woff2' -exec gzip -9nkf {} +
	$(Q)chmod -R u=rwX,go=rX '$(APP)'

# What an instance runs from. Simulated data comes with it, and is not part of an install.
stage: copy
	$(Q)if [ -d sql/sample ]; then cp -R sql/sample '$(APP)/sql' && \
	    chmod -R u=rwX,go=rX '$(APP)/sql/sample'; fi

# Instances of tests may lie elsewhere, where their user can come.
clean: ## remove build/
	@[ ! -d '$(BUILD)/test/fault' ] || python3 tests/fault/house.py --clean
	rm -rf '$(BUILD)'

help: ## this list
	@awk -F ':.*## ' '/^## /{print "\n" substr($$0, 4)} \
	    /^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' Makefile
