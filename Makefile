# Every target does the set-up that it needs; nothing has to be installed by hand but git, make
# and Python 3.11 with pip or uv. ARGS=… is handed on, e.g. make test ARGS=tests/unit, make bench ARGS=latency.
PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || echo python3)
BIN := .venv/bin
RUN := $(BIN)/python -m

.DEFAULT_GOAL := help
.PHONY: help setup tools up demo test check fmt bench evals chaos docs clean

help:  ## List what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-7s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup:  ## Make everything that a fresh clone needs (uv, Python packages, the SFU, the web app)
	@$(PYTHON) -m local.setup

tools: setup  ## Make what only checks and tests need (oasdiff, a browser)
	@$(PYTHON) -m local.setup.oasdiff
	@$(PYTHON) -m local.setup.browser

up: setup  ## Run the whole platform on this machine until Ctrl-C
	@$(RUN) local.up

demo: setup  ## Hold one whole interview by voice with a simulated candidate
	@$(RUN) local.demo $(ARGS)

test: tools  ## Run the tests; ARGS=tests/unit runs some of them
ifeq ($(strip $(ARGS)),)
	@$(RUN) local.tested
else
	@$(RUN) pytest $(ARGS)
endif

check: tools  ## Check style, types, rings, the lock file, generated files, and that nobody breaks
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(RUN) local.setup.locked
	$(RUN) local.setup.web
	$(RUN) local.generated --check
	$(RUN) local.released --check

fmt: setup  ## Bring the code into shape
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format .

bench: setup  ## Measure: make bench ARGS=latency
	@$(RUN) bench $(ARGS)

evals: setup  ## Put twins of answers before the raters: which levels move that must not
	@$(RUN) lab.evals $(ARGS)

chaos: setup  ## Break things on purpose and see what holds
	@$(RUN) bench chaos $(ARGS)

docs: setup  ## Write docs/openapi.json and docs/schema.sql anew
	@$(RUN) local.generated

clean:  ## Remove, unasked, the environment, caches and ALL local data (.venv, .local; of root /var/lib/vivavoce)
	@$(PYTHON) -m local.setup.clean
