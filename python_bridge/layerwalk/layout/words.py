"""Titles, shapes and block names in the words of the field."""

from __future__ import annotations

import re
from collections.abc import Sequence

from layerwalk.layout.blocks import Blocks
from layerwalk.layout.grouping import Place
from layerwalk.layout.vocabulary import CONCATENATIONS, plain_kind
from layerwalk.network import Block, Node, TileShape, tile_shape

_TITLES = {
    "add": "Add",
    "sub": "Subtract",
    "mul": "Multiply",
    "multiply": "Multiply",
    "div": "Divide",
    "truediv": "Divide",
    "matmul": "Matrix product",
    "bmm": "Matrix product",
    "mm": "Matrix product",
    "baddbmm": "Matrix product",
    "einsum": "Einstein sum",
    "scaleddotproductattention": "Attention",
    "multiheadattention": "Attention",
    "linear": "Linear",
    "bilinear": "Bilinear",
    "layernorm": "Layer norm",
    "layernorm2d": "Layer norm",
    "rmsnorm": "RMS norm",
    "groupnorm": "Group norm",
    "localresponsenorm": "Local response norm",
    "lstm": "LSTM",
    "gru": "GRU",
    "rnn": "RNN",
    "lstmcell": "LSTM cell",
    "grucell": "GRU cell",
    "relu": "ReLU",
    "relu6": "ReLU6",
    "gelu": "GELU",
    "silu": "SiLU",
    "elu": "ELU",
    "selu": "SELU",
    "glu": "GLU",
    "interpolate": "Upsample",
    "upsample": "Upsample",
    "pixelshuffle": "Pixel shuffle",
    "mean": "Mean",
    "sum": "Sum",
    "getitem": "Select",
    "topk": "Top k",
    "roialign": "RoI align",
}
# Abbreviations with small letters, which show no seam to the word after them.
_MIXED = re.compile("(RoI|IoU|[PR]*ReLU6?|SiLU|GeLU)(?![a-z])")
_INVERTED = ("invertedresidual", "mbconv", "fusedmbconv")
_GENERIC = frozenset({"features", "net", "model", "main", "body", "backbone", "module", "encoder"})


def title(place: Place, blocks: Blocks, before: Node | None = None) -> str:
    """What a wall is called; `before` is the node whose output the place reads first."""
    kind = plain_kind(place.main.kind)
    if "conv" in kind and "transpose" not in kind:
        return _convolution(place, blocks, before)
    if "convtranspose" in kind:
        return _with_kernel("Transposed conv", place.main)
    if "pool" in kind:
        return _pool(kind, place)
    if kind in CONCATENATIONS:
        return "Stack" if kind == "stack" else "Concat"
    if kind.startswith(("batchnorm", "syncbatchnorm", "frozenbatchnorm")):
        return "Batch norm"
    if kind.startswith("instancenorm"):
        return "Instance norm"
    return _TITLES.get(kind) or sentence(place.main.kind)


def sentence(name: str) -> str:
    """`MyFancyOp2d`, `my_fancy_op` -> 'My fancy op'; abbreviations stay in capitals."""
    parts = _MIXED.split(re.sub(r"(?<=[a-z])[123]d$", "", name))  # every other one is in _MIXED
    words = [w for k, part in enumerate(parts) for w in ([part] if k % 2 else _words(part))]
    text = " ".join(words) or "Op"
    return text[0].upper() + text[1:]


def _words(name: str) -> list[str]:
    name = re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", name)
    name = re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1 \2", name)
    return [w if w.isupper() and len(w) > 1 else w.lower() for w in re.split(r"[\s_]+", name) if w]


def _with_kernel(name: str, node: Node) -> str:
    kernel = node.details.get("kernel", "")
    return f"{name} {kernel}".strip()


def _convolution(place: Place, blocks: Blocks, before: Node | None) -> str:
    node, out = place.main, tile_shape(place.main.axes)
    groups = node.details.get("groups", "1")
    if groups.isdigit() and int(groups) > 1 and int(groups) in (out.tiles, _tiles(before)):
        return _with_kernel("Depthwise", node)
    kernel = node.details.get("kernel", "")
    pointwise = kernel.replace(" ", "") in ("1×1", "1")
    if pointwise and before and out.height * out.width > 1 and _inverted(node, blocks):
        if out.tiles > _tiles(before):
            return "Expand"
        if out.tiles < _tiles(before):
            return "Project"
    return _with_kernel("Conv", node)


