"""What the shaders' tests need: a compiler, Vulkan on the processor, a browser."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from . import compiler
from .renderer import Renderer, vulkan_adapter

REMEDY = "on Debian and Ubuntu: make shader-tools"
FLAGS = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which glslang finds includes as Unity does."""
    if compiler.is_missing():
        pytest.skip(f"{compiler.COMPILER} not found; {REMEDY}")
    return compiler.make_packages(tmp_path_factory.mktemp("unity"))


@pytest.fixture(scope="session")
def renderer(packages: Path) -> Renderer:
    """One for all tests: programs stay compiled."""
    if importlib.util.find_spec("wgpu") is None:
        pytest.skip("wgpu is not installed; pip install -e '.[test]'")
    if vulkan_adapter() is None:
        pytest.skip(f"there is no Vulkan that draws on the processor; {REMEDY}")
    return Renderer(packages)


@pytest.fixture(scope="session")
def page() -> Iterator[Any]:
    """An empty page of the system's Chromium, drawing in software."""
    from playwright.sync_api import sync_playwright

    from layerwalk.cli.browser import find_browser

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(find_browser()), args=FLAGS)
        opened = chromium.new_page()
        opened.set_default_timeout(60_000)
        yield opened
        chromium.close()
