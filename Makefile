# Each target needs nothing before it but Python 3.11 or newer (with venv) and make.
PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/.installed

.PHONY: play run test check bench format words lock audit clean

play: $(INSTALLED)   ## the playground: a local Slack, a local AWS, and the real bot
	$(BIN)/toban play

run: $(INSTALLED)    ## the bot, against the workspace and accounts of your settings
	$(BIN)/toban run

test: $(INSTALLED)   ## every test
	$(BIN)/pytest $(ARGS)

check: $(INSTALLED)  ## style, types, and which folder may import which
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(INSTALLED)  ## figures beside a reference; ONLY=path for one area
	$(BIN)/python -m tests.bench $(if $(ONLY),--only $(ONLY))

format: $(INSTALLED)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

words: $(INSTALLED)  ## find every sentence, and name those without a translation
	$(BIN)/python -m bot.locale.extract

lock: $(INSTALLED)   ## resolve the dependencies anew
	$(BIN)/uv pip compile pyproject.toml --extra play --extra postgres --group dev --universal --upgrade \
	  --generate-hashes --no-header --no-emit-index-url --python-version 3.11 --quiet -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --extra postgres --group image --universal --constraint requirements.lock \
	  --generate-hashes --no-header --no-emit-index-url --python-version 3.11 --quiet -o requirements.image.lock

audit: $(INSTALLED)  ## look the pinned dependencies up among the known vulnerabilities
	$(BIN)/python -m tests.audit

$(INSTALLED): requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

clean:
	rm -rf .venv var
