"""Images as things: noise, tiles and blends on the shelf; pictures that are carried and stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import numpy as np
import pytest
import torch
import web_network
from PIL import Image

import layerwalk
from layerwalk.images import blend, noise

SIZE = web_network.SIZE
SPOT = """([kind, picture]) => {
    for (let y = 20; y < innerHeight; y += 6)
        for (let x = 20; x < innerWidth; x += 6) {
            const hit = layerwalk.app.pick(x, y);
            if (hit?.kind === kind && (picture === null || hit.picture === picture)
                && document.elementFromPoint(x, y).id === 'scene') return [x + 4, y + 4];
        }
}"""
THINGS = "layerwalk.app.store.things()"


@pytest.fixture
def client(bridge: layerwalk.Bridge) -> Iterator[layerwalk.Client]:
    """Another visitor, who puts away at the end what was made and moved."""
    with layerwalk.connect(bridge.endpoint, token=bridge.token) as one:
        yield one
        one.return_all_pictures()
        one.place_image("rings")
        for frame in one.input_frames()[1:]:
            one.remove_frame(frame)
        for picture in one.state()["pictures"]:
            one.remove_picture(picture)


@pytest.fixture
def hands(visit: Any, client: layerwalk.Client) -> Any:
    """A visitor at the start, with nothing in hand and nothing made."""
    visit.page.evaluate("layerwalk.app.hud.workshop.toggle(false)")
    visit.wait("state => state.shelf.length === 3 && state.thumbnails === 3").settle()
    return visit


def spot(visit: Any, kind: str, picture: str | None = None) -> tuple[float, float]:
    """Where on the page something of that kind is seen."""
    found = visit.page.evaluate(SPOT, [kind, picture])
    assert found, f"no {kind} {picture or ''} is in sight"
    return found[0], found[1]


def drag(visit: Any, start: tuple[float, float], end: tuple[float, float]) -> None:
    mouse = visit.page.mouse
    mouse.move(*start)
    mouse.down()
    mouse.move(start[0] + 12, start[1] + 12)
    mouse.move(*end, steps=3)
    mouse.up()


def assert_predicts(visit: Any, model: torch.nn.Module, pixels: np.ndarray) -> None:
    best, share = web_network.prediction(model, pixels)[0]
    first = visit.state["prediction"]["scores"][0]
    assert (first["name"], first["confidence"]) == (best, pytest.approx(share, abs=1e-4))


def test_noise_is_made_by_keys_and_goes_through_the_network(
    hands: Any, model: torch.nn.Module
) -> None:
    hands.press("j")
    for key in ("p", "Tab", "Control+a", "3", "Tab", "ArrowLeft", "Enter"):
        hands.press(key)
    name = "pink noise, seed 3, amplitude 0.45"
    hands.wait("(state, name) => state.run.name === name && state.settled", name)
    pixels = noise("pink", seed=3, amplitude=0.45, size=(SIZE, SIZE))
    assert_predicts(hands, model, pixels)
    assert hands.state["shelf"][-1]["name"] == name
    assert hands.page.locator(".strip .caption").inner_text() == name
    hands.press("Escape")
    assert hands.page.locator(".workshop").is_hidden()
    hands.press("Escape")
    assert hands.page.locator(".strip").is_hidden()
    hands.approach("stem.1", 5)
    hands.assert_shows("stem.1", 5, web_network.activations(model, pixels)["stem.1"])


def test_made_pictures_hang_on_the_shelf_s_wall_with_what_they_are(
    hands: Any, client: layerwalk.Client
) -> None:
    before = hands.canvas()
    picture = client.make_noise("uniform", seed=5)
    hands.wait("state => state.thumbnails === 4").settle()
    written = hands.page.evaluate(
        "layerwalk.app.world.stage.furnishings.exhibits.lines(layerwalk.world.stage.walls)"
        ".map(({ spans }) => spans[0].text)"
    )
    assert written[:2] == ["uniform noise, seed 5,", "amplitude 1"]
    x, y = spot(hands, "shelf", picture)
    after = hands.canvas()
    around = (slice(int(y), int(y) + 12), slice(int(x), int(x) + 12))
    assert after[around].std() > 15, "no noise is seen there"
    client.remove_picture(picture)
    hands.wait("state => state.shelf.length === 3 && state.settled")
    assert np.abs(hands.canvas().astype(int) - before).mean() < 1


def test_a_lifted_tile_is_the_next_image(
    hands: Any, model: torch.nn.Module, pictures: dict[str, np.ndarray]
) -> None:
    hands.press("f")
    assert "Lift a tile first" in hands.page.locator(".toast").inner_text()
    hands.go("stem.1", 5)
    hands.page.get_by_role("button", name="use as the next image").click()
    name = "stem.1, channel 5, of rings"
    hands.wait("(state, name) => state.run.name === name && state.settled", name)
    values = web_network.activations(model, pictures["rings"])["stem.1"][5]
    shares = (values - values.min()) / (values.max() - values.min())
    pixels = np.repeat(np.rint(255 * shares).astype(np.uint8)[..., None], 3, 2)
    best = web_network.prediction(model, pixels)[0][0]  # within half a step of quantizing
    assert hands.state["prediction"]["scores"][0]["name"] == best
    run = hands.state["run"]["id"]
    hands.press("f")  # and of this one, by its key
    hands.wait("(state, run) => state.run.id > run && state.settled", run)
    assert hands.state["run"]["name"] == f"stem.1, channel 5, of {name}"


def test_two_images_are_blended(
    hands: Any, model: torch.nn.Module, pictures: dict[str, np.ndarray]
) -> None:
    hands.press("i")
    hands.page.get_by_role("button", name="Make…").click()
    hands.page.get_by_label("Second image", exact=True).select_option("slope")
    hands.page.get_by_label("Share of the second image").fill("0.3")
    hands.page.get_by_role("button", name="Place blend").click()
    name = "rings with 30 % slope"
    hands.wait("(state, name) => state.run.name === name && state.settled", name)
    assert_predicts(hands, model, blend(pictures["rings"], pictures["slope"], 0.3))
    hands.page.get_by_role("button", name=f"Remove {name}").click()
    hands.wait("state => state.shelf.length === 3")


def test_a_pasted_image_is_shown_and_kept_for_all(
    hands: Any,
    client: layerwalk.Client,
    model: torch.nn.Module,
    pictures: dict[str, np.ndarray],
) -> None:
    turned = np.rot90(pictures["slope"]).copy()
    file = BytesIO()
    Image.fromarray(turned).save(file, "PNG")
    hands.page.evaluate(
        """bytes => {
            const clipboardData = new DataTransfer();
            const file = new File([new Uint8Array(bytes)], "image.png", { type: "image/png" });
            clipboardData.items.add(file);
            window.dispatchEvent(new ClipboardEvent("paste", { clipboardData }));
        }""",
        list(file.getvalue()),
    )
    hands.wait("state => state.run.name === 'image.png' && state.settled")
    assert_predicts(hands, model, turned)
    hands.press("i")
    hands.page.get_by_role("button", name="Keep").click()
    hands.wait("state => state.run.picture === 'image' && state.settled")
    assert [one.id for one in client.shelf()][3:] == ["image"]
    assert (client.picture("image") == turned).all()
    assert hands.page.get_by_role("button", name="Keep").count() == 0


def test_a_picture_is_carried_into_the_frame(hands: Any, client: layerwalk.Client) -> None:
    """It snaps into it near by, and is back on the shelf then, where its place is framed."""
    mouse = hands.page.mouse
    mouse.move(*spot(hands, "shelf", "checks"))
    mouse.down()
    mouse.move(480, 300, steps=2)
    assert hands.page.evaluate("layerwalk.app.things.goal") == "room"
    mouse.move(*spot(hands, "photograph"), steps=2)
    assert hands.page.evaluate("layerwalk.app.things.goal") == "frame"
    assert hands.state["run"]["picture"] == "rings"
    mouse.up()
    hands.wait("state => state.run.picture === 'checks' && state.settled")
    assert hands.page.evaluate(THINGS) == {}
    spot(hands, "shelf", "checks")


def test_a_picture_stays_where_it_is_let_go_of_for_all(
    hands: Any,
    client: layerwalk.Client,
    bridge: layerwalk.Bridge,
    visitors: Callable[[layerwalk.Bridge], Any],
) -> None:
    drag(hands, spot(hands, "shelf", "checks"), (480, 330))
    hands.wait("state => layerwalk.app.store.things().checks && state.settled")
    assert hands.state["run"]["picture"] == "rings"
    assert hands.page.evaluate(SPOT, ["shelf", "checks"]) is None
    x, y = spot(hands, "thing", "checks")
    seen = hands.canvas()[int(y) + 4, int(x) + 4].astype(int)
    assert abs(seen[0] - seen[1]) > 80, f"{seen} is no colour of the checks"
    other = visitors(bridge).open()
    stands = client.state()["things"]["main"]["checks"]
    assert other.page.evaluate(THINGS) == {"checks": stands}
    drag(hands, spot(hands, "thing", "checks"), (420, 300))  # it can be taken from there, too
    hands.wait(
        "(state, x) => layerwalk.app.store.things().checks.position_m[0] < x - 0.1"
        " && state.settled",
        stands["position_m"][0],
    )
    hands.press("Control+z").wait(
        "(state, x) => layerwalk.app.store.things().checks.position_m[0] === x",
        stands["position_m"][0],
    )
    drag(hands, spot(hands, "thing", "checks"), spot(hands, "shelf"))
    hands.wait("state => !layerwalk.app.store.things().checks && state.settled")
    spot(hands, "shelf", "checks")
    other.wait("state => !layerwalk.app.store.things().checks")


def test_a_picture_is_carried_by_keys(hands: Any, client: layerwalk.Client) -> None:
    held = "layerwalk.app.things.picture"
    hands.press("i")
    hands.page.get_by_role("button", name="Place slope").focus()
    hands.press("u")
    assert hands.page.evaluate(held) == "slope"
    hands.press("i")
    hands.wait("() => layerwalk.app.things.goal === 'room'")
    assert "let go of the image" in hands.page.locator(".hint").inner_text()
    hands.press("Escape")
    assert hands.page.evaluate(held) is None
    assert hands.page.evaluate(THINGS) == {}
    hands.page.evaluate("layerwalk.app.things.take('slope', 1.3, true)")
    frame = hands.page.evaluate("layerwalk.world.inputFrame")
    x, y, z = frame["centre"]
    away = [x + 2.2 * np.sin(frame["yaw"]), y, z + 2.2 * np.cos(frame["yaw"])]
    hands.stand(away, frame["yaw"])
    hands.wait("() => layerwalk.app.things.goal === 'frame'")
    hands.press("u").wait("state => state.run.picture === 'slope' && state.settled")
    hands.press("Home").settle().press("u")  # what is shown, as nothing is looked at
    assert hands.page.evaluate(held) == "slope"
    hands.wait("() => layerwalk.app.things.goal === 'room'")
    hands.press("u").wait("state => layerwalk.app.store.things().slope && state.settled")
    hands.press("Shift+U").wait("() => Object.keys(layerwalk.app.store.things()).length === 0")


def test_what_another_visitor_holds_is_not_carried(hands: Any, bridge: layerwalk.Bridge) -> None:
    from layerwalk.protocol import messages as m

    with layerwalk.connect(bridge.endpoint, token=bridge.token) as other:
        other._ask(m.Grab(request=0, path=("things", "main", "checks"), seconds=20))
        mouse = hands.page.mouse
        mouse.move(*spot(hands, "shelf", "checks"))
        mouse.down()
        mouse.move(480, 330, steps=2)
        hands.page.locator(".toast", has_text="held by another viewer").wait_for()
        mouse.up()
        assert hands.page.evaluate("layerwalk.app.things.picture") is None
        assert hands.page.evaluate(THINGS) == {}
        assert hands.page.evaluate("layerwalk.app.store.carried.size") == 0


def test_input_frames_side_by_side_have_runs_of_their_own(
    hands: Any,
    client: layerwalk.Client,
    model: torch.nn.Module,
    pictures: dict[str, np.ndarray],
) -> None:
    """The walls show the chosen one's; another is chosen by its small picture, or by Y."""
    first = hands.state["run"]["id"]
    hands.press("Shift+Y")
    hands.wait("state => state.input === 'input-2' && state.run?.picture === 'rings'").settle()
    hands.press("2").wait("state => state.run?.picture === 'checks' && state.settled")
    assert_predicts(hands, model, pictures["checks"])
    assert client.run() is not None
    inputs = client.state()["inputs"]["main"]
    assert (inputs["input"]["picture"], inputs["input-2"]["picture"]) == ("rings", "checks")
    hands.approach("stem.1", 5)
    hands.assert_shows("stem.1", 5, web_network.activations(model, pictures["checks"])["stem.1"])
    hands.press("y").wait("state => state.input === 'input' && state.settled")
    assert hands.state["run"]["id"] == first  # it was kept
    hands.assert_shows("stem.1", 5, web_network.activations(model, pictures["rings"])["stem.1"])
    assert_predicts(hands, model, pictures["rings"])
    frame = hands.page.evaluate("layerwalk.world.inputFrame")
    x, _, z = frame["centre"]
    away = [x + 2.6 * np.sin(frame["yaw"]), 1.2, z + 2.6 * np.cos(frame["yaw"])]
    hands.stand(away, frame["yaw"])
    hands.page.mouse.click(*small(hands, "input-2"))
    hands.wait("state => state.input === 'input-2' && state.settled")
    assert hands.state["run"]["picture"] == "checks"
    client.place_image("slope")  # into the other one: nothing of what is seen changes
    hands.wait("() => layerwalk.app.store.at(['inputs', 'main', 'input']).picture === 'slope'")
    hands.wait("state => layerwalk.app.store.views.get('input').run > state.run.id").settle()
    assert hands.state["run"]["picture"] == "checks"
    client.remove_frame("input-2")
    hands.wait("state => state.input === 'input' && state.run?.picture === 'slope'").settle()
    assert hands.state["frames"] == ["input"]
    assert_predicts(hands, model, pictures["slope"])


def small(visit: Any, input: str) -> tuple[float, float]:
    """Where on the page the small picture of an input frame is."""
    found = visit.page.evaluate(
        """input => {
            for (let y = 20; y < innerHeight; y += 6)
                for (let x = 20; x < innerWidth; x += 6)
                    if (layerwalk.app.pick(x, y)?.input === input
                        && document.elementFromPoint(x, y).id === 'scene') return [x + 4, y + 4];
        }""",
        input,
    )
    assert found, f"frame {input} is not in sight"
    return found[0], found[1]
