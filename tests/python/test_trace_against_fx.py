"""The tracer sees the nodes and edges that torch.fx sees, on the models that fx can trace."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator

import pytest
import torch
import torchvision
from torch import fx, nn

import layerwalk.introspection as introspection
from layerwalk.capture.naming import op_name


def fx_network(model: nn.Module) -> tuple[list[str], set[tuple[str, str]]]:
    """Names of fx's nodes, named as layerwalk does, and the edges between them.

    Placeholders, parameters, outputs, and what makes no tensors (sizes) are left out.
    """
    tracer = fx.Tracer()
    graph = tracer.trace(model)
    names: dict[fx.Node, str] = {}
    counts: dict[str, int] = {}
    for node in graph.nodes:
        base = _base_name(node, model)
        if base is not None:
            counts[base] = counts.get(base, 0) + 1
            names[node] = base if counts[base] == 1 else f"{base}:{counts[base]}"
    edges = {
        (names[source], names[node])
        for node in names
        for source in node.all_input_nodes
        if source in names
    }
    return list(names.values()), edges


def _base_name(node: fx.Node, model: nn.Module) -> str | None:
    if node.op == "call_module":
        return str(node.target)
    if node.op not in ("call_function", "call_method"):
        return None
    op = node.target if isinstance(node.target, str) else op_name(node.target)
    op = {"floordiv": "floor_divide", "iadd": "add"}.get(op, op)
    makes_no_tensor = {"size", "dim", "getattr"}
    if op in makes_no_tensor or (op == "getitem" and _reads_a_size(node)):
        return None
    stack = list(node.meta["nn_module_stack"].values()) if "nn_module_stack" in node.meta else []
    path = stack[-1][0] if stack else ""
    return f"{path}/{op}" if path else op


def _reads_a_size(node: fx.Node) -> bool:
    source = node.args[0]
    return isinstance(source, fx.Node) and source.target in ("size", getattr, operator.getitem)


def efficientnet_lite0() -> nn.Module:
    from efficientnet_lite_pytorch import EfficientNet

    return EfficientNet.from_name("efficientnet-lite0")


def models() -> Iterator[tuple[str, Callable[[], nn.Module]]]:
    for name in ("resnet18", "resnet50", "densenet121", "mobilenet_v3_small"):
        yield name, lambda name=name: getattr(torchvision.models, name)(weights=None)
    yield "googlenet", lambda: torchvision.models.googlenet(weights=None, init_weights=False)
    yield "efficientnet_lite0", efficientnet_lite0


@pytest.mark.parametrize(("name", "build"), list(models()))
def test_same_nodes_and_edges_as_fx(name: str, build: Callable[[], nn.Module]) -> None:
    torch.set_num_threads(1)
    model = build().eval()
    network = introspection.trace(model, torch.rand(1, 3, 64, 64))
    nodes, edges = fx_network(model)
    assert len(nodes) > 40
    assert [node.name for node in network.nodes] == nodes
    assert {(edge.source, edge.target) for edge in network.edges} == edges
