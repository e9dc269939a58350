# Two commands do everything: `make run` serves a newsroom, `make test` tests it. Both set up what they need.

VENV = .venv
PYTHON = $(VENV)/bin/python
PYTEST = $(PYTHON) -m pytest
# Two processes take neighbouring tests, so that what a module makes is made once; who is done first helps the other.
TWO = -n 2 --dist worksteal

.PHONY: setup run test soak check bench lock
.DEFAULT_GOAL := run

setup:
	@requirements/setup.sh

# PORT=8001 listens elsewhere; DEMO=0 fills no demo newsroom (one that is there already stays, and is named).
run: setup
	@exec $(PYTHON) manage.py serve --set-up $(if $(filter 0 no No NO false False FALSE off Off OFF,$(DEMO)),--no-demo)

# First what needs PostgreSQL (and what is marked to run there as well), on a throw-away server; then everything on SQLite.
test: setup
	@$(PYTHON) -m tests.servers --only-postgres $(PYTEST) -q $(TWO) -m "(postgres or engines) and not soak" \
		$$(grep -rlE --include='*.py' 'mark\.(postgres|engines)' tests)
	@$(PYTEST) $(TWO) -m "not soak and not postgres"

# Kills, load, full disks, 100,000 rows; then the whole suite on PostgreSQL, with many examples of every property.
soak: setup
	@$(PYTEST) -m soak || [ $$? = 5 ]
	@FUZZ_ROUNDS=12 $(PYTHON) -m tests.servers $(PYTEST) $(TWO) --hypothesis-profile=soak -m "not soak"

check: setup
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@find templates -path templates/site -prune -o -name '*.html' -exec $(VENV)/bin/djade --target-version 6.1 --check {} +
	@$(VENV)/bin/djlint templates/admin templates/registration --profile=django --lint --quiet
	@$(VENV)/bin/djlint templates/site --profile=jinja --lint --quiet
	@if [ -x $(VENV)/bin/biome ]; then $(VENV)/bin/biome check --error-on-warnings; else \
		echo "CSS and scripts are left to CI: biome's package has no program for this machine." >&2; fi
	@SITE_URL=https://localhost $(PYTHON) manage.py check --deploy --fail-level WARNING
	@$(PYTHON) manage.py makemigrations --check --dry-run
	@$(MAKE) --no-print-directory test

bench: setup
	@$(PYTHON) -m benchmarks

# After a change of dependencies in pyproject.toml.
LOCKING = uv pip compile -q --universal --generate-hashes --python-version 3.12 --no-header --no-emit-index-url --extra postgres --extra redis
lock:
	$(LOCKING) pyproject.toml -o requirements/production.txt
	$(LOCKING) --group dev pyproject.toml -o requirements/development.txt
