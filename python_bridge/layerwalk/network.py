"""The structure of a traced network: nodes, edges and blocks, frozen and free of torch.

A `Network` is what `layerwalk.trace` returns, what the layout turns into a room, and what
travels to every client. Names are torch paths; see `docs/glossary.md` for every word.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import msgspec

AxisRole = Literal["tile", "row", "column", "index"]


class Axis(msgspec.Struct, frozen=True):
    """One named axis of an activation.

    `role` says how a wall shows it: its indices are tiles, rows or columns of a tile, or
    one of them is selected (`index`, at first the 0-th; the batch, for instance).
    """

    name: str
    size: int
    role: AxisRole = "index"


class TileShape(NamedTuple):
    """How many tiles an activation makes, and how many pixels a tile has."""

    tiles: int
    height: int
    width: int


def tile_shape(axes: Sequence[Axis]) -> TileShape:
    """Tiles, height and width (pixels) of an activation with these axes; each at least 1."""

    def size(role: AxisRole) -> int:
        sizes = [axis.size for axis in axes if axis.role == role]
        return sizes[0] if sizes else 1

    return TileShape(size("tile"), size("row"), size("column"))


class Node(msgspec.Struct, frozen=True):
    """One call of a module or of a functional op during the forward pass.

    `name` is the torch path (`layer1.0.conv1`), for a functional op `path/op`
    (`layer1.0/add`), with `:k` from the k-th call on (`layer1.0.relu:2`). `module` is the path
    of the module it is, or ran in ('' for the network itself); `kind` the class of the
    module (`Conv2d`) or the op (`add`). `parameters` are those it uses, which other nodes may use
    too. `axes` describe its (first) output; a node whose
    output is not a tensor has `shown` False.
    `nonnegative` holds for outputs that cannot be below zero (after ReLU, softmax, ...).
    `details` are what a label may say, by name: {"kernel": "3 × 3", "stride": "2"}.
    """

    name: str
    module: str
    kind: str
    axes: tuple[Axis, ...] = ()
    dtype: str = "float32"
    parameters: int = 0
    nonnegative: bool = False
    shown: bool = True
    details: dict[str, str] = {}

    @property
    def shape(self) -> tuple[int, ...]:
        """Sizes of all axes, in the tensor's order."""
        return tuple(axis.size for axis in self.axes)


class Edge(msgspec.Struct, frozen=True):
    """One tensor that flows from node `source` into `target` as its `argument`-th tensor input."""

    source: str
    target: str
    argument: int = 0


class Block(msgspec.Struct, frozen=True):
    """A container module: `nodes` are all nodes inside it, in order; `parent` is '' at the top.

    `parameters` are those that its nodes use, each counted once: nodes may share some.
    """

    name: str
    kind: str
    parent: str
    nodes: tuple[str, ...]
    parameters: int = 0


class Input(msgspec.Struct, frozen=True):
    """An input of the network; `targets` are the nodes that read it."""

    name: str
    axes: tuple[Axis, ...]
    dtype: str
    targets: tuple[str, ...] = ()


class Network(msgspec.Struct, frozen=True):
    """A network as one forward pass showed it. Nodes stand in the order they ran.

    `outputs` names the nodes whose outputs the network returned. `revision` counts
    republications: another input may have taken another way through the model. `parameters`
    are those that its nodes use, each counted once.
    """

    name: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    blocks: tuple[Block, ...]
    inputs: tuple[Input, ...] = ()
    outputs: tuple[str, ...] = ()
    revision: int = 1
    parameters: int = 0

    def layers(self) -> tuple[str, ...]:
        """Names of the nodes that have something to show, in order."""
        return tuple(node.name for node in self.nodes if node.shown)
