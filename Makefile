# `make` sets up, checks and tests. `make run` shows what kg does. Both work on a fresh machine.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# One more than there are processors: tests often wait for a browser or a time limit.
WORKERS ?= $(shell expr $$(nproc 2>/dev/null || echo 1) + 1)

.DEFAULT_GOAL := test
.PHONY: run test check pytest golden campaign look setup clean

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "kg needs Python 3.11 or newer; name one with: make PYTHON=/path/to/python3"; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv module is missing; on Debian: apt-get install python3-venv"; exit 2; }

$(VENV)/.core: .ci/core.txt pyproject.toml | $(BIN)/python
	@echo "Setting up (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r .ci/core.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@$(BIN)/python -m compileall -q $(VENV)/lib kg || true
	@touch $@

$(VENV)/.dev: .ci/dev.txt $(VENV)/.core
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r .ci/dev.txt
	@$(BIN)/python -m compileall -q $(VENV)/lib || true
	@touch $@

run: $(VENV)/.core
	@mkdir -p build
	@$(BIN)/kg build -o build/liling
	@$(BIN)/kg coverage
	@$(BIN)/kg page -o build/liling.html

setup: $(VENV)/.dev
	@.ci/system-packages

check: $(VENV)/.dev
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@PYTHONPATH=. $(BIN)/lint-imports --no-cache

test: setup
	@$(MAKE) --no-print-directory -j 2 check pytest

pytest: $(VENV)/.dev
	$(BIN)/pytest -n $(WORKERS) --dist worksteal

golden: $(VENV)/.dev
	KG_GOLDEN=write $(BIN)/pytest -q -k golden

# What breaks, tried in full and by hand; make test runs the same cases short.
campaign: $(VENV)/.dev
	@$(BIN)/python bench/campaign.py

# Pictures of the reports in build/look, to be looked at; not part of the tests.
look: $(VENV)/.dev
	@.ci/look-packages
	@$(BIN)/python bench/look.py
	@$(BIN)/python bench/look_page.py

clean:
	rm -rf build .mypy_cache .ruff_cache .pytest_cache
