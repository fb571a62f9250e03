# `make run` and `make test` need nothing but Python 3.11+, git and make.
PYTHON ?= $(firstword $(foreach v,python3 python3.14 python3.13 python3.12 python3.11,$(shell $(v) -c 'import sys; sys.version_info >= (3, 11) and print(sys.executable)' 2>/dev/null)))
VENV := .venv
WORKERS ?= 2
BIN := $(VENV)/bin
FRONT := $(wildcard web/src/*.ts) web/package.json web/package-lock.json web/bundle.py

.PHONY: run setup test check format bench lock

run: $(VENV)/.ready
	@exec $(BIN)/wushe serve --sample

setup: $(VENV)/.ready

$(VENV)/.ready: $(VENV)/.locked $(FRONT) pyproject.toml
	@echo "[2/3] The pages …"
	@$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@echo "[3/3] Neo4j …"
	@$(BIN)/wushe prepare
	@touch $@

$(VENV)/.locked: requirements.lock
	@bash .ci/make-venv "$(PYTHON)" $(VENV)
	@echo "[1/3] Python packages …"
	@$(BIN)/pip install --disable-pip-version-check --require-hashes --requirement requirements.lock
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready requirements-dev.lock
	@$(BIN)/pip install --quiet --require-hashes --requirement requirements-dev.lock
	@touch $@

test: $(VENV)/.ready-dev
	@bash .ci/get-browser $(VENV)
	@bash .ci/get-peers
	$(BIN)/pytest --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder

check: $(VENV)/.ready-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.ready-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.ready-dev
	@bash .ci/get-benchmark-peers "$(PYTHON)" .venv-peers
	$(BIN)/python -m tests.benchmarks

lock:
	bash .ci/lock
