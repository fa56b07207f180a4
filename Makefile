# Everything a person or a machine does with this repository. `make` alone lists the targets.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet
PLACES := worker/lexicon/data/places.idx
ARGS ?=

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules --no-print-directory
.PHONY: help setup demo test unit lint format docs eval bench faults soak fuzz kafka kafka-for-tests pins clean \
  tests-that-wait tests-that-compute

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo '  ARGS="…" is passed on by demo, unit, eval and bench; PYTHON=… chooses the interpreter (3.11 or later).'

setup: $(PLACES) ## make .venv with the command `trucewatch` in it

demo: setup ## broker, worker and a sample stream on this machine, alerts in the terminal
	@$(BIN)/trucewatch demo $(ARGS)

test: setup lint kafka-for-tests ## everything that has to hold: linters, types, all tests
	@$(MAKE) --jobs=2 $(TOGETHER) tests-that-wait tests-that-compute
	$(BIN)/python -m pytest $(FAULT_TESTS)

# Three runs that make up all tests: of the first two one mostly waits, for Kafka and for other processes, while the
# other computes. The tests that kill and flood workers come last, with the machine for themselves: they measure time.
WAITING := kafka or slow
# The output of each in one piece, where make can do that (since 4.0).
TOGETHER := $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)
FAULT_TESTS := tests/faults

tests-that-wait: setup
	$(BIN)/python -m pytest -m "$(WAITING)" --ignore=$(FAULT_TESTS)

tests-that-compute: setup
	$(BIN)/python -m pytest -m "not ($(WAITING))" --ignore=$(FAULT_TESTS)

unit: setup ## the tests alone, e.g. make unit ARGS="-x tests/correlation"
	$(BIN)/python -m pytest $(ARGS)

lint: setup ## ruff (rules, format) and mypy --strict
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: setup ## rewrite the sources as the linters want them
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: setup ## write the tables of the documentation that come from the code
	@$(BIN)/python -m tests.runbook

eval: setup ## quality of the extraction against annotated articles
	@$(BIN)/python -m tests.eval $(ARGS)

bench: setup ## speed of extraction and correlation on this machine
	@$(BIN)/python -m tests.bench $(ARGS)

fuzz: setup ## many thousand hostile inputs for every step: ARGS="30000"
	@$(BIN)/python -m tests.hostile $(ARGS)

faults: setup kafka ## kill, cut off and confuse workers and brokers: SEED=n FAULTS=n MINUTES=n
	@$(BIN)/python -m tests.faults --seed $(or $(SEED),1) --faults $(or $(FAULTS),20) \
	  --minutes $(or $(MINUTES),10) $(ARGS)

soak: setup kafka ## more articles than a worker can read: MINUTES=n
	@$(BIN)/python -m tests.faults.soak --minutes $(or $(MINUTES),10)

kafka: setup ## fetch Apache Kafka for the tests that need the real one (Java 17, Maven)
	@$(BIN)/python -m tests.brokers fetch

# The real Kafka is part of the tests wherever it can be had, and always in CI.
kafka-for-tests: setup
	@if command -v java >/dev/null && command -v mvn >/dev/null; then \
	  $(MAKE) kafka || { test "$${CI:-}" != true && echo 'No Apache Kafka: the tests that need it are skipped.'; }; \
	elif test "$${CI:-}" = true; then \
	  echo 'Continuous integration needs Java 17 and Maven for Apache Kafka.' >&2; exit 1; \
	else \
	  echo 'No Java and Maven here: the tests that need Apache Kafka are skipped.'; \
	fi

COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-emit-find-links --no-annotate --no-header

pins: setup ## resolve the dependencies of pyproject.toml anew (UPGRADE=--upgrade for newer versions)
	$(COMPILE) $(UPGRADE) pyproject.toml --output-file requirements/runtime.txt
	$(COMPILE) $(UPGRADE) pyproject.toml --group dev --constraint requirements/runtime.txt --output-file requirements/dev.txt
	$(COMPILE) --group build --constraint requirements/dev.txt --output-file requirements/build.txt

clean: ## remove all that was made here, .venv included
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist $(PLACES)
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Two stamps and the index, so that a second `make setup` does nothing and a change redoes only what hangs on it.
$(VENV)/.dependencies: requirements/dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'Trucewatch needs Python 3.11 or later: make setup PYTHON=/path/to/python3.11' >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo 'Installing the pinned dependencies into $(VENV) …'
	@$(PIP) install --require-hashes --requirement requirements/dev.txt
	@touch $@

$(VENV)/.project: $(VENV)/.dependencies pyproject.toml
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

PLACES_FROM := $(wildcard worker/lexicon/build_places.py worker/lexicon/data/*.toml worker/lexicon/data/*.tsv)

$(PLACES): $(VENV)/.project $(PLACES_FROM)
	@$(BIN)/python -m worker.lexicon.build_places
	@touch $@
