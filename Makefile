# Needs git, make and Python 3.11 or later with venv. Everything else goes into .venv, pinned.
PYTHON ?= python3
PORT ?= 8501

VENV := .venv
PY := $(VENV)/bin/python
INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check

# A stamp is named by the content it was made from: when nothing changed, nothing is done.
app_sum := $(shell cat pyproject.toml requirements/app.txt | cksum | tr ' ' -)
dev_sum := $(shell cat pyproject.toml requirements/dev.txt | cksum | tr ' ' -)
APP := $(VENV)/.app-$(app_sum)
DEV := $(VENV)/.dev-$(dev_sum)
bench_sum := $(shell cat requirements/bench.txt | cksum | tr ' ' -)
BENCH := .venv-bench/.bench-$(bench_sum)

PACKS := $(notdir $(wildcard frameworks/*))

.PHONY: app test lint format bench mutants pins wheel pictures encoding clean

app: $(APP) ## serve the web app on http://localhost:8501 (PORT=)
	@$(VENV)/bin/risk-kit serve --port $(PORT)

test: $(DEV) ## run all tests, on two cores
	@$(PY) -m pytest --numprocesses 2 --dist loadfile $(ARGS)

lint: $(DEV) ## style, types, layers, terms, hygiene, packs
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .
	@$(PY) -m mypy --strict
	@$(VENV)/bin/lint-imports
	@$(PY) tools/terms.py
	@$(PY) tools/hygiene.py
	@$(VENV)/bin/risk-kit check frameworks questionnaires vocabularies mappings
	@for pack in $(PACKS); do \
	  $(VENV)/bin/risk-kit test $$pack && $(VENV)/bin/risk-kit prove $$pack || exit 1; done
	@$(VENV)/bin/risk-kit prove tw-ai-risk --overlay finance --overlay medical --overlay public-sector --overlay agent

format: $(DEV) ## mend what can be mended
	@$(PY) -m ruff check --fix --quiet . || true
	@$(PY) -m ruff format .

pins: $(DEV) ## make requirements/*.txt again (ARGS=--upgrade for newer versions)
	@PYTHON=$(PY) tools/pins $(ARGS)

bench: $(BENCH) ## measure against other rule engines (benchmarks/README.md); takes minutes
	@PYTHONPATH=src .venv-bench/bin/python benchmarks/run.py $(ARGS)

wheel: $(DEV) ## build dist/*.whl and dist/*.tar.gz
	@$(PY) -m build --no-isolation --outdir dist .

pictures: $(DEV) ## take the screenshots in docs/pictures again
	@$(PY) tools/pictures.py

encoding: $(DEV) ## write the generated pages of docs/encoding again
	@$(PY) tools/encoding.py

mutants: $(DEV) ## change the core in a thousand ways and see which changes no test notices
	@$(VENV)/bin/mutmut run

clean: ## remove caches and what was built (.venv stays: remove it by hand to start over)
	rm -rf build dist mutants htmlcov .coverage .pytest_cache .mypy_cache .ruff_cache \
	  .hypothesis .import_linter_cache
	find src tests tools -name __pycache__ -type d -prune -exec rm -rf {} +

$(APP):
	@PYTHON="$(PYTHON)" tools/venv $(VENV)
	@echo '安裝中（第一次需要幾分鐘）… / installing (the first time takes minutes) …'
	@$(INSTALL) --require-hashes -r requirements/app.txt
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@rm -f $(VENV)/.app-* && touch $@

# dev.txt holds all of app.txt at the same versions, so that both stamps may stand.
$(DEV):
	@PYTHON="$(PYTHON)" tools/venv $(VENV)
	@echo '安裝中（第一次需要幾分鐘）… / installing (the first time takes minutes) …'
	@$(INSTALL) --require-hashes -r requirements/dev.txt
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@rm -f $(VENV)/.dev-* $(VENV)/.app-* && touch $@ $(APP)

# Peers of the benchmark never come near the product's environment.
$(BENCH):
	@PYTHON="$(PYTHON)" tools/venv .venv-bench
	@.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	@rm -f .venv-bench/.bench-* && touch $@
