# Diwan: `make run` serves the archive, `make test` tests it; `make help` lists the rest. Needs Python 3.11 and make.

PYTHON ?= python3
PORT   ?= 8000
VENV   := .venv
BIN    := $(VENV)/bin
STATE  := $(or $(DIWAN_VAR),var)
MANAGE := $(BIN)/python manage.py
PO     := $(wildcard locale/*/LC_MESSAGES/django.po)
MO     := $(PO:.po=.mo)
CHECKERS := tests/browser/checkers
# What asks in SQL of its own, orders, counts, or writes beside others; `make long` runs all of tests/integration on
# every pair of a database and an engine (tests/pairs.py).
ON_POSTGRESQL := $(patsubst %,tests/integration/test_%.py,alerts authority_files batches bulk collections feeds \
  hostile_addresses merging meetings pages queues shelf splitting stories withdrawing work)

# A server on the loopback address speaks HTTP; everywhere else HTTPS is expected (config/settings.py).
export DIWAN_HTTPS ?= off
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: help run prepare secret test unit long reliability check ci bench soak day screenshots audit looks messages lock sbom \
  licences vulnerabilities debian checkers clean

help:  ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1	/p' Makefile | expand -t 14

run: prepare  ## set everything up and serve the archive on http://127.0.0.1:$(PORT)/
	@exec $(MANAGE) serve --bind 127.0.0.1:$(PORT)

prepare: $(VENV)/.installed  ## everything that `run` needs, without serving
	@$(MANAGE) prepare

secret: $(STATE)/secret_key

test: $(VENV)/.tested-with debian checkers $(MO)  ## run every test, those of ON_POSTGRESQL on both databases
	@CI=$(CI) $(BIN)/python -m pytest $(ARGS)
	@$(if $(ARGS),true,CI=$(CI) $(BIN)/python -m tests.postgresql $(ON_POSTGRESQL))

unit: $(VENV)/.tested-with  ## run the unit tests alone
	@$(BIN)/python -m pytest tests/unit $(ARGS)

long: $(VENV)/.tested-with  ## integration tests on every pair of a database and an engine; ask the oracles (tests/oracle) TIMES=20 times as many questions; a thousand kills; every call fails in turn; guards taken out; a soak; 2,000 questions of programs; harvest 50,000; every page before all judges in every state
	@$(BIN)/python -m tests.pairs tests/integration $(ARGS)
	@ORACLE_TIMES=$(or $(TIMES),20) $(BIN)/python -m pytest tests/oracle $(ARGS)
	@FAULT_ROUNDS=34 KILL_LOG=docs/intake_kills.jsonl $(BIN)/python -m pytest tests/faults \
	  -k test_r1_an_intake_is_killed_at_random_moments
	@rm -f docs/kills.jsonl docs/failing_calls.jsonl
	@KILLS=160 KILLS_LOG=docs/kills.jsonl $(BIN)/python -m pytest -n0 tests/faults/test_killed_within.py -k "not import"
	@EVERY_CALL=1 FAILING_LOG=docs/failing_calls.jsonl $(BIN)/python -m pytest -n0 tests/faults/test_every_call_fails.py
	@FAULT_ROUNDS=6 $(BIN)/python -m pytest tests/faults/test_web_worker_killed.py
	@FAULT_ROUNDS=50 $(BIN)/python -m pytest tests/faults/test_served_files.py -k r15
	@FAULT_ROUNDS=20 $(BIN)/python -m pytest -n0 tests/faults/test_database_locked.py -k nobody_hears
	@$(BIN)/python -m tests.faults.without_guards
	@$(BIN)/python -m tests.soak --minutes 10 --rate 50
	@$(BIN)/python -m pytest tests/cluster/three_nodes.py $(ARGS)
	@JUDGES=whole $(BIN)/python -m pytest tests/browser/judges_whole.py tests/browser/test_policy.py $(ARGS)
	@HARVEST_RECORDS=50000 $(BIN)/python -m pytest tests/integration/test_harvesting.py $(ARGS)
	@API_EXAMPLES=60 $(BIN)/python -m pytest tests/integration/test_api_description.py $(ARGS)

reliability: $(VENV)/.tested-with debian checkers $(MO)  ## run the tests of R1–R48 and G1–G4 and write the table of docs/reliability.md
	@$(BIN)/python -m tests.faults.reliability --all $(ARGS)

check: $(VENV)/.tested-with $(STATE)/secret_key  ## style, types, Django's checks, missing migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(MANAGE) check --fail-level WARNING
	DIWAN_HTTPS=on $(MANAGE) check --deploy --fail-level WARNING
	$(MANAGE) makemigrations --check --dry-run

ci: check test  ## what must pass before a change lands

bench: $(VENV)/.tested-with $(VENV)-bench/.installed $(MO)  ## measure; DATA="a.jsonl.xz b.jsonl.xz" takes real articles (benchmarks/README.md)
	@sh benchmarks/debian_packages.sh
	@$(BIN)/python -m benchmarks.analysis_speed $(if $(DATA),--data $(firstword $(DATA)))
	@$(BIN)/python -m benchmarks.dates_speed $(firstword $(DATA))
	@$(BIN)/python -m benchmarks.indexing_speed $(if $(DATA),$(dir $(firstword $(DATA))))
	@$(BIN)/python -m benchmarks.intake $(if $(DATA),--data $(DATA))
	@$(BIN)/python -m benchmarks $(DATA) $(ARGS)

soak: $(VENV)/.tested-with $(MO)  ## serve under load for MINUTES=10 at RATE=50 requests a second; judge errors, memory, descriptors
	@$(BIN)/python -m tests.soak $(if $(MINUTES),--minutes $(MINUTES)) $(if $(RATE),--rate $(RATE)) $(ARGS)

day: $(VENV)/.tested-with debian $(MO)  ## a curator's day in Chromium over real articles: DATA=folder, ARGS="--official NAME:LANGUAGE:ARTICLES …"
	@$(BIN)/python -m tests.browser.day --data $(DATA) $(ARGS)

screenshots: $(VENV)/.tested-with debian $(MO)  ## renew docs/screenshots/
	@$(BIN)/python -m tests.browser.screenshots docs/screenshots

audit: $(VENV)/.tested-with debian checkers $(MO)  ## Lighthouse's scores of the main pages, the median of five; DATA=file publishes reports first, ARGS="--device mobile"
	@$(BIN)/python -m tests.browser.audit $(if $(DATA),--data $(DATA)) $(ARGS)

looks: $(VENV)/.tested-with debian $(MO)  ## every page in every look on contact sheets in DIR=folder; ARGS="--of ADDRESS --width 360"
	@$(BIN)/python -m tests.browser.looks $(or $(DIR),$(STATE)/looks) $(ARGS)

messages:  ## renew the translation files after a change of words (needs gettext)
	$(MANAGE) makemessages --all --no-location --no-wrap --ignore '.venv*' --ignore 'var/*'

lock: | $(VENV)/bin/python  ## pin requirements*.in with hashes
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --custom-compile-command "make lock" requirements.in -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --custom-compile-command "make lock" requirements-dev.in -o requirements-dev.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --custom-compile-command "make lock" requirements-bench.in -o requirements-bench.txt

sbom: $(VENV)/.tested-with  ## write the bill of materials (CycloneDX) of what runs to $(STATE)/sbom.cdx.json
	@mkdir -p -m 700 $(STATE)
	@$(BIN)/cyclonedx-py requirements --output-reproducible --of JSON -o $(STATE)/sbom.cdx.json requirements.txt
	@echo "$(STATE)/sbom.cdx.json"

licences: $(VENV)/.installed  ## renew docs/licences.md from what is installed
	@$(BIN)/python -m tools.supply licences > docs/licences.fresh && mv docs/licences.fresh docs/licences.md

vulnerabilities: $(VENV)/.tested-with  ## ask for known weaknesses of what is pinned; "not run" where nobody can be asked
	@$(BIN)/python -m tools.supply vulnerabilities requirements.txt

clean:  ## remove what was built, but not $(STATE)/
	rm -rf $(VENV) $(VENV)-bench $(MO) $(CHECKERS)/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Diwan needs Python 3.11 or newer; name one with make PYTHON=…")'
	@echo "Making an environment for Python packages in $(VENV) …"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.txt | $(VENV)/bin/python
	@$(BIN)/python -m config.installing requirements.txt
	@touch $@

$(VENV)/.tested-with: requirements-dev.txt $(VENV)/.installed
	@$(BIN)/python -m config.installing requirements-dev.txt
	@touch $@

$(VENV)-bench/.installed: requirements-bench.txt
	@$(PYTHON) -m venv $(VENV)-bench
	@$(VENV)-bench/bin/python -m config.installing requirements-bench.txt
	@touch $@

$(STATE)/secret_key: | $(VENV)/.installed
	@$(BIN)/python -m config.secret_key $@

%.mo: %.po | $(VENV)/.installed
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

# Without npm or its registry the tests that need these are skipped, and say so.
checkers: debian  ## install axe-core, HTML_CodeSniffer, the Nu HTML checker and Lighthouse for the tests
	@$(MAKE) --silent $(CHECKERS)/node_modules/.installed || echo "The checkers of pages could not be installed."

$(CHECKERS)/node_modules/.installed: $(CHECKERS)/package-lock.json
	@echo "Installing the checkers of pages …"
	@[ -e $(CHECKERS)/node_modules ] || rm -f $(CHECKERS)/node_modules  # a link that leads nowhere
	@npm ci --prefix $(CHECKERS) --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

debian:  ## install the Debian packages that tests need, where that is possible
	@sh tests/debian_packages.sh
