# `make demo` shows what the program does, `make test` checks it. Both need only Python 3.11 or
# newer and make; everything is installed into .venv here, nothing outside this folder is touched.

# Another interpreter: make demo PYTHON=python3.12. Further arguments of pip: make demo PIP_ARGS=…
PYTHON ?= python3
PIP_ARGS ?=
VENV := .venv
BIN := $(VENV)/bin
PINS := .ci/constraints.txt
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --progress-bar off \
	--constraint $(PINS) $(PIP_ARGS)
DATABASE := claims.db
CSV := claims.csv
PAGE := claims.html
SAMPLES := seeds/articles

.PHONY: help demo test clean
.DELETE_ON_ERROR:

help:
	@echo "make demo    set up .venv, read the sample articles, show who asserts what"
	@echo "make test    set up .venv with the test tools; ruff, mypy, all tests"
	@echo "make clean   remove .venv and caches; databases and CSV files stay"
	@echo ""
	@echo "PYTHON=python3.12 takes another interpreter, PIP_ARGS=... goes to pip install."

demo: $(VENV)/installed
	@echo ""
	@echo "Reading constructed sample articles ($(SAMPLES))"
	@$(BIN)/claims ingest --db $(DATABASE) $(SAMPLES)
	@echo ""
	@$(BIN)/claims report --db $(DATABASE) --top 12
	@echo ""
	@$(BIN)/claims report conflicts --db $(DATABASE) --top 3
	@echo ""
	@$(BIN)/claims findings --db $(DATABASE)
	@echo ""
	@$(BIN)/claims export --db $(DATABASE) $(CSV)
	@$(BIN)/claims report claims --db $(DATABASE) --html $(PAGE)
	@echo ""
	@echo "database  $(CURDIR)/$(DATABASE)"
	@echo "CSV       $(CURDIR)/$(CSV)"
	@echo "page      $(CURDIR)/$(PAGE)"
	@echo ""
	@echo "Next:"
	@echo "  $(BIN)/claims report                     who asserts what, all of it"
	@echo "  $(BIN)/claims report articles            what each article says, nested"
	@echo "  $(BIN)/claims report --stance denies     who denies what"
	@echo "  $(BIN)/claims report claims              what is claimed, by whom, on how many origins"
	@echo "  $(BIN)/claims show 1                     an article with its attributions marked"
	@echo "  $(BIN)/claims review                     the desk: confirm, correct, reject, add"
	@echo "  $(BIN)/claims ingest YOUR-ARTICLES/      your own .txt, .html, .pdf, .jsonl"
	@echo "  $(BIN)/claims --help                     all commands"

test: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist
	find claims tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/installed: pyproject.toml $(PINS) | $(VENV)/made
	@echo "Installing into $(VENV), at the versions of $(PINS): PyTorch, Transformers, trafilatura,"
	@echo "SQLModel, Textual and what they need. About 0.3 GB to download, 1.3 GB on disk with PyTorch's"
	@echo "build for the CPU. Where pip's index has only the build for graphics cards (PyPI on"
	@echo "Linux), about 3 GB and 7 GB; the small one comes with"
	@echo "  make demo PIP_ARGS='--extra-index-url https://download.pytorch.org/whl/cpu'"
	@echo "This takes some minutes, once."
	@$(PIP) --editable .
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed
	@echo "Installing the test tools into $(VENV): pytest, hypothesis, mypy, ruff and an embedded"
	@echo "PostgreSQL for the store's tests (about 0.1 GB)."
	@$(PIP) --editable '.[dev]'
	@touch $@

$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "$(PYTHON) is missing or older than 3.11."; \
		echo "  repair: install Python 3.11 or newer, or name one: make demo PYTHON=python3.12"; \
		exit 1; }
	@$(PYTHON) -m venv $(VENV) || { \
		echo "  repair: install venv for $(PYTHON) (Debian, Ubuntu: apt install python3-venv)"; \
		rm -rf $(VENV); exit 1; }
	@touch $@
