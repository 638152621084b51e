# Every target sets up what it needs: all of it in .venv, on Debian 12 or Ubuntu with Python 3.11 or up.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help demo test check lint chaos format services bench quality lock clean

# What does not wait for each other is done at once: kernels are compiled while the rest is set up.
MAKEFLAGS += --jobs=2
# Programs that tests start by the hundred are not parsed anew each time.
unexport PYTHONDONTWRITEBYTECODE

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install
# What kernels are made of: when one changes, all are compiled before anybody waits for them.
COMPILED := $(wildcard access/kernels/*.py actors/kernels/*.py access/aliases.py access/batch.py \
	access/bearing.py access/claims.py access/event.py access/plan.py access/variables.py actors/features.py)
# Debian packages that tests drive.
SERVICES := caddy crowdsec crowdsec-firewall-bouncer curl default-jre-headless docker-compose docker.io haproxy iproute2 \
	ipset iptables kcat libnginx-mod-http-lua lua-nginx-redis maven mmdebstrap nftables nginx openssl prometheus redis-server rsyslog rsyslog-kafka

help: ## List the targets.
	@grep -hE '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## /make \1\t/' | expand -t 16

demo: .venv/warm ## Watch harvesters come to a made-up photo platform; half a minute.
	@$(BIN)/hedgerow demo

test: .venv/dev .venv/warm services ## Run the tests. One part: make test ONLY=tests/detectors
	@$(BIN)/pytest --numprocesses=auto --dist=loadfile --no-loadscope-reorder $(ONLY)

check: lint test ## Format, lint, types, imports, and the tests: what CI runs.

lint: .venv/dev ## Format, lint, types, imports: no tests.
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

chaos: .venv/dev .venv/warm services ## Kill and freeze a platform at random; again the same: make chaos SEED=7 KILLS=100
	@$(BIN)/python -m tests.streams.storm --kills $(or $(KILLS),20) --seed $(or $(SEED),1)

format: .venv/dev ## Lay out the code, and mend what ruff can mend.
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

bench: .venv/bench .venv/warm ## Measure; minutes. One part, a tenth: make bench ONLY=replay SIZE=0.1
	@.ci/services goaccess fail2ban
	@$(BIN)/python -m benchmarks --size $(or $(SIZE),1) $(ONLY)

quality: .venv/warm ## Who is found and who is hit, by us and by peers; minutes. Fewer: SIZE=0.2; again the same: SEED=7
	@$(BIN)/python -m benchmarks --size $(or $(SIZE),1) $(addprefix --seed ,$(SEED)) $(addprefix --json ,$(JSON)) \
		$(addprefix --settings ,$(SETTINGS)) quality

services: .venv/locked
	@.ci/services $(SERVICES)
	@.ci/kafka

lock: .venv/locked ## Pin the newest dependencies that fit pyproject.toml.
	$(PIP) uv
	.ci/lock

clean: ## Forget all set-up.
	rm -rf .venv

.venv/locked: requirements.lock pyproject.toml
	@.ci/venv
	@$(PIP) --require-hashes --requirement requirements.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev .venv/bench: .venv/%: requirements-%.lock .venv/locked
	@$(PIP) --require-hashes --requirement $<
	@touch $@

.venv/warm: .venv/locked $(COMPILED)
	@rm -rf .venv/var/cache/hedgerow-kernels  # those of other sources would stay for ever
	@echo "compiling; a minute or two, once"
	@$(BIN)/hedgerow warm >/dev/null
	@touch $@
