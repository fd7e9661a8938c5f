"""The connection: loading, errors, loss and return, proxies, and no other host."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import pytest
import torch
import web_network
from PIL import Image
from playwright.sync_api import Browser, WebSocket
from web_forwarder import Forwarder

import layerwalk
from layerwalk.protocol import frames
from layerwalk.protocol import messages as m
from layerwalk.session import open_bridge


@pytest.fixture
def forwarder(bridge: layerwalk.Bridge) -> Iterator[Forwarder]:
    between = Forwarder(bridge.port)
    yield between
    between.close()


def through(bridge: layerwalk.Bridge, forwarder: Forwarder, path: str = "/") -> str:
    """The viewer's address by way of the forwarder."""
    return f"http://127.0.0.1:{forwarder.port}{path}?token={bridge.token}"


def test_a_lost_connection_says_so_and_comes_back(
    visitors: Any, bridge: Any, forwarder: Any, model: Any, pictures: dict[str, np.ndarray]
) -> None:
    """Place and selection stay; what changed meanwhile is shown afterwards."""
    visit = visitors(bridge)
    visit.page.clock.install()
    visit.page.goto(through(bridge, forwarder))
    visit.settle().go("body.0.conv2", 2)
    before = visit.state
    forwarder.cut()
    visit.wait("state => state.phase === 'lost'")
    # It does not try by itself any more.
    visit.page.clock.pause_at(visit.page.evaluate("Date.now()") + 1000)
    visit.wait("state => state.phase === 'lost'")
    banner = visit.page.get_by_role("alert")
    assert "Connection lost, reconnecting" in banner.inner_text()
    with layerwalk.connect(bridge.endpoint, token=bridge.token) as client:
        client.wait_complete(client.place_image(pictures["slope"]), timeout_s=30)
    forwarder.mend()
    banner.get_by_role("button", name="Try now").click()
    visit.page.wait_for_function("() => layerwalk.state().phase !== 'lost'")
    visit.page.clock.resume()
    visit.wait("state => state.settled")
    assert banner.is_hidden()
    after = visit.state
    assert after["visitor"]["position"] == before["visitor"]["position"]
    assert after["selected"] == before["selected"]
    best, _ = web_network.prediction(model, pictures["slope"])[0]
    assert after["prediction"]["scores"][0]["name"] == best


def test_it_comes_back_by_itself(visitors: Any, bridge: Any, forwarder: Any) -> None:
    visit = visitors(bridge)
    visit.page.goto(through(bridge, forwarder))
    visit.settle()
    for _ in range(2):
        forwarder.cut()
        visit.wait("state => state.phase === 'lost'")
        forwarder.mend()
        visit.settle()
    state = visit.state
    assert state["arrivedLayers"] == state["wantedLayers"]


def lose_for_long(visit: Any, forwarder: Forwarder) -> None:
    """After many attempts in vain; none is made any more unless the page's clock goes on."""
    visit.page.clock.install()
    visit.page.goto(through(visit.bridge, forwarder))
    visit.settle()
    forwarder.cut()
    visit.wait("state => state.phase === 'lost'")
    visit.page.clock.pause_at(visit.page.evaluate("Date.now()") + 1000)
    for _ in range(20):
        # The test may hear of a failure before the page has set its clock for the next attempt.
        with visit.page.expect_event("requestfailed") as failure:
            while not failure.is_done():
                visit.page.clock.run_for(5000)


def test_after_a_long_time_it_is_back_a_second_after_the_bridge(
    visitors: Any, bridge: Any, forwarder: Any
) -> None:
    visit = visitors(bridge)
    lose_for_long(visit, forwarder)
    forwarder.mend()
    visit.page.clock.run_for(1000)
    # Longer, and the browser makes the page wait for a WebSocket after so many that failed.
    visit.page.wait_for_function("() => layerwalk.state().connected", timeout=4000)
    visit.page.clock.resume()
    visit.settle()


@pytest.mark.parametrize("event", ["focus", "online", "pageshow", "visibilitychange"])
def test_a_page_that_is_looked_at_again_tries_at_once(
    visitors: Any, bridge: Any, forwarder: Any, event: str
) -> None:
    visit = visitors(bridge)
    visit.page.clock.install()
    visit.page.goto(through(bridge, forwarder))
    visit.settle()
    forwarder.cut()
    visit.wait("state => state.phase === 'lost'")
    visit.page.clock.pause_at(visit.page.evaluate("Date.now()") + 1000)
    forwarder.mend()
    target = "document" if event == "visibilitychange" else "window"
    visit.page.evaluate(f"{target}.dispatchEvent(new Event('{event}'))")
    visit.page.wait_for_function("() => layerwalk.state().connected")
    visit.page.clock.resume()
    visit.settle()


