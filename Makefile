# Two commands for a newcomer: `make demo` and `make test`. Everything else is listed by `make help`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help demo test test-spark lint format fuzz bench bench-start bench-size peers bench-spark bench-recall bench-accuracy bench-identity bench-texts bench-rules bench-lists bundled-list bench-vessels bench-formats clean

help: ## list the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "nkscreen needs Python 3.11 or later: make PYTHON=python3.12 ..."; exit 2; }
	$(PYTHON) -m venv $(VENV)

KERNEL := hatch_build.py $(wildcard src/nkscreen/matching/csrc/*.[ch])

$(VENV)/.installed: pyproject.toml $(KERNEL) | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml $(KERNEL) | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@ $(VENV)/.installed

$(VENV)/.installed-spark: $(VENV)/.installed-dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev,spark]' 'dask[dataframe]'
	@touch $@

demo: $(VENV)/.installed ## screen the example manifests and messages and open the way to out/report.html
	@mkdir -p out
	@$(BIN)/nkscreen screen fixtures/manifests fixtures/messages --out out/alerts.jsonl --csv out/alerts.csv --report out/report.html --quarantine out/quarantine.jsonl

test: $(VENV)/.installed-dev ## lint, type check and run the whole suite
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n 2 --cov --cov-report=term-missing:skip-covered

test-spark: $(VENV)/.installed-spark ## screening on Spark: local mode, a killed worker, a lost executor; and Dask's example; installs both (500 MB), needs Java 17
	$(BIN)/python -m pytest tests/screening/test_spark.py tests/screening/test_scale_page.py

lint: $(VENV)/.installed-dev ## ruff, mypy and import-linter alone
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.installed-dev ## format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

fuzz: $(VENV)/.installed-dev ## hostile input for the compiled kernel (AddressSanitizer and UBSan) and for every reader of files, over ten minutes
	$(BIN)/python scripts/fuzz_kernel.py
	$(BIN)/python scripts/fuzz_formats.py 600
	$(BIN)/python scripts/flood_formats.py

bench: $(VENV)/.installed-dev ## throughput, recall, memory and latency beside the peers, on ../shared/data; DATE=2026-11-27 writes RESULTS.md
	$(BIN)/python benchmarks/throughput/run.py --date "$(DATE)"

bench-size: $(VENV)/.installed-dev ## what a name costs by the length of the list, and docs/cost-by-list.svg; a million names take half an hour
	$(BIN)/python benchmarks/throughput/run.py --sizes $(or $(SIZES),30000 300000 1000000)

bench-spark: $(VENV)/.installed-spark ## the same rows by threads, by processes and by Spark local[2]; ROWS=1000000
	$(BIN)/python benchmarks/throughput/cluster.py $(ROWS)

peers: $(VENV)/.installed-dev ## install what make bench and bench-accuracy measure beside us; nomenklatura needs libicu-dev, pkg-config and g++
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev,peers]'

bench-start: $(VENV)/.installed-dev ## a fresh process until its first answer: time and memory
	$(BIN)/python benchmarks/throughput/start.py

bench-recall: $(VENV)/.installed-dev ## nothing that compares is lost: the index and the mask against exhaustive comparison, on ../shared/data
	$(BIN)/python benchmarks/throughput/recall.py

bench-accuracy: $(VENV)/.installed-dev ## name accuracy beside its peers, on ../shared/data; DATE=2026-11-21 writes RESULTS.md
	$(BIN)/python benchmarks/accuracy/run.py --date "$(DATE)"

bench-identity: $(VENV)/.installed-dev ## persons end to end against UN and OFAC: recall, false alerts, calibration
	$(BIN)/python benchmarks/accuracy/identity.py

bench-texts: $(VENV)/.installed-dev ## names inside running text: false alerts, recall and cost, on ../shared/data
	$(BIN)/python benchmarks/accuracy/texts.py

bench-rules: $(VENV)/.installed-dev ## thirty rules: closure and back-test beside hand-written Python and Google's CEL; then a diff of two versions
	$(BIN)/python benchmarks/rules/speed.py
	$(BIN)/python benchmarks/throughput/diff_rules.py

bench-lists: $(VENV)/.installed-dev ## lists read and made ready, a change rescreened, and a store under 100 kills and ten readers
	$(BIN)/python benchmarks/lists/load.py
	NKSCREEN_KILLS=100 NKSCREEN_READERS=10 $(BIN)/python -m pytest -q tests/watchlist/test_list_store.py -k "killed or readers"

bundled-list: $(VENV)/.installed ## build the bundled list anew from a store of lists: make bundled-list STORE=lists
	$(BIN)/python scripts/bundle_from_store.py $(STORE)

bench-vessels: $(VENV)/.installed-dev ## gaps, jumps and encounters: speed and memory, and the encounters of a real day to judge
	$(BIN)/python benchmarks/vessels/tracks.py

bench-formats: $(VENV)/.installed-dev ## EDIFACT, pacs.008, MT103 and CSV: speed and memory beside peers (pip install pyiso20022 xsdata for that one)
	$(BIN)/python benchmarks/formats/speed.py

clean: ## remove what the commands made
	rm -rf $(VENV) out dist build .pytest_cache .mypy_cache .ruff_cache .coverage .coverage.* .hypothesis
