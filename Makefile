# `make run` and `make test` do all the set-up themselves. All local state is under .local/.
PYTHON ?= python3
PORT ?= 8000
VENV := .local/venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: run test lint format lock clean
.DELETE_ON_ERROR:

run: $(STAMP) .env
	@$(BIN)/python -c 'import socket; socket.create_server(("127.0.0.1", $(PORT))).close()' 2>/dev/null \
	  || { echo "Port $(PORT) is in use; try PORT=8123 make run"; exit 1; }
	$(BIN)/python manage.py migrate --verbosity 0
	$(BIN)/python manage.py demo --if-empty
	@echo "RushCMS is at http://127.0.0.1:$(PORT)/ and its desk at http://127.0.0.1:$(PORT)/admin/"
	@echo "The editor's password was printed at the first start; $(BIN)/python manage.py changepassword editor gives a new one."
	$(BIN)/granian --interface wsgi --host 127.0.0.1 --port $(PORT) --blocking-threads 4 rushcms.wsgi:application

test: $(STAMP)
	$(BIN)/pytest $(ARGS)

lint: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/djade --check --target-version 6.1 $$(git ls-files --cached --others --exclude-standard 'templates/*.html')
	$(BIN)/mypy

format: $(STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/djade --target-version 6.1 $$(git ls-files --cached --others --exclude-standard 'templates/*.html')

# Locks carry hashes and no registry address; needs uv.
LOCK = uv pip compile pyproject.toml --all-extras --python-version 3.13 --universal --generate-hashes --no-emit-index-url --no-header --quiet
lock:
	$(LOCK) --output-file requirements/production.txt
	$(LOCK) --group dev --output-file requirements/dev.txt

$(STAMP): requirements/dev.txt .python-version
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 13) and "RushCMS needs Python 3.13 or newer; this is " + sys.version)'
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements/dev.txt
	touch $@

# Written once: a random key and local mode, so that every command works with nothing to export; and no second
# pair of eyes is asked for, since the sample site has one editor.
.env:
	@umask 077; $(PYTHON) -c 'import secrets; print("RUSHCMS_MODE=local"); print("SECRET_KEY=" + secrets.token_urlsafe(50)); print("PUBLISHING_NEEDS_APPROVAL=false")' > $@

clean:
	rm -rf .local .env