def test_a_page_that_is_looked_at_while_it_tries_tries_again_at_once(
    visitors: Any, bridge: Any, forwarder: Any
) -> None:
    visit = visitors(bridge)
    visit.page.clock.install()
    visit.page.goto(through(bridge, forwarder))
    visit.settle()
    forwarder.cut()
    visit.wait("state => state.phase === 'lost'")
    visit.page.clock.pause_at(visit.page.evaluate("Date.now()") + 1000)
    visit.page.evaluate(
        """() => {  // an answer that takes its time, and is none
            const isThere = layerwalk.app.connection.source.isThere;
            const source = layerwalk.app.connection.source;
            source.isThere = () => new Promise((resolve) => (window.answer = resolve))
                .finally(() => (source.isThere = isThere));
            layerwalk.app.connection.probing = false;
            window.dispatchEvent(new Event('focus'));
        }"""
    )
    forwarder.mend()
    visit.page.evaluate("() => { window.dispatchEvent(new Event('focus')); answer(false); }")
    visit.page.wait_for_function("() => layerwalk.state().connected")
    visit.page.clock.resume()
    visit.settle()


def test_a_connection_that_hangs_is_noticed(visitors: Any, bridge: Any, forwarder: Any) -> None:
    """It is neither closed nor is anything heard; a quiet one that lives is left alone."""
    visit = visitors(bridge)
    visit.page.clock.install()
    visit.page.goto(through(bridge, forwarder))
    visit.settle()
    clock = visit.page.clock
    clock.fast_forward(20_000)  # silent for long enough: it asks, and is answered
    visit.page.wait_for_function("() => layerwalk.app.connection.asked === 0")
    forwarder.hang()
    clock.fast_forward(20_000)
    assert visit.state["connected"]
    clock.fast_forward(50_000)
    visit.wait("state => state.phase === 'lost'")
    forwarder.go_on()
    visit.settle()


def test_it_works_behind_a_prefix(visitors: Any, bridge: Any) -> None:
    """Every address is relative, so a proxy may serve the viewer under any path."""
    between = Forwarder(bridge.port, prefix="/a/walk")
    try:
        visit = visitors(bridge)
        visit.page.goto(through(bridge, between, "/a/walk/"))
        visit.settle()
        assert visit.requests
        for url in visit.requests:
            assert urlsplit(url).path.startswith("/a/walk/") or url.startswith("blob:"), url
    finally:
        between.close()


def test_nothing_is_asked_of_another_host(visitors: Any, bridge: Any) -> None:
    visit = visitors(bridge).open()
    visit.go("stem.1", 1).press("o").settle()
    hosts = {urlsplit(url).netloc for url in visit.requests if not url.startswith("blob:")}
    assert hosts == {urlsplit(visit.bridge.url).netloc}
    assert any(url.endswith(".woff2") for url in visit.requests), "the font is not the page's own"


def test_the_token_leaves_the_address_but_survives_a_reload(visit: Any) -> None:
    assert "token" not in visit.page.url
    visit.page.reload()
    visit.settle()
    assert visit.state["connected"]


def test_a_wrong_token_is_refused_in_words(visitors: Any, bridge: Any) -> None:
    visit = visitors(bridge)
    visit.page.goto(bridge.url.split("?")[0] + "?token=wrong")
    visit.wait("state => state.phase === 'failed'")
    assert "token" in visit.page.get_by_role("alert").inner_text()


def test_loading_shows_its_progress(visitors: Any, model: torch.nn.Module) -> None:
    """Before there is a network the page says what the bridge is busy with."""
    go_on = threading.Event()

    def load() -> Any:
        go_on.wait(60)
        return web_network.loaded(model)

    with open_bridge(load) as bridge:
        visit = visitors(bridge)
        visit.page.goto(bridge.url)
        status = visit.page.locator(".progress")
        status.get_by_text("loading the network").wait_for()
        assert visit.state["phase"] == "loading"
        go_on.set()
        visit.settle()
        assert status.is_hidden()


def test_a_network_that_fails_to_load_says_why(visitors: Any) -> None:
    def load() -> Any:
        raise RuntimeError("the weights are on the moon")

    with open_bridge(load) as bridge:
        visit = visitors(bridge)
        visit.page.goto(bridge.url)
        visit.wait("state => state.phase === 'failed'")
        assert "the weights are on the moon" in visit.page.locator(".progress").inner_text()


