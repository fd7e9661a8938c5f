"""`layerwalk.render`: a picture or a film of a network that an image goes through."""

from __future__ import annotations

import base64
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any

from layerwalk.errors import RenderFailed, UnknownLayer
from layerwalk.rendering.films import check_film, write_film
from layerwalk.rendering.page import check_browser, open_page
from layerwalk.rendering.served import served
from layerwalk.rendering.sizes import MOST_SAMPLES, check_file, check_size
from layerwalk.rendering.views import Flight, Still, view_of
from layerwalk.session import Bridge

if TYPE_CHECKING:
    import numpy as np
    from playwright.sync_api import Page
    from torch import nn

# The page itself is small: what is drawn for a picture is drawn beside it.
WINDOW = (480, 270)
# Megabytes that pages may take there: all detail of most networks.
BUDGET = "#budget=1024"
SIZE, PANORAMA_SIZE = (1920, 1080), (4096, 2048)
REST_S, LEG_S = 1.2, 3.0

Progress = Callable[[int, int], None]


def render(
    model: str | nn.Module | Bridge,
    image: str | Path | np.ndarray | None = None,
    *,
    file: str | Path,
    view: str = "start",
    size: tuple[int, int] | None = None,
    transparent: bool = False,
    panorama: bool = False,
    samples: int = 4,
    fps: float = 30.0,
    seconds: float | None = None,
    weights: str | Path | None = None,
    input_size: tuple[int, int] | None = None,
    device: str | None = None,
    example_input: Any = None,
    preprocess: Any = None,
    progress: Progress | None = None,
) -> Path:
    """Takes a picture of the room as `view` sees it, or films a flight; returns `file`.

    `model` is a module, a SOURCE as on the command line ("torchvision:resnet50"), which takes
    `weights`, `input_size` and `device`, or a bridge that is serving already. A module takes
    `example_input` and `preprocess`, as `layerwalk.serve` does. `image` is a file or an array
    (H, W, 3); None takes the demo's first picture, or the example input.

    `view` is "start", "overview", "layer:NAME", a link of the viewer ("#layer=..."), or
    "path:FILE", a film along the bookmarks of a tour that the viewer saved; of a bridge also
    "path:tour", along those of its session. Pictures are PNG files, films .mp4 or .avi.

    `size` is width and height in pixels, 16 to 8192 each; (1920, 1080), or of a panorama, which
    is twice as wide as high, (4096, 2048). A `transparent` picture has neither sky nor floor. A
    `panorama` shows all directions (equirectangular). `samples` smooth the edges of things. A
    film has `fps` frames a second and lasts `seconds` (None: as long as its stops need); the same
    call makes the same frames. `progress` is called with frames made and all.

    All detail of the walls is waited for. The file comes into its place when it is whole, and
    replaces what was there. Raises RenderFailed, UnknownLayer, MissingBrowser, InvalidImage,
    SourceError, and RunFailed from what the model raises.
    """
    target = Path(file).expanduser()
    seen = view_of(view, served=isinstance(model, Bridge))
    film = isinstance(seen, Flight)
    check_file(target, film=film, transparent=transparent, panorama=panorama)
    width, height = size or (PANORAMA_SIZE if panorama else SIZE)
    check_size((width, height), panorama=panorama, film=film)
    if not 1 <= samples <= MOST_SAMPLES:
        raise RenderFailed(f"{samples} samples; there are 1 to {MOST_SAMPLES}")
    if film:
        check_film(fps, seconds)
    check_browser("pictures")
    picture = {
        "width": width, "height": height, "samples": samples,
        "transparent": transparent, "panorama": panorama,
    }  # fmt: skip
    with (
        served(
            model, image, weights=weights, input_size=input_size, device=device,
            example_input=example_input, preprocess=preprocess,
        ) as url,
        _whole(target) as part,
        # Of its own, since Playwright minds an event loop: notebooks have one.
        ThreadPoolExecutor(1, "layerwalk-render") as thread,
    ):  # fmt: skip
        if isinstance(seen, Flight):
            job = thread.submit(_film, url, seen, picture, part, fps, seconds, progress)
        else:
            job = thread.submit(_still, url, seen, picture, part)
        job.result()
    return target


class Studio:
    """`window.layerwalk.studio` of a page (picture/studio.ts)."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def ask(self, method: str, *arguments: Any) -> dict[str, Any]:
        """Calls a method that answers. Raises RenderFailed with what the page says."""
        answer: dict[str, Any] = self._page.evaluate(
            "([method, ...rest]) => layerwalk.studio[method](...rest)", [method, *arguments]
        )
        if answer["error"]:
            raise RenderFailed(answer["error"])
        return answer

    def view(self, view: Still, picture: dict[str, Any]) -> None:
        """Goes there. Raises UnknownLayer with the nearest names, or RenderFailed."""
        try:
            self.ask("view", view.asked, picture)
        except RenderFailed as error:
            if " is not in " in str(error):
                raise UnknownLayer(str(error)) from None
            raise

    def pieces(self) -> Iterator[bytes]:
        """The file taken last, a few megabytes after the other."""
        index = 0
        while piece := self._page.evaluate("index => layerwalk.studio.piece(index)", index):
            yield base64.b64decode(piece)
            index += 1


@contextmanager
def _studio(url: str) -> Iterator[Studio]:
    from playwright.sync_api import Error

    width, height = WINDOW
    with open_page(url + BUDGET, width_px=width, height_px=height, calm=True) as page:
        try:
            yield Studio(page)
        except Error as error:
            raise RenderFailed(
                f"the browser failed ({error.message.splitlines()[0]}); take a smaller picture"
            ) from error


def _still(url: str, view: Still, picture: dict[str, Any], part: Path) -> None:
    with _studio(url) as studio:
        studio.view(view, picture)
        studio.ask("take", picture)
        with part.open("wb") as file:
            for piece in studio.pieces():
                file.write(piece)


def _film(
    url: str,
    flight: Flight,
    picture: dict[str, Any],
    part: Path,
    fps: float,
    seconds: float | None,
    progress: Progress | None,
) -> None:
    with _studio(url) as studio:
        links = None if flight.links is None else list(flight.links)
        stops = studio.ask("flight", links, picture)["stops"]
        lasts = seconds if seconds is not None else stops * REST_S + (stops - 1) * LEG_S
        count = studio.ask("film", lasts, fps)["frames"]
        made = frames(studio, picture, count, progress)
        write_film(part, made, fps=fps, size=(picture["width"], picture["height"]))


def frames(
    studio: Studio, picture: dict[str, Any], count: int, progress: Progress | None
) -> Iterator[bytes]:
    """The frames of the flight that was prepared last, as PNG files."""
    for index in range(count):
        studio.ask("frame", index, picture)
        yield b"".join(studio.pieces())
        if progress is not None:
            progress(index + 1, count)


@contextmanager
def _whole(file: Path) -> Iterator[Path]:
    """A file beside `file`, of the same ending, which takes its place unless this fails."""
    try:
        with NamedTemporaryFile(
            prefix=".layerwalk-", suffix=file.suffix, dir=file.parent, delete=False
        ) as made:
            part = Path(made.name)
    except OSError as error:
        raise RenderFailed(f"'{file}' cannot be written ({error.strerror})") from error
    try:
        yield part
        part.chmod(0o644)
        os.replace(part, file)
    finally:
        part.unlink(missing_ok=True)