def _tiles(node: Node | None) -> int:
    return tile_shape(node.axes).tiles if node else 0


def _inverted(node: Node, blocks: Blocks) -> bool:
    around = (block for block in blocks.by_name.values() if node.name in block.nodes)
    return any(plain_kind(block.kind).startswith(_INVERTED) for block in around)


def _pool(kind: str, place: Place) -> str:
    out = place.tiles
    if "max" in kind:
        return "Max pool"
    if "adaptive" in kind and out.height * out.width == 1:
        return "Global average"
    return "Average pool"


def shape(tiles: TileShape) -> str:
    """'96 × 112 × 112'; of a matrix '197 × 768'; of a vector its length."""
    sizes = [tiles.tiles] if tiles.tiles > 1 or tiles.height * tiles.width == 1 else []
    if tiles.height * tiles.width > 1:
        sizes += [tiles.height, tiles.width]
    return " × ".join(map(str, sizes))


def inner_name(block: Block) -> str:
    """The name of a block on the floor of the block around it: 'Block 0' of 'Layer 2, block 0'."""
    last = block.name.split(".")[-1]
    return f"Block {last}" if ", block " in block_name(block) else block_name(block)


def block_name(block: Block) -> str:
    """`features.denseblock2` -> 'Dense block 2'; `layer2.0` -> 'Layer 2, block 0'."""
    *outer, last = block.name.split(".")
    if last.isdigit():
        return _numbered(block, outer[-1].strip("_") if outer else "", last)
    return _spelled(last.strip("_"), block.kind) or sentence(block.kind)


def _numbered(block: Block, around: str, number: str) -> str:
    kind = block.kind.strip("_")
    generic = not around or around.isdigit() or around in _GENERIC
    if generic:
        container = plain_kind(kind) in ("sequential", "modulelist")
        return f"{'Block' if container else sentence(kind)} {number}"
    if around.endswith("s"):
        return f"{sentence(around[:-1])} {number}"
    return f"{_spelled(around, '')}, block {number}"


def _spelled(name: str, kind: str) -> str:
    letters, tail = re.fullmatch(r"(.*?)[_]?(\d+\w{0,2})?", name).groups()  # type: ignore[union-attr]
    flat = letters.replace("_", "").lower()
    known = sentence(kind.strip("_"))
    flat_kind = known.replace(" ", "").lower()
    words = known if flat and flat_kind == flat else _split_compound(letters)
    return f"{words} {tail}" if tail else words


def _split_compound(letters: str) -> str:
    """`denselayer` has no seam to split at, but ends in a word that blocks are named with."""
    match = re.fullmatch(r"([a-z]{3,})(layer|block|stage|branch|head|conv)", letters)
    return sentence(" ".join(match.groups()) if match else letters)


def names_of(blocks: Sequence[str]) -> str:
    """Names of neighbouring blocks, numbers in a row drawn together: 'blocks 1–2'."""
    names = [lowered(name) for name in dict.fromkeys(blocks) if name]
    split = [re.fullmatch(r"(.*?) (\d+\w?)", name) for name in names]
    if (
        len(names) > 1
        and len({match[1] if match else name for match, name in zip(split, names, strict=True)})
        == 1
    ):
        head, numbers = split[0][1], [match[2] for match in split if match]  # type: ignore[index]
        if (
            all(map(str.isdigit, numbers))
            and len(numbers) == int(numbers[-1]) - int(numbers[0]) + 1
        ):
            return f"{head}s {numbers[0]}–{numbers[-1]}"
        run = len(numbers) > 3
        return f"{head} " + (f"{numbers[0]}–{numbers[-1]}" if run else ", ".join(numbers))
    return ", ".join(names) if len(names) <= 3 else f"{names[0]} – {names[-1]}"


def lowered(name: str) -> str:
    """The name within a sentence; abbreviations keep their capitals."""
    first = name.partition(" ")[0]
    abbreviated = any(letter.isupper() for letter in first[1:])
    return name if abbreviated else name[:1].lower() + name[1:]