class Picky(torch.nn.Module):
    """Raises for pictures that are dark, between its two layers."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = torch.nn.Conv2d(3, 4, 3)
        self.head = torch.nn.Conv2d(4, 2, 3)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = self.conv(x)
        if x.mean() < -0.9:
            raise ValueError("it is too dark in here")
        return self.head(y)


def test_a_forward_pass_that_raises_is_told_and_not_the_end(visitors: Any) -> None:
    light, dark = (np.full((32, 32, 3), value, np.uint8) for value in (200, 0))
    with layerwalk.serve(
        Picky(), images={"light": light, "dark": dark}, preprocess=web_network.prepare
    ) as bridge:
        visit = visitors(bridge).open()
        visit.page.clock.install()
        visit.press("2").wait("state => state.run.failure")
        said = visit.page.get_by_role("log").get_by_text("it is too dark in here")
        assert said.inner_text().startswith("dark did not come through the network: ValueError")
        assert said.inner_text().endswith("here. Place another image.")
        visit.page.clock.fast_forward("01:00")
        assert said.is_visible(), "it is told only for a while"
        assert visit.state["prediction"]["scores"] == []
        assert visit.settle().state["phase"] == "failed"
        reached = "layer => layerwalk.world.rangeOf(layer) !== null"
        visit.go("conv", 1)  # what was drawn can be looked at
        assert visit.page.evaluate(reached, "conv")
        assert not visit.page.evaluate(reached, "head"), "of the image before"
        visit.press("Escape").press("Escape").press("k")
        panel = visit.page.get_by_role("region", name="Prediction").inner_text()
        assert panel.startswith("No prediction")
        assert "it is too dark in here" in panel
        visit.press("k")
        visit.press("1").wait("state => state.run.picture === 'light' && state.settled")
        assert said.is_hidden()


def test_a_dropped_file_is_placed_again_in_a_bridge_started_anew(
    visitors: Any, model: torch.nn.Module, pictures: dict[str, np.ndarray], tmp_path: Path
) -> None:
    """The bridge has never seen the file; the page that placed it has. Later images count."""
    Image.fromarray(np.rot90(pictures["slope"]).copy()).save(tmp_path / "turned.png")
    best, _ = web_network.prediction(model, np.rot90(pictures["slope"]).copy())[0]
    first = web_network.serve(model, pictures)
    visit = visitors(first).open().drop(tmp_path / "turned.png", "image/png")
    visit.wait("state => state.run.name === 'turned.png' && state.settled")
    session = visit.state["session"]
    first.stop()
    visit.wait("state => state.phase === 'lost'")
    second = web_network.serve(model, pictures, token=first.token, port=first.port)
    visit.wait("(state, old) => state.session !== old && state.settled", session)
    visit.wait("state => state.run.name === 'turned.png' && state.settled")
    assert visit.state["prediction"]["scores"][0]["name"] == best
    visit.press("2").wait("state => state.run.picture === 'checks' && state.settled")
    visit.page.wait_for_url("**image=checks**")
    session = visit.state["session"]
    second.stop()
    visit.wait("state => state.phase === 'lost'")
    with web_network.serve(model, pictures, token=first.token, port=first.port):
        visit.wait("(state, old) => state.session !== old && state.settled", session)
        visit.wait("state => state.run.picture === 'checks' && state.settled")


def test_a_bridge_started_anew_takes_the_visitor_back(
    visitors: Any, model: torch.nn.Module, pictures: dict[str, np.ndarray]
) -> None:
    """With another token the page says so and keeps trying; with its own it is as before."""
    first = web_network.serve(model, pictures, token="the-first-of-two-tokens")
    visit = visitors(first).open("#image=slope")
    visit.wait("state => state.run.picture === 'slope' && state.settled")
    visit.go("body.0.conv2", 2)
    visit.page.wait_for_url("**/#layer=body.0.conv2*")
    before = visit.state
    first.stop()
    visit.wait("state => state.phase === 'lost'")
    banner = visit.page.get_by_role("alert")
    with web_network.serve(model, pictures, token="the-second-of-two-tokens", port=first.port):
        banner.get_by_text("started anew with another token").wait_for()
        assert "open the address that it printed" in banner.inner_text()
    with web_network.serve(model, pictures, token=first.token, port=first.port):
        visit.wait("(state, old) => state.session !== old && state.settled", before["session"])
        visit.wait("state => state.run.picture === 'slope' && state.settled")
    after = visit.state
    assert after["selected"] == before["selected"]
    assert after["visitor"]["position"] == pytest.approx(before["visitor"]["position"], abs=0.01)


def test_a_page_says_from_the_first_what_it_has_dealt_with(
    browser: Browser, bridge: layerwalk.Bridge
) -> None:
    """Else images pile up at a page that is busy when they begin to come."""
    with browser.new_page() as page:
        sent: list[bytes] = []

        def listen(socket: WebSocket) -> None:
            socket.on("framesent", lambda message: sent.append(message))

        page.on("websocket", listen)
        page.goto(bridge.url)
        page.wait_for_function("() => window.layerwalk?.state().settled")
    told = [frames.decode_client(frames.split(message))[0] for message in sent]
    runs = [message.run for message in told if isinstance(message, m.Credit)]
    assert runs[0] == 1
