# The four front doors: run, test, check, bench. They need Python 3.11+, Node 20+ and make.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
UV_VERSION := 0.13.9
VENV := .venv
UV := $(VENV)/bin/uv
DATA ?=
LIGHTHOUSE := web/tools/lighthouse/node_modules/.package-lock.json
PAGE := src/miaohui/adapters/reports/html/report.min.js
CHAT := src/miaohui/api/built/webchat/widget.js.br
CHAT_SOURCES := $(wildcard web/src/webchat/* web/src/webchat/view/* web/src/widget/* web/tools/*.* web/*.js web/*.json)
DESK := src/miaohui/api/built/desk/index.html
DESK_SOURCES := $(shell find web/src web/public -type f -not -path 'web/src/webchat/*') $(wildcard web/tools/*.js web/*.js web/*.json)
WEB := $(wildcard web/src/*.ts web/src/**/*.ts web/*.ts web/*.json)

help: ## what there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Miaohui needs Python 3.11 or newer; this is $$($(PYTHON) --version)."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

$(VENV)/.run: pyproject.toml uv.lock $(UV)
	$(UV) sync --quiet --locked --compile-bytecode --no-dev --inexact
	@touch $@

$(VENV)/.dev: pyproject.toml uv.lock $(UV)
	$(UV) sync --quiet --locked --compile-bytecode --all-groups
	@touch $(VENV)/.run $@

web/node_modules/.package-lock.json: web/package.json web/package-lock.json
	@command -v npm >/dev/null || { echo "Miaohui needs Node 20 or newer with npm (on Debian: apt-get install nodejs npm)."; exit 1; }
	cd web && npm ci --silent --no-audit --no-fund
	@touch $@

$(PAGE): web/node_modules/.package-lock.json $(WEB)
	cd web && npm run --silent build:report
	@touch $@

$(CHAT): web/node_modules/.package-lock.json $(CHAT_SOURCES)
	cd web && npm run --silent build:webchat
	@touch $@

$(DESK): web/node_modules/.package-lock.json $(DESK_SOURCES)
	cd web && npm run --silent build:desk
	@touch $@

generated: $(VENV)/.dev web/node_modules/.package-lock.json ## what the browser knows of the house, told anew
	$(VENV)/bin/python web/tools/wire.py web/build
	cd web && node tools/types.js build

setup: $(VENV)/.run $(PAGE) $(CHAT) $(DESK) ## everything a merchant needs, in .venv

system: ## what the tests need of the system: Chromium, Chinese fonts, PostgreSQL
	@tools/system-packages

run: ## set everything up, two things at a time, and open a demo: played buyers, played agents
	@$(MAKE) --no-print-directory -j2 setup
	@$(VENV)/bin/miaohui demo

report: setup ## set everything up, make a demo log and report on it
	@tools/first-report

test: $(VENV)/.dev $(PAGE) $(CHAT) $(DESK) system ## every test
	$(VENV)/bin/python -m pytest -n auto --dist worksteal
	cd web && npm run --silent check && npm run --silent test

check: $(VENV)/.dev web/node_modules/.package-lock.json ## format, lint, types, arrows
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/pyrefly check --output-format min-text
	$(VENV)/bin/lint-imports
	cd web && npm run --silent check
	$(VENV)/bin/python web/tools/wire.py web/build && cd web && node tools/types.js build --check

pictures: $(VENV)/.dev $(CHAT) $(DESK) system ## every screen of a demo as pictures, into pictures/
	$(VENV)/bin/python tools/pictures.py

$(LIGHTHOUSE): web/tools/lighthouse/package.json web/tools/lighthouse/package-lock.json
	cd web/tools/lighthouse && npm ci --silent --ignore-scripts --no-audit --no-fund
	@touch $@

snapshots: $(VENV)/.dev $(CHAT) $(DESK) system ## the kept pictures of the main screens, taken anew
	$(VENV)/bin/python -m pytest tests/journeys/test_screens_snapshots.py --take-snapshots

bench: $(VENV)/.dev $(CHAT) $(DESK) $(LIGHTHOUSE) system ## benchmarks, one line a figure; DATA=folder adds real data
	$(VENV)/bin/python -m benchmarks $(if $(DATA),--data $(DATA))

clean: ## forget what was built
	rm -rf $(VENV) web/node_modules web/tools/lighthouse/node_modules demo demo-report benchmarks/data benchmarks/results web/build $(PAGE) src/miaohui/api/built

.PHONY: help generated setup system run report test check pictures snapshots bench clean
