"""The part of a client that has to do with the shelf: what is on it, and what is made for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import msgspec
import numpy as np

from layerwalk.client.document import DocumentCalls
from layerwalk.errors import InvalidImage, TooLarge
from layerwalk.protocol import messages as m
from layerwalk.room import Quaternion, Transform, Vec3

ROUNDING = 0.01
FRAMES = ("input-2", "input-3", "input-4")


class PictureCalls(DocumentCalls):
    """What `Client` does with pictures.

    What is made is a thing on the shelf, for every viewer: the id that comes back can be placed
    (`place_image`), blended, put somewhere in the room, and removed. The same recipe makes the same
    picture, and the same id as long as it is there. 64 may be made.
    """

    def shelf(self) -> tuple[m.Picture, ...]:
        """The pictures that there are to place: the bridge's, then those that were made."""
        with self._changed:
            assert self._inbox.welcome is not None
            made = self._inbox.document.tree.get("pictures", {})
            more = (
                m.Picture(id, one["name"], one["width"], one["height"]) for id, one in made.items()
            )
            return (*self._inbox.welcome.shelf, *more)

    def picture(self, id: str, *, edge: int = 256) -> np.ndarray:
        """A picture of the shelf with its longer edge at most `edge` pixels, uint8 (H, W, 3)."""
        _, arrays = self._inbox.ask(m.GetPicture(request=0, picture=id, edge=edge))
        return arrays[0]

    def make_noise(
        self,
        kind: Literal["gaussian", "uniform", "pink"] = "gaussian",
        *,
        seed: int = 0,
        amplitude: float = 1.0,
        colour: bool = True,
        size: tuple[int, int] | None = None,
    ) -> str:
        """Makes noise around mid-grey; the picture's id.

        The same arguments make the same bytes everywhere. `amplitude`, 0 to 1, is that of uniform
        noise, 1 from black to white; the other kinds have the same standard deviation,
        amplitude / √12 of that range, and are cut at black and white. Pink noise has the same power
        in every octave. With `colour`, R, G and B are independent. `seed` is 0 to 2³² - 1. `size`
        (height, width), at most 1024, is what this network's preprocessing takes without scaling,
        unless it is given. Raises InvalidImage for what is out of range.
        """
        if size is not None and not all(1 <= edge <= 1024 for edge in size):
            raise InvalidImage(f"noise of {size[1]} × {size[0]} pixels; edges are 1 to 1024")
        height, width = size or (0, 0)
        return self._make(
            m.MakeNoise(
                request=0,
                kind=kind,
                seed=seed,
                amplitude=amplitude,
                colour=colour,
                width=width,
                height=height,
                network=self._name,
            )
        )

    def make_feature_map(self, layer: str, tile: int, *, run: int = 0, input: str = "input") -> str:
        """Makes a grey picture of one tile (channel) of a layer; its id.

        Of the run of that number, 0 the newest. All of the tile's values at full detail, as
        `activation` has them: the least is black, the greatest white, others in proportion.
        Raises UnknownLayer, RunSuperseded for a run that is not kept any more, or InvalidImage for
        a layer whose tiles are single values.
        """
        return self._make(
            m.MakeFeatureMap(
                request=0, layer=layer, tile=tile, run=run, network=self._name, input=input
            )
        )

    def make_blend(self, first: str, second: str, *, alpha: float = 0.5) -> str:
        """Makes (1 - alpha) first + alpha second, of two pictures on the shelf; its id.

        It has the size of `first`, which `second` is scaled and cropped to. Raises UnknownPicture,
        or InvalidImage for an `alpha` that is not 0 to 1.
        """
        return self._make(m.MakeBlend(request=0, first=first, second=second, alpha=alpha))

    def keep_image(self, image: str | Path | bytes | np.ndarray, *, name: str = "") -> str:
        """Puts an image on the shelf for everybody, without placing it; the picture's id.

        `image` as for `place_image`, but for ids. Raises InvalidImage or TooLarge.
        """
        name, payload = self._image(image, name)
        return self._make(m.KeepImage(request=0, name=name), payload)

    def remove_picture(self, picture: str) -> None:
        """Removes a picture that was made. Raises UnknownPicture for any other."""
        self._change(("pictures", picture), None)

    def put_picture(
        self,
        picture: str,
        *,
        position_m: Vec3,
        rotation: Quaternion = (0.0, 0.0, 0.0, 1.0),
        scale: float = 1.0,
    ) -> None:
        """Takes a picture off the shelf and stands it in the room, with its middle there.

        Its longer edge has 0.6 m where `scale` is 1. See `room.Transform`.
        """
        self._change(("things", self._name, picture), Transform(position_m, rotation, scale))

    def return_picture(self, picture: str) -> None:
        """Sends a picture back to the shelf."""
        self._change(("things", self._name, picture), None)

    def return_all_pictures(self) -> None:
        """Sends all pictures back to the shelf."""
        self._change(("things", self._name), None)

    def input_frames(self) -> tuple[str, ...]:
        """Names of the network's input frames; the first, "input", is always there."""
        with self._changed:
            added = self._inbox.document.tree.get("frames", {}).get(self._name, {})
            return ("input", *sorted(added))

    def add_frame(self) -> str:
        """Adds an input frame, with runs of its own, for everybody; its name.

        There are at most four. `place_image(..., input=name)` fills it, and `show_frame(name)`
        gives this client its runs. Raises TooLarge where its runs would not fit into memory, or
        where there are four.
        """
        free = [name for name in FRAMES if name not in self.input_frames()]
        if not free:
            raise TooLarge("a network has at most 4 input frames; remove one first")
        self._change(("frames", self._name, free[0]), True)
        return free[0]

    def remove_frame(self, name: str) -> None:
        """Removes an input frame that was added, and its runs. Raises UnknownPicture."""
        self._change(("frames", self._name, name), None)

    # ------------------------------------------------------------ inside

    def _make(self, message: Any, *payloads: np.ndarray) -> str:
        """The id of what was made, once this client has heard of it."""
        _checked(message)
        picture: str | None = self._write(message, payloads).picture
        assert picture is not None
        return picture

    def _image(self, image: str | Path | bytes | np.ndarray, name: str) -> tuple[str, np.ndarray]:
        """Its name, and the buffer that is sent."""
        if isinstance(image, (str, Path)):
            path = Path(image).expanduser()
            return name or path.name, np.frombuffer(self._file(path), np.uint8)
        if isinstance(image, bytes):
            return name, np.frombuffer(image, np.uint8)
        return name, _pixels(image)

    def _file(self, path: Path) -> bytes:
        assert self._inbox.welcome is not None
        limit = self._inbox.welcome.limits.image_bytes
        try:
            size = path.stat().st_size
            if size > limit:
                raise TooLarge(f"{path} has {size:,} bytes; the bridge takes {limit:,}")
            return path.read_bytes()
        except OSError as error:
            raise InvalidImage(
                f"'{path}' cannot be read ({error.strerror}) and is not on the shelf"
            ) from None


