# Everything a newcomer needs: `make run` and `make test`. `make help` lists the rest.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
SOURCES ?=
export N PARTS MILLION

.PHONY: help run test test-sqlite test-postgres lint format check fixtures pictures messages lock bench lighthouse relevance judge clean

help:  ## list these targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/'

$(VENV)/run.stamp: requirements/run.txt
	@echo "Setting up the Python environment in $(VENV) ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name it with PYTHON=python3.12" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/run.txt
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/run.stamp
	@echo "Installing what the tests need ..."
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

run: $(VENV)/run.stamp  ## serve the catalogue with its data on http://127.0.0.1:8000 (PORT=, TEXTS=DIR)
	@TEXTS="$(TEXTS)" PORT="$(PORT)" $(BIN)/python serve.py

test: test-sqlite test-postgres  ## every test, on SQLite and on a real PostgreSQL (SOURCES=DIR for the texts)

test-sqlite: $(VENV)/dev.stamp
	@echo "== Tests on SQLite"
	@SOURCES="$(SOURCES)" DATABASE_URL= $(BIN)/python -m pytest -n auto --dist loadgroup $(ARGS)

test-postgres: $(VENV)/dev.stamp
	@echo "== Tests on PostgreSQL (but for those of the public pages in a browser, which have a server of their own)"
	@SOURCES="$(SOURCES)" $(BIN)/python tests/with_postgres.py $(BIN)/python -m pytest -n auto --dist loadgroup --ignore=tests/browsing $(ARGS)

lint: $(VENV)/dev.stamp  ## style and format, without changing anything
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

format: $(VENV)/dev.stamp  ## put style and format right
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

check: $(VENV)/dev.stamp  ## migrations complete, settings fit for deployment, fixtures as the sources give them
	@$(BIN)/python manage.py makemigrations --check --dry-run
	@HTTPS=1 ALLOWED_HOSTS=example.org $(BIN)/python manage.py check --deploy --fail-level WARNING
	@if command -v xgettext >/dev/null; then $(BIN)/python locale/check.py; \
	else echo "Left out for want of gettext: whether every message of the pages is translated"; fi
	@if [ -n "$(SOURCES)" ]; then $(BIN)/python manage.py build_fixtures "$(SOURCES)" --check; \
	else echo "Left out for want of the source texts (SOURCES=DIR): rebuilding the fixtures from them"; fi

fixtures: $(VENV)/dev.stamp  ## write fixtures/*.json from the source texts (SOURCES=DIR)
	@$(BIN)/python manage.py build_fixtures "$(SOURCES)"

pictures: $(VENV)/dev.stamp  ## pictures of the running pages (needs Chromium)
	@$(BIN)/python docs/pictures.py

messages: $(VENV)/dev.stamp  ## compile the translations
	@$(BIN)/python locale/compile.py

lock: $(VENV)/dev.stamp  ## write the pinned requirements anew from pyproject.toml
	@$(BIN)/pip-compile --quiet --upgrade --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --strip-extras --no-header -o requirements/run.txt pyproject.toml
	@$(BIN)/pip-compile --quiet --upgrade --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --strip-extras --allow-unsafe --no-header --extra dev -o requirements/dev.txt pyproject.toml

bench: $(VENV)/dev.stamp  ## measure speed and sizes (N=100000; PARTS=, POSTGRES=1; see bench/README.md)
	@$(if $(POSTGRES),POSTGRES=1 $(BIN)/python tests/with_postgres.py) $(BIN)/python -m bench

lighthouse: $(VENV)/dev.stamp  ## Lighthouse, mobile, on the pages of readers (needs Node and Chromium; ROUNDS=3)
	@$(BIN)/python -m bench.lighthouse

relevance: $(VENV)/dev.stamp  ## write a run file of a judged collection (COLLECTION=DIR RUN=FILE)
	@$(BIN)/python -m bench.relevance "$(COLLECTION)" "$(RUN)"

judge: $(VENV)/dev.stamp  ## nDCG@10 of a run file and of plain BM25 (COLLECTION=DIR RUN=FILE)
	@$(BIN)/python -m bench.judge "$(COLLECTION)" "$(RUN)"

clean:  ## remove the environment and everything the running catalogue wrote, the database included
	rm -rf $(VENV) var
