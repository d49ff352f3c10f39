# E-loket. `make` lists what there is; docs/operations.md tells more.

PORT ?= 8000
DATA_DIR ?= data

# The first Python that is new enough; when there is none, scripts/setup.py says so in plain words.
ifndef PYTHON
PYTHON := $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && exit; done; echo python3)
endif

BIN := .venv/bin
COMPILE = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)

# Checks and tests run with the test settings; the database is the one that each of them makes itself.
TEST_ENV = env -u DATABASE_URL -u ELOKET_DATABASE_URL ELOKET_OMGEVING=test
PYTEST_WORKERS ?= auto
export PYTEST_WORKERS

.DEFAULT_GOAL := help
.PHONY: help run setup setup-dev check static test bench css audit sbom lock clean

help: ## Toon deze lijst
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-8s %s\n", $$1, $$2 }'

run: setup ## Start E-loket (PORT=8000, DATA_DIR=data); stoppen met Ctrl-C
	@ELOKET_OMGEVING=$${ELOKET_OMGEVING:-demo} exec $(BIN)/eloket start --port "$(PORT)" --data-dir "$(DATA_DIR)"

setup: ## Zet klaar wat E-loket nodig heeft: Python-pakketten, stijlblad, letter en pictogrammen
	@$(PYTHON) scripts/setup.py

setup-dev:
	@$(PYTHON) scripts/setup.py --dev

static: setup-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(TEST_ENV) $(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(TEST_ENV) ELOKET_DATABASE_URL=sqlite://:memory: $(BIN)/eloket makemigrations --check --dry-run

check: static ## Controleer opmaak, stijl, typen, verdiepingen en migraties, en draai de snelle tests
	$(TEST_ENV) $(BIN)/pytest -n $(PYTEST_WORKERS) -m "not slow and not postgres and not e2e" \
		tests/architecture tests/unit tests/contract

test: static ## Alles: de controles, en alle tests op SQLite, op PostgreSQL en in een browser
	$(TEST_ENV) scripts/test-all

bench: setup-dev ## Meet snelheid en schaal, als verhoudingen
	$(BIN)/python -m bench

css: ## Bouw het stijlblad, de letter, de pictogrammen en de scripts opnieuw
	@$(PYTHON) scripts/setup.py
	@$(BIN)/python -m eloket.design_system.build

audit: setup-dev ## Is er een lek bekend in een pakket dat wij gebruiken? (3: een dienst antwoordt niet)
	@$(BIN)/python scripts/audit.py

sbom: setup-dev ## Schrijf sbom.cdx.json: wat wij meeleveren, met licenties (CycloneDX)
	@$(BIN)/python scripts/sbom.py

lock: ## Zet de versies van alle pakketten vast, met hashes (UPGRADE=1: neem de nieuwste)
	@command -v uv >/dev/null || { echo "Hiervoor is uv nodig: pip install uv, buiten dit project" >&2; exit 1; }
	cd requirements && for list in base saml dev node; do $(COMPILE) $$list.in -o $$list.txt || exit 1; done
	npm $(if $(UPGRADE),update,install) --package-lock-only --ignore-scripts
	@echo "Draai hierna: make sbom audit"

clean: ## Verwijder wat gemaakt is; uw gegevens in data/ blijven staan
	rm -rf .venv node_modules src/eloket/design_system/static staticfiles
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src tests scripts bench -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
