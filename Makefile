# make            .venv with everything        make demo    walk through the demo's network
# make test       all tests, as CI runs them   make lint    style, types, imports, generated files
# It needs make and Python 3.11 or newer; `make PYTHON=/path/to/python3.12` takes another one.

PYTHONS := python3 python3.14 python3.13 python3.12 python3.11
RECENT := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for python in $(PYTHONS); do \
	$$python -c '$(RECENT)' 2>/dev/null && echo $$python && break; done)
VENV ?= .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.layerwalk-installed
VIEWER := $(BIN)/python python_bridge/build_viewer.py
PYTEST := $(BIN)/python -m pytest

.DEFAULT_GOAL := all
.PHONY: all demo test test-python test-web test-viewer test-unity test-shaders lint bench soak \
	generate viewer browser mono shader-tools clean

all: $(INSTALLED)

# The package is linked, not copied: only what stands in these files needs a new installation.
$(INSTALLED): pyproject.toml constraints.txt python_bridge/build_viewer.py
	@"$(PYTHON)" -c '$(RECENT)' || \
		{ echo "error: Python 3.11 or newer is needed; make PYTHON=/path/to/it" >&2; exit 1; }
	@test -x $(BIN)/python || "$(PYTHON)" -m venv $(VENV) || \
		{ echo "error: no virtual environment could be made; on Debian and Ubuntu:" \
			"apt-get install python3-venv" >&2; exit 1; }
	$(BIN)/python -m pip install --disable-pip-version-check --constraint constraints.txt \
		--editable ".[demo,test]" $$($(VIEWER) needs)
	@touch $@

# Does nothing where the viewer's sources are those it was built from.
viewer: $(INSTALLED)
	@$(VIEWER)

demo: viewer
	$(BIN)/layerwalk demo

# Everything, one after the other, whatever -j says.
test: browser viewer mono shader-tools
	@$(MAKE) --no-print-directory test-viewer
	$(PYTEST) tests/python tests/web
	@$(MAKE) --no-print-directory test-unity
	@$(MAKE) --no-print-directory test-shaders
	@$(MAKE) --no-print-directory lint

test-python: viewer
	$(PYTEST) tests/python

test-web: browser viewer
	@$(MAKE) --no-print-directory test-viewer
	$(PYTEST) tests/web

test-viewer: $(INSTALLED)
	@$(VIEWER) npm --silent test

# The Unity client as far as it runs without Unity: on mono. Says how many C# tests ran.
test-unity: mono viewer
	$(BIN)/python tests/unity/build.py
	$(PYTEST) tests/unity

# The Unity client's shaders: compiled in all variants, drawn, and compared with the viewer's.
test-shaders: browser shader-tools
	$(PYTEST) tests/shaders

# An image a second and viewers that come and go, for an hour: nothing may grow.
soak: browser viewer
	LAYERWALK_SOAK_S=3600 $(PYTEST) --timeout 7200 tests/web/test_soak.py

lint: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m layerwalk.protocol.generate --check
	@$(VIEWER) npm --silent run check
	@$(VIEWER) npm --silent run lint

# Prints JSON, keeps it in tests/output/benchmarks, and makes docs/performance.md of it.
BENCHMARKS := trace stream bulk memory viewers live frames growth similarity unity_transport unity_frames
MEASURED := tests/output/benchmarks
bench: viewer mono
	@mkdir -p $(MEASURED)
	@for name in $(BENCHMARKS); do \
		$(BIN)/python -P tests/benchmarks/$$name.py >$(MEASURED)/$$name.json || exit 1; \
		cat $(MEASURED)/$$name.json; done
	$(BIN)/python -P tests/benchmarks/report.py $(MEASURED) --date $$(date +%Y-%m-%d)

generate: $(INSTALLED)
	$(BIN)/python -m layerwalk.protocol.generate
	$(BIN)/python tests/golden/protocol/make.py
	$(BIN)/python tests/golden/plan/make.py

# Installs Debian packages where that is allowed.
APT_INSTALL := command -v apt-get >/dev/null && \
	if [ "$$(id -u)" = 0 ]; then sudo=; \
	else sudo="sudo -n"; $$sudo true 2>/dev/null; fi && \
	export DEBIAN_FRONTEND=noninteractive && \
	$$sudo apt-get update && \
	$$sudo apt-get install --yes --no-install-recommends

# The tests in a browser use the system's; it is installed where that is allowed.
FIND_BROWSER := $(BIN)/python -m layerwalk.cli.browser
browser: $(INSTALLED)
	@$(FIND_BROWSER) >/dev/null 2>&1 || { $(APT_INSTALL) chromium; } || true
	@$(FIND_BROWSER) >/dev/null

# So is mono, for the tests of the Unity client; without it they are skipped, but not in CI.
MONO_PACKAGES := mono-mcs mono-runtime nunit-console libnunit-framework2.6.3-cil
mono:
	@{ command -v mcs && command -v mono && command -v nunit-console; } >/dev/null || \
		{ $(APT_INSTALL) $(MONO_PACKAGES); } || true

# And a compiler of shaders with Vulkan on the processor, for the tests of the shaders.
SHADER_PACKAGES := glslang-tools libvulkan1 mesa-vulkan-drivers
shader-tools: $(INSTALLED)
	@{ command -v glslangValidator && ls /usr/share/vulkan/icd.d/lvp_icd*; } >/dev/null 2>&1 || \
		{ $(APT_INSTALL) $(SHADER_PACKAGES); } || true

clean:
	rm -rf python_bridge/layerwalk/_viewer python_bridge/web_viewer/node_modules dist build \
		tests/output .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find python_bridge tests -name __pycache__ -prune -exec rm -rf {} +
