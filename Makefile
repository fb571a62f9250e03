# `make run` and `make test` need nothing but Python 3.11+, git and make.
PYTHON ?= $(firstword $(foreach v,python3.13 python3.12 python3.11 python3.14 python3,$(shell $(v) -c 'import sys; print(sys.executable) if sys.version_info >= (3, 11) else None' 2>/dev/null)))
VENV := .venv
PORT ?= 8765
FRONT := $(shell find web/src -type f 2>/dev/null) web/package.json web/package-lock.json web/bundle.py

.PHONY: run setup test check format bench lock

run: $(VENV)/.ready
	@exec $(VENV)/bin/wushe serve --sample --port $(PORT)

setup: $(VENV)/.ready

$(VENV)/.ready: $(VENV)/.installed $(FRONT) pyproject.toml
	$(VENV)/bin/pip install --quiet --no-deps --no-build-isolation --editable .
	$(VENV)/bin/wushe prepare
	@touch $@

$(VENV)/.installed: requirements.lock .ci/make-venv
	@bash .ci/make-venv "$(PYTHON)" $(VENV)
	$(VENV)/bin/pip install --require-hashes --requirement requirements.lock
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready requirements-dev.lock
	$(VENV)/bin/pip install --quiet --require-hashes --requirement requirements-dev.lock
	@touch $@

test: $(VENV)/.ready-dev
	@bash .ci/get-browser $(VENV)
	$(VENV)/bin/pytest

check: $(VENV)/.ready-dev
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

format: $(VENV)/.ready-dev
	$(VENV)/bin/ruff format .
	$(VENV)/bin/ruff check --fix .

bench: $(VENV)/.ready-dev
	$(VENV)/bin/python -m tests.benchmarks

lock: $(VENV)/.ready-dev
	bash .ci/lock
