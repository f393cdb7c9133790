# What people and CI run. A fresh machine needs Python 3.11 or newer, make and git.

PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: demo test check bench train-env test-train requirements shots clean

demo: $(VENV)/.run  ## Read an example page and print its ledger.
	$(BIN)/onrecord read examples/harbour-barrier.html

test: $(VENV)/.dev  ## Run all tests.
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal

check: $(VENV)/.dev  ## Style, types and the direction of imports.
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

bench: $(VENV)-bench/.bench  ## Speed and memory, against textacy and trafilatura in the same run.
	$(VENV)-bench/bin/python bench/speed.py
	$(VENV)-bench/bin/python bench/attributing.py
	$(VENV)-bench/bin/python bench/reading.py
	$(VENV)-bench/bin/python bench/corpus.py
	$(VENV)-bench/bin/python bench/adding.py

shots: $(VENV)/.dev  ## The pictures in docs/img, taken anew with Debian's chromium.
	PYTHONPATH=tests $(BIN)/python tests/shots.py

train-env: $(VENV)-train/.train  ## An environment with torch, for `onrecord train`.

test-train: $(VENV)-train/.train  ## The tests that need torch.
	$(VENV)-train/bin/python -m pytest -m train

requirements:  ## Compile requirements/*.txt again from pyproject.toml.
	$(PYTHON) -m venv $(VENV)-uv
	$(VENV)-uv/bin/python -m pip install --quiet --disable-pip-version-check uv
	cd requirements && UV=../$(VENV)-uv/bin/uv sh compile.sh

clean:
	rm -rf $(VENV) $(VENV)-bench $(VENV)-train $(VENV)-uv

# Each environment is made anew only when its pins change.
$(VENV)/.run: requirements/run.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes --requirement requirements/run.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.run
	$(PIP) --require-hashes --requirement requirements/dev.txt
	touch $@

# bench.txt pins the package's own requirements too: spaCy asks for older ones of some.
$(VENV)-bench/.bench: requirements/bench.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)-bench
	$(VENV)-bench/bin/python -m pip install --quiet --disable-pip-version-check \
		--require-hashes --requirement requirements/bench.txt
	$(VENV)-bench/bin/python -m pip install --quiet --disable-pip-version-check \
		--no-deps --no-build-isolation --editable .
	touch $@

$(VENV)-train/.train: requirements/train.txt requirements/dev.txt
	$(MAKE) VENV=$(VENV)-train $(VENV)-train/.dev
	$(VENV)-train/bin/python -m pip install --quiet --disable-pip-version-check \
		--requirement requirements/train.txt
	touch $@
