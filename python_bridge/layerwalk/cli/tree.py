"""`layerwalk trace`: a network's structure, for the terminal or as JSON."""

from __future__ import annotations

import sys

from layerwalk.network import Network, Node


def print_network(
    source: str,
    *,
    as_json: bool,
    weights: str | None,
    input_size: tuple[int, int] | None,
    device: str,
) -> None:
    """Loads and traces the network, and prints it on stdout."""
    import warnings

    from layerwalk.sources import load

    loaded = load(source, weights=weights, input_size=input_size, device=device)
    from layerwalk.introspection import trace
    from layerwalk.introspection.tracing import first_pass_explained

    if loaded.warning:
        warnings.warn(loaded.warning, stacklevel=1)
    with first_pass_explained(source):
        network = trace(loaded.model, loaded.example_input)
    if as_json:
        import msgspec

        sys.stdout.write(msgspec.json.format(msgspec.json.encode(network)).decode() + "\n")
        return
    from rich.console import Console

    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=1000)  # programs that read it want whole lines
    console.print(_tree(network, loaded.title))


def _tree(network: Network, title: str) -> object:
    """A rich tree: blocks with the nodes inside them, in the order they ran."""
    from rich.markup import escape
    from rich.tree import Tree

    counts = f"{len(network.nodes)} nodes, {len(network.edges)} edges"
    inputs = ", ".join(
        f"{value.name} {_shape(tuple(axis.size for axis in value.axes))}"
        for value in network.inputs
    )
    root = Tree(
        f"[bold]{escape(title)}[/]  {escape(inputs)}  "
        f"[dim]{counts}, {network.parameters:,} parameters[/]"
    )
    blocks = {block.name: block for block in network.blocks}
    home: dict[str, str] = {}
    for block in sorted(network.blocks, key=lambda block: block.name.count(".")):
        home.update(dict.fromkeys(block.nodes, block.name))  # the innermost comes last
    branches: dict[str, Tree] = {"": root}

    def branch(name: str) -> Tree:
        if name not in branches:
            block = blocks[name]
            about = f"[cyan]{escape(block.kind)}[/]{_parameters(block.parameters)}"
            branches[name] = branch(block.parent).add(f"[bold]{escape(name)}[/] {about}")
        return branches[name]

    for node in network.nodes:
        branch(home.get(node.name, "")).add(_line(node))
    return root


def _line(node: Node) -> str:
    from rich.markup import escape

    shape = f"  {_shape(node.shape)}" if node.shown else ""
    kind = f"[cyan]{escape(node.kind)}[/]"
    return f"{escape(node.name)} {kind}{escape(shape)}{_parameters(node.parameters)}"


def _shape(sizes: tuple[int, ...]) -> str:
    return " × ".join(map(str, sizes))


def _parameters(count: int) -> str:
    return f"  [dim]{count:,} parameters[/]" if count else ""
