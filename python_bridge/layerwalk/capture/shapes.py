"""What the axes of an activation mean, judged by the op, by its sources, else by its shape."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Literal

from msgspec.structs import replace

from layerwalk.network import Axis

Family = Literal["volume", "image", "signal", "channels", "features", "series", ""]

_CHANNELS_FIRST = ("conv", "batchnorm", "batch_norm", "instancenorm", "instance_norm", "pool")
_CHANNELS_FIRST_EXACT = frozenset(
    "groupnorm group_norm upsample interpolate pixelshuffle pixel_shuffle pixelunshuffle "
    "pixel_unshuffle grid_sample channelshuffle roi_align localresponsenorm "
    "upsamplingbilinear2d upsamplingnearest2d".split()
)
_FEATURES_LAST = frozenset(
    "linear layernorm layer_norm rmsnorm rms_norm embedding bilinear".split()
)
_SERIES_FIRST = frozenset("lstm gru rnn".split())
_REARRANGING = frozenset(
    "permute transpose view reshape flatten unflatten t T mT H mH movedim moveaxis unsqueeze "
    "squeeze getitem view_as reshape_as as_strided expand rot90 Flatten Unflatten".split()
)


@lru_cache(maxsize=4096)
def family(kind: str, batch_first: bool = True) -> Family:
    """What an op's kind alone says about the order of its output's axes; '' for nothing."""
    name = kind.lower()
    if name in _FEATURES_LAST:
        return "features"
    if name in _SERIES_FIRST:
        return "" if batch_first else "series"
    if name in _CHANNELS_FIRST_EXACT or any(part in name for part in _CHANNELS_FIRST):
        ranks: dict[str, Family] = {"1d": "signal", "2d": "image", "3d": "volume"}
        return next((rank for mark, rank in ranks.items() if mark in name), "channels")
    return ""


def axes_of(
    shape: tuple[int, ...],
    kind: str,
    source_axes: Sequence[tuple[Axis, ...]] = (),
    *,
    batch: int | None,
    batch_first: bool = True,
) -> tuple[Axis, ...]:
    """Named axes with their roles, one for each dimension of `shape`.

    `source_axes` are those of the tensors the op read: what only changes values (`add`, `relu`)
    keeps them, and what works on the last axis (`Linear`) keeps the others. `batch` is how many
    samples the network was given at once, None if it takes one without a batch axis.
    """
    by_kind = family(kind, batch_first)
    if not by_kind and kind not in _REARRANGING:
        for axes in source_axes:
            if len(axes) == len(shape) and tuple(axis.size for axis in axes) == shape:
                return axes
    if by_kind == "features" and len(shape) == 3:
        for axes in source_axes:
            if tuple(axis.size for axis in axes[:-1]) == shape[:-1] and axes[-1].role == "column":
                return (*axes[:-1], replace(axes[-1], name="feature", size=shape[-1]))
    return _axes(shape, by_kind, batch)


@lru_cache(maxsize=4096)
def _axes(shape: tuple[int, ...], by_kind: Family, batch: int | None) -> tuple[Axis, ...]:
    form = _FORMS.get(_form(shape, by_kind, batch), "")
    names = form.split() if form else _others(len(shape))
    return tuple(_axis(name, size) for name, size in zip(names, shape, strict=True))


# A role is marked: * tile, - row, | column; without a mark an index of the axis is selected.
_FORMS = {
    "volume": "batch *channel depth -height |width",
    "image": "batch *channel -height |width",
    "image last": "batch -height |width *channel",
    "volume alone": "*channel depth -height |width",
    "image alone": "*channel -height |width",
    "signal": "batch -channel |position",
    "tokens": "batch -token |feature",
    "tokens first": "-token batch |feature",
    "matrix": "-row |column",
    "vector": "batch *channel",
    "values": "*channel",
}
_ROLES = {"*": "tile", "-": "row", "|": "column"}


def _form(shape: tuple[int, ...], by_kind: Family, batch: int | None) -> str:
    rank = len(shape)
    if rank == 5:
        return "volume"
    if rank == 4:
        return _form_of_four(shape, by_kind)
    if rank == 3:
        return _form_of_three(shape, by_kind, batch)
    if rank == 2:
        return "vector" if shape[0] == batch and by_kind != "signal" else "matrix"
    return "values" if rank == 1 else ""


def _form_of_four(shape: tuple[int, ...], by_kind: Family) -> str:
    if by_kind == "volume":
        return "volume alone"
    if by_kind == "features":
        return "image last"
    last = not by_kind and shape[1] == shape[2] != shape[3]
    return "image last" if last else "image"


def _form_of_three(shape: tuple[int, ...], by_kind: Family, batch: int | None) -> str:
    if by_kind == "image":
        return "image alone"
    if by_kind in ("signal", "channels"):
        return "signal"
    if by_kind == "series" or (shape[0] != batch and shape[1] == batch):
        return "tokens first"
    return "tokens" if shape[0] == batch else "image alone"


def _others(rank: int) -> list[str]:
    """More axes than anything known has: the last three are tile, row and column."""
    selected = [f"axis{index}" for index in range(rank - 3)]
    return [*selected, f"*axis{rank - 3}", f"-axis{rank - 2}", f"|axis{rank - 1}"] if rank else []


def _axis(name: str, size: int) -> Axis:
    role = _ROLES.get(name[0])
    return Axis(name[1:], size, role) if role else Axis(name, size)  # type: ignore[arg-type]


def batch_size(
    tensors: Sequence[tuple[str, tuple[int, ...]]], *, sequence_first: bool = False
) -> int | None:
    """How many samples the inputs hold, given their names and shapes; None without batch axis.

    Tensors in a list (`images.0`) and single pictures (3, H, W) have none. Where the network
    takes `sequence_first`, (tokens, samples) and (tokens, samples, features) are expected; a
    first axis of 1 is taken as the batch's all the same, since the model may turn it round.
    """
    for name, shape in tensors:
        alone = len(shape) == 3 and ("." in name or (shape[0] == 3 and min(shape[1:]) >= 16))
        if sequence_first and len(shape) in (2, 3) and "." not in name and shape[0] != 1:
            return shape[1]
        if len(shape) >= 2 and not alone:
            return shape[0]
    return None


def takes_sequences_first(modules: Iterable[Any]) -> bool:
    """Whether the first of these modules that says so takes (tokens, samples, features).

    Recurrent and attention modules say it by `batch_first`, convolutions take samples first.
    """
    for module in modules:
        batch_first = getattr(module, "batch_first", None)
        if isinstance(batch_first, bool):
            return not batch_first
        if family(type(module).__name__) in ("volume", "image", "signal", "channels"):
            return False
    return False
