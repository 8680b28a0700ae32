# The only list of commands. Needs Python 3.11 or newer, pip and make, nothing else.
PYTHON ?= python3
PORT ?= 8000
# A folder of packages made by `make wheels`, where there is no network: make setup WHEELS=wheels
WHEELS ?=
ifneq ($(WHEELS),)
export PIP_NO_INDEX := 1
export PIP_FIND_LINKS := $(WHEELS)
endif
VENV := .venv
BIN := $(VENV)/bin
export TINHGON_DATA ?= var

.PHONY: help setup s3 wheels dev run test test-pg check fix lock demo guide bench bench-read bench-catalogue bench-plan bench-likeness bench-intake bench-registry bench-search bench-planner bench-indicators bench-reporting clean

help: ## list the commands
	@grep -E '^[a-z0-9-]+:.*##' Makefile | sed 's/:.*## /\t/' | expand -t 14

$(VENV)/.base: requirements/base.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Cần Python 3.11 trở lên (đang có: $$($(PYTHON) --version 2>&1 || echo 'chưa cài')). Cài Python mới rồi chạy lại, hoặc: make PYTHON=python3.12 run"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "Python này thiếu phần venv/pip. Trên Debian, Ubuntu: apt install python3-venv python3-pip"; exit 1; }
	@echo "Đang chuẩn bị môi trường trong $(VENV) (lần đầu mất vài phút)…"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install -qq --disable-pip-version-check --require-hashes -r requirements/base.txt || { \
	  echo "Không cài được các gói. Kiểm tra kết nối tới kho gói Python (pip) rồi chạy lại."; exit 1; }
	@$(BIN)/pip install -qq --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.base
	@$(BIN)/pip install -qq --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

setup: $(VENV)/.base ## prepare the environment in .venv
	@$(BIN)/python -m compileall -q src  # a service may not write here, and would compile at each start
s3: setup ## add the packages for S3-compatible storage of files
	@$(BIN)/pip install -qq --disable-pip-version-check --require-hashes -r requirements/s3.txt

wheels: setup ## put all packages into the folder wheels, for a server without internet
	@$(BIN)/pip download -q --disable-pip-version-check --require-hashes --only-binary :all: -r requirements/base.txt -r requirements/s3.txt -d wheels
	@echo "Đã đủ gói trong wheels/: chép cùng mã nguồn sang máy chủ rồi chạy: make setup WHEELS=wheels"

dev: $(VENV)/.dev ## prepare the environment with the tools for development

run: setup ## start with the demo province on 127.0.0.1:8000
	@$(BIN)/tinhgon serve --demo --port $(PORT)

test: dev ## run the whole suite
	$(BIN)/pytest -q -n auto --dist loadfile --no-loadscope-reorder

# tests/domain and tests/ui touch no database: once is enough
test-pg: dev ## run the suite on PostgreSQL (TINHGON_DATABASE_URL)
	@test -n "$$TINHGON_DATABASE_URL" || { echo "Đặt TINHGON_DATABASE_URL=postgresql://…"; exit 1; }
	$(BIN)/pytest -q -n auto --dist loadfile --no-loadscope-reorder -m "not e2e" tests/apps tests/test_*.py

check: dev ## lint, types, layers, templates, migrations, diagrams
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	git ls-files -z 'src/**/*.html' | xargs -0 $(BIN)/djade --check --target-version 5.2
	git ls-files -z 'src/**/*.html' | xargs -0 $(BIN)/djhtml --check --tabwidth 2
	$(BIN)/djlint --lint --quiet src
	TINHGON_DEBUG=1 $(BIN)/python manage.py makemigrations --check --dry-run
	TINHGON_DEBUG=1 $(BIN)/python manage.py workflows --check
	TINHGON_DEBUG=1 $(BIN)/python manage.py permissions --check

fix: dev ## put format, simple lint and generated pages in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	git ls-files -z 'src/**/*.html' | xargs -0 $(BIN)/djade --target-version 5.2 || true
	git ls-files -z 'src/**/*.html' | xargs -0 $(BIN)/djhtml --tabwidth 2
	TINHGON_DEBUG=1 $(BIN)/python manage.py workflows
	TINHGON_DEBUG=1 $(BIN)/python manage.py permissions

lock: dev ## compile the lock files anew
	CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-strip-extras --allow-unsafe --extra build -o requirements/base.txt pyproject.toml
	CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-strip-extras --allow-unsafe -c requirements/base.txt -o requirements/s3.txt requirements/s3.in
	CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-strip-extras --allow-unsafe --extra build --extra dev -c requirements/base.txt -o requirements/dev.txt pyproject.toml

guide: dev ## take the pictures of the user guide anew
	TINHGON_WRITE_SCREENSHOTS=1 $(BIN)/pytest -q tests/e2e/test_guide.py

bench: dev ## page times and queries at 300 agencies × 200 duties (BENCH='--only "my work"')
	$(BIN)/python -m bench.pages $(BENCH)

bench-search: dev ## search times at 20,000 and 300,000 entries
	$(BIN)/python -m bench.search

bench-read: dev ## measure the reader of letters on the labelled corpus
	$(BIN)/python bench/bench_read.py

bench-catalogue: dev ## measure the reader of lists of procedures on the labelled corpus
	$(BIN)/python bench/bench_catalogue.py

bench-plan: dev ## measure the reader of simplification plans on the labelled corpus
	$(BIN)/python bench/bench_plan.py

bench-registry: dev ## lists of procedures at the size of a province and of the nation
	$(BIN)/python -m bench.registry $(BENCH)

bench-intake: dev ## 1,000 and 20,000 rows of a sheet into the registry of a province
	$(BIN)/python -m bench.intake $(BENCH)

bench-planner: dev ## the least set of measures among 500 and 5,000, with proof
	$(BIN)/python bench/bench_planner.py

bench-indicators: dev ## K1, K2, C, C′ of a province and of the nation in two review rounds
	$(BIN)/python -m bench.indicators $(BENCH)

bench-reporting: dev ## a report, the whole province, and the papers of 300 agencies
	$(BIN)/python -m bench.reporting $(BENCH)

bench-likeness: dev ## measure the likeness of procedures on labelled pairs
	$(BIN)/python bench/bench_likeness.py

clean: ## remove the environment (the data stays)
	rm -rf $(VENV)