def _checked(message: Any) -> None:
    """Raises InvalidImage, before anything is sent, for what the protocol's bounds refuse."""
    try:
        msgspec.convert(msgspec.to_builtins(message), type(message))
    except msgspec.ValidationError as error:
        raise InvalidImage(f"such a picture cannot be made: {error}") from None


def _pixels(image: Any) -> np.ndarray:
    """An array as it is sent; anything that numpy takes for one, a Pillow image too."""
    array = np.asarray(image)
    if array.dtype.kind not in "uf" or array.ndim not in (2, 3) or array.size == 0:
        raise InvalidImage(
            f"an array of {array.dtype} {array.shape} is no image; give (H, W, 3) or (H, W), "
            "uint8 or floats from 0 to 1"
        )
    if array.dtype.kind == "f":
        return _from_floats(array)
    if array.dtype != np.uint8:
        raise InvalidImage(f"pixels of {array.dtype} have no range; scale them to uint8, 0 to 255")
    return array


def _from_floats(array: np.ndarray) -> np.ndarray:
    """Floats from 0 to 1 as uint8; what rounding put outside is clipped."""
    low, high = float(array.min()), float(array.max())
    if not -ROUNDING <= low <= high <= 1 + ROUNDING:  # not for NaN either
        raise InvalidImage(
            f"pixels of {array.dtype} are from 0 to 1, not {low:g} to {high:g}; "
            "scale them, or give uint8"
        )
    return np.asarray(np.rint(np.clip(array, 0, 1) * 255), np.uint8)
