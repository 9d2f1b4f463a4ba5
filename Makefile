# Steelyard 权衡. Needs Python 3.11 or newer and make; everything else goes into .venv, once.
# tools/set_up installs the hashed requirements, then this checkout itself (editable, no build isolation).

SHELL := /bin/sh
BIN := .venv/bin
UV = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make lock"
export PYTHON

.DEFAULT_GOAL := help
.PHONY: help run test check docs bench lock clean run-ready dev-ready

help:  ## say what can be made
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' Makefile | expand -t 14

run: run-ready  ## weigh the bundled regions, print the rankings, then serve the office; Ctrl-C stops it
	@$(BIN)/steelyard run --serve

test: dev-ready  ## run every test that this machine can run; say what was skipped and why
	@$(BIN)/python -m tools.run_tests

check: dev-ready  ## format, lint, types, import contracts, generated docs, forbidden strings
	@$(BIN)/ruff format --check --quiet . || { echo "not formatted; run: $(BIN)/ruff format ." >&2; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/mypy tools bench
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/python -m tools.generate_docs --check
	@$(BIN)/python -m tools.tracked_files

docs: dev-ready  ## write the generated pages of docs/ again
	@$(BIN)/python -m tools.generate_docs

bench: dev-ready  ## measure, print the table and write docs/reference/benchmarks.md
	@$(BIN)/python -m bench.run --write

lock: dev-ready  ## compile requirements/*.txt from pyproject.toml again, newest versions
	@$(UV) --upgrade --extra dev --output-file requirements/dev.txt pyproject.toml requirements/build.in
	@$(UV) --upgrade --constraint requirements/dev.txt --output-file requirements/run.txt pyproject.toml requirements/build.in

clean:  ## remove what was made: .venv, out/ and caches
	rm -rf .venv out build dist .mypy_cache .ruff_cache .import_linter_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

run-ready:
	@sh tools/set_up run

dev-ready:
	@sh tools/set_up dev
