# Every target does its own set-up in .venv; what has not changed is not done again.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt

# What other versions of Python and of libraries cannot change: pictures, and the outputs that notebooks hold.
WITHOUT_SCREEN := -q -m "not (browser or oscar or live or heavy)" --ignore=notebooks

# Servers that nobody here wrote are installed under .live/; where an index cannot be reached, soon given up.
LIVE_PIP := bin/python -m pip --disable-pip-version-check install --quiet --retries 1 --timeout 20
LIVE_NPM := npm install --silent --no-audit --no-fund --fetch-retries=1 --fetch-timeout=20000

# Which hundred lines `make mutants` changes; another number, another hundred.
SEED ?= 1

# Seconds for which `make soak` fuzzes each reader.
SECONDS ?= 60

# Percent of the package's lines and branches that the tests run, rounded down.
COVERED := 98

.PHONY: demo lab shell test live servers check notebooks pictures bench records mutants soak wheels floors pythons browser clean

demo: .venv/base            ## the main job on the sandbox: worksheet, report, notebooks in data/out/
	@$(BIN)/ipaas-discovery discover

lab: .venv/base             ## JupyterLab on the notebooks, the sandbox behind them
	@$(BIN)/ipaas-discovery lab

shell: .venv/base           ## a shell in which `ipaas-discovery` is on the PATH, until `exit`
	@echo "ipaas-discovery is on the PATH here; \`exit\` leaves"; PATH="$(CURDIR)/$(BIN):$$PATH" $${SHELL:-sh}

test: .venv/test browser servers .live/javascript/ready    ## every test, and how much of the package they run
	$(BIN)/python -m tools.coverage $(COVERED)

live: .venv/test servers .live/datasette/ready .live/odata/ready    ## connect Kinto, json-server, Datasette, OData, Medusa
	$(BIN)/python -m pytest -q -m "live or heavy" tests/live

servers: .live/kinto/ready .live/json-server/ready    ## the light servers that tests connect; those that cannot be had are skipped

.live/kinto/ready:
	-@$(PYTHON) -m venv .live/kinto && cd .live/kinto && $(LIVE_PIP) kinto==26.5.0 && touch ready

# What checks the boards' scripts: their types, lint, and the rules of accessibility that tests ask in a browser.
.live/javascript/ready: tools/javascript/package.json
	-@mkdir -p .live/javascript && cp $< .live/javascript && cd .live/javascript && $(LIVE_NPM) && touch ready

.live/datasette/ready:
	-@$(PYTHON) -m venv .live/datasette && cd .live/datasette && $(LIVE_PIP) datasette==0.65.5 datasette-graphql==2.2 && touch ready

.live/json-server/ready:
	-@mkdir -p .live/json-server && cd .live/json-server && echo '{}' > package.json && $(LIVE_NPM) json-server@0.17.4 && touch ready

.live/odata/ready:
	-@mkdir -p .live/odata && cd .live/odata && echo '{}' > package.json && \
		$(LIVE_NPM) simple-odata-server@1.2.2 simple-odata-server-nedb@1.0.0 @seald-io/nedb@4.1.2 && touch ready

check: .venv/test .live/javascript/ready    ## lint, format and types, of Python and of the boards' scripts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q tests/widgets/test_scripts.py

notebooks: .venv/test       ## execute the committed notebooks in place
	$(BIN)/python -m ipaas_discovery.notebooks notebooks

pictures: .venv/test browser    ## the pictures of the README, of a fresh demo
	$(BIN)/ipaas-discovery discover >/dev/null
	PYTHONPATH=tests $(BIN)/python tests/pictures.py

bench: .venv/test .venv-ydata/ready .venv-splink/ready    ## speed beside peers, as ratios in one run, written to tests/benchmarks/results/
	$(PIP) --editable '.[bench]'
	$(BIN)/python tests/benchmarks/bench.py

records: .venv/test         ## the sandbox's synthetic records, byte for byte
	$(BIN)/python -m tools.sandbox

mutants: .venv/test         ## change a hundred lines of the package, one at a time, and list those that no test sees
	$(BIN)/python -m tools.mutants $(SEED)

soak: .venv/test           ## kills, a server of faults, marked secrets, and every reader fuzzed for SECONDS (60)
	$(PIP) --editable '.[soak]'
	$(BIN)/python -m tools.soak $(SECONDS)

wheels: .venv/base          ## a wheel of every compiled dependency for Python 3.14, on three platforms
	$(BIN)/python tools/wheels.py 3.14

floors:                     ## the tests with the lowest version of every dependency, on Python 3.11 or 3.12
	@test -x .venv-floors/bin/python || $(PYTHON) -m venv .venv-floors
	$(PYTHON) tools/floors.py > .venv-floors/floors.txt
	.venv-floors/bin/python -m pip --disable-pip-version-check install --quiet --constraint .venv-floors/floors.txt --editable '.[test]'
	.venv-floors/bin/python -m pytest $(WITHOUT_SCREEN)

pythons:                    ## the tests on every other Python that is found here
	@for version in 3.12 3.13 3.14; do \
		python=; \
		for candidate in "python$$version" "$$HOME"/.pyenv/versions/$$version.*/bin/python; do \
			"$$candidate" -c '' 2>/dev/null && python=$$candidate; \
		done; \
		test -n "$$python" || { echo "Python $$version: not found"; continue; }; \
		echo "Python $$version: $$python"; \
		test -x .venv-$$version/bin/python || "$$python" -m venv .venv-$$version || exit 1; \
		.venv-$$version/bin/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt --editable '.[test]' && \
		.venv-$$version/bin/python -m pytest $(WITHOUT_SCREEN) || exit 1; \
	done

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

.venv-splink/ready:          # a peer with many dependencies of its own
	@test -x .venv-splink/bin/python || $(PYTHON) -m venv .venv-splink
	.venv-splink/bin/python -m pip --disable-pip-version-check install --quiet splink==5.0.0 pandas
	@touch $@

clean:                      ## what was made, but not the worksheet
	rm -rf .venv .venv-* .live data/out build dist tests/output .mypy_cache .ruff_cache .pytest_cache .hypothesis
