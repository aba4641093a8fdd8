# Every target does its own set-up in .venv; what has not changed is not done again.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt

.PHONY: demo lab test check notebooks pictures bench records browser clean

demo: .venv/base            ## the main job on the sandbox: worksheet, report, notebooks in data/out/
	@$(BIN)/ipaas-discovery discover

lab: .venv/base             ## JupyterLab on the notebooks, the sandbox behind them
	@$(BIN)/ipaas-discovery lab

test: .venv/test browser    ## every test
	$(BIN)/python -m pytest

check: .venv/test           ## lint, format and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

notebooks: .venv/test       ## execute the committed notebooks in place
	$(BIN)/python -m ipaas_discovery.notebooks notebooks

pictures: .venv/test browser    ## the README's two pictures, of a fresh demo
	$(BIN)/ipaas-discovery discover >/dev/null
	PYTHONPATH=tests $(BIN)/python tests/pictures.py

bench: .venv/test .venv-ydata/ready    ## speed beside peers, as ratios in one run, written to tests/benchmarks/results/
	$(PIP) --editable '.[bench]'
	$(BIN)/python tests/benchmarks/bench.py

records: .venv/test         ## the sandbox's synthetic records, byte for byte
	$(BIN)/python -m tools.sandbox

browser:                    ## Chromium, which some tests look through
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null \
		|| .ci/install-chromium

.venv/base: pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(PIP) --editable .
	@touch $@

.venv/test: pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(PIP) --editable '.[test]'
	@touch $@ .venv/base

.venv-ydata/ready:          # a peer that wants an older pandas
	@test -x .venv-ydata/bin/python || $(PYTHON) -m venv .venv-ydata
	.venv-ydata/bin/python -m pip --disable-pip-version-check install --quiet ydata-profiling==4.18.4 setuptools
	@touch $@

clean:                      ## what was made, but not the worksheet
	rm -rf .venv .venv-ydata data/out build dist tests/output .mypy_cache .ruff_cache .pytest_cache .hypothesis
