# Clearwater RCM. On a fresh machine only make and python3 (3.11 or newer, with venv) are needed.
PYTHON ?= python3
BIN := .venv/bin
# What the checks may set up Django with: nothing is connected to and nothing is written to the data folder.
CHECK_ENV := SECRET_KEY=check DATA_DIR=.mypy_cache/data

.PHONY: run test check lock bench-edi bench-search bench-coding fuzz clean

run: ## start everything: http://127.0.0.1:8000
	@$(PYTHON) rcm/embedded/bootstrap.py run
	@exec $(BIN)/python -m rcm.embedded serve

test: ## the whole suite, on its own PostgreSQL and Valkey; PYTEST="-k ledger" narrows it
	@$(PYTHON) rcm/embedded/bootstrap.py dev
	@$(BIN)/python -m pytest -n 2 --dist loadfile $(PYTEST)

check: ## style, types, imports, migrations, templates
	@$(PYTHON) rcm/embedded/bootstrap.py dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(CHECK_ENV) $(BIN)/python -m mypy
	$(BIN)/lint-imports --no-logo
	$(CHECK_ENV) $(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python -m djlint --lint --quiet templates

lock: ## compile requirements/ again from pyproject.toml
	@$(PYTHON) rcm/embedded/bootstrap.py lock

bench-edi: ## the X12 codec's speed and memory beside other libraries; BENCH="--rounds 3" takes the best of three
	@$(PYTHON) rcm/embedded/bootstrap.py dev
	@$(BIN)/python -m bench.bench_edi $(BENCH)

bench-search: ## size, speed and quality of the code search; QUERIES=file.tsv measures lines "query<TAB>code"
	@$(PYTHON) rcm/embedded/bootstrap.py dev
	@$(BIN)/python -m bench.bench_search $(if $(QUERIES),--queries $(QUERIES)) $(BENCH)

bench-coding: ## suggested codes against coded notes (LEARN= EVAL= REFERENCE=) and the project's own cases; BENCH="--only cases"
	@$(PYTHON) rcm/embedded/bootstrap.py dev
	@OPENBLAS_NUM_THREADS=1 $(BIN)/python -m bench.bench_coding $(if $(LEARN),--learn $(LEARN)) $(if $(EVAL),--eval $(EVAL)) \
		$(if $(REFERENCE),--reference $(REFERENCE)) $(BENCH)

fuzz: ## mutated X12 through every reader, the validator and the rewriter; N=100000 SEED=1
	@$(PYTHON) rcm/embedded/bootstrap.py dev
	@$(BIN)/python -m tests.edi.fuzz --count $(or $(N),100000) --seed $(or $(SEED),1)

clean: ## everything but the data folder
	rm -rf .venv staticfiles .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -not -path './data/*' -prune -exec rm -rf {} +
