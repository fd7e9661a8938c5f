"""A session kept from the page: the file goes on where the visitor was, in another bridge."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
import web_network
from PIL import Image

import layerwalk
from layerwalk.kept import read_session

LAYER, CHANNEL = "body.0.conv2", 3


def test_ctrl_s_keeps_the_session_and_another_bridge_goes_on(
    visit: Any, visitors: Callable[..., Any], model: torch.nn.Module, tmp_path: Path
) -> None:
    Image.fromarray(web_network.pictures()["slope"][::-1]).save(tmp_path / "dropped.png")
    visit.drop(tmp_path / "dropped.png", "image/png")
    visit.wait("state => state.run?.name === 'dropped.png'").go(LAYER, CHANNEL)
    visit.press("n").press("m").press("ArrowUp").press("m").settle()
    moved = visit.page.evaluate("layerwalk.app.store.transforms()")
    assert moved
    try:
        with visit.page.expect_download() as download:
            visit.press("Control+s")
        assert download.value.suggested_filename == "Sequential.layerwalk"
        file = tmp_path / "room.layerwalk"
        download.value.save_as(file)
    finally:
        visit.press("Control+z").wait("() => !Object.keys(layerwalk.app.store.transforms()).length")
    kept = read_session(file)
    assert [one.name for one in kept.pictures][-1] == "dropped.png"
    assert kept.pictures[-1].data == (tmp_path / "dropped.png").read_bytes()

    with layerwalk.open_session(
        file, model, preprocess=web_network.prepare, class_names=web_network.CLASSES
    ) as again:
        state = visitors(again).open().state
        assert state["run"]["name"] == "dropped.png"
        selected = state["selected"]
        assert (selected["layer"], selected["tile"]) == (LAYER, CHANNEL)
        assert state["normalization"] == "channel"
        with layerwalk.connect(again.endpoint, token=again.token) as client:
            assert client.state()["stations"]["main"] == moved


def test_the_search_keeps_the_session_too(visit: Any) -> None:
    with visit.page.expect_download() as download:
        visit.press("/").page.keyboard.type("save the session")
        visit.press("Enter")
    assert download.value.suggested_filename.endswith(".layerwalk")
