"""Tracing: names, edges, axes and blocks of models that do not make it easy."""

from __future__ import annotations

import pytest
import torch
import torchvision
from torch import nn
from torch.nn import functional as F

from layerwalk.capture import Call
from layerwalk.introspection import network_of, trace
from layerwalk.network import Network, Node, tile_shape

from .models import (
    Attention,
    Nested,
    Raising,
    Residual,
    TwoPaths,
    Views,
    WithDataclass,
)

torch.set_num_threads(1)


def names(network: Network) -> list[str]:
    return [node.name for node in network.nodes]


def edges(network: Network) -> set[tuple[str, str]]:
    return {(edge.source, edge.target) for edge in network.edges}


def node_of(network: Network, name: str) -> Node:
    return next(node for node in network.nodes if node.name == name)


def roles(node: Node) -> str:
    return " ".join(f"{axis.name}:{axis.role}" for axis in node.axes)


def test_a_data_dependent_branch_is_followed() -> None:
    model = TwoPaths()
    assert names(trace(model, torch.ones(1, 3, 8, 8))) == ["conv", "mean", "gt", "bright"]
    assert names(trace(model, -torch.ones(1, 3, 8, 8))) == ["conv", "mean", "gt", "dark"]


def test_a_module_called_twice_is_two_nodes_and_in_place_ops_are_in_the_chain() -> None:
    network = trace(nn.Sequential(nn.Conv2d(4, 4, 1), Residual()), torch.rand(1, 4, 5, 5))
    assert names(network) == ["0", "1.conv", "1.relu", "1/add", "1.relu:2"]
    assert edges(network) == {
        ("0", "1.conv"),
        ("1.conv", "1.relu"),
        ("1.relu", "1/add"),
        ("0", "1/add"),
        ("1/add", "1.relu:2"),
    }
    second = node_of(network, "1.relu:2")
    assert (second.module, second.kind) == ("1.relu", "ReLU")
    assert network.outputs == ("1.relu:2",)
    assert [edge.argument for edge in network.edges if edge.target == "1/add"] == [0, 1]


def test_nested_inputs_and_outputs() -> None:
    example = {"batch": {"a": torch.rand(1, 4), "b": torch.rand(1, 4)}, "scale": torch.rand(1, 1)}
    network = trace(Nested(), example)
    assert [(one.name, one.targets) for one in network.inputs] == [
        ("batch.a", ("left",)),
        ("batch.b", ("right",)),
        ("scale", ("mul",)),
    ]
    assert network.outputs == ("mul", "right", "cat")
    assert edges(network) == {("left", "mul"), ("mul", "cat"), ("right", "cat")}


def test_dataclass_outputs_and_example_as_tuple() -> None:
    network = trace(WithDataclass(), (torch.rand(1, 4),))
    assert names(network) == ["first", "gelu", "second"]
    assert network.outputs == ("second", "gelu")


def test_views_and_writes_through_them() -> None:
    network = trace(Views(), torch.rand(1, 4, 3, 3))
    found = edges(network)
    assert ("chunk", "mul") in found and ("mul", "left") in found
    # `second` shares memory and version with `first`, but nobody wrote into it
    assert ("chunk", "right") in found and ("mul", "right") not in found
    assert ("left", "setitem") in found and ("right", "copy") in found
    assert {source for source, target in found if target == "relu"} >= {"setitem", "copy"}


class _Unusual(nn.Module):
    """Dropout that returns its input, a residual around it, and a module made on the fly."""

    def __init__(self) -> None:
        super().__init__()
        self.dropout = nn.Dropout()
        self.identity = nn.Identity()
        self.flatten = nn.Flatten()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        short = self.identity(x)
        return self.flatten(torch.flatten(self.dropout(x) + short, 1)) + nn.ReLU()(x).contiguous()


def test_ops_that_return_their_very_input_are_nodes_of_their_own() -> None:
    network = trace(_Unusual(), torch.rand(1, 4))
    assert names(network) == [
        *("identity", "dropout", "add", "/flatten", "flatten"),
        *("relu", "contiguous", "add:2"),
    ]
    assert edges(network) == {
        ("identity", "add"),
        ("dropout", "add"),
        ("add", "/flatten"),
        ("/flatten", "flatten"),
        ("flatten", "add:2"),
        ("relu", "contiguous"),
        ("contiguous", "add:2"),
    }
    assert network.inputs[0].targets == ("identity", "dropout", "relu")


@pytest.mark.parametrize(
    ("op", "name"),
    [
        (lambda x: 1 + x, "add"),
        (lambda x: x.add_(1), "add"),
        (lambda x: torch.add(x, 1), "add"),
        (lambda x: 2 - x, "sub"),
        (lambda x: x / 2, "div"),
        (lambda x: x.relu_(), "relu"),
        (lambda x: F.relu(x, inplace=True), "relu"),
        (lambda x: F.max_pool2d(x, 2), "max_pool2d"),
        (lambda x: x[:, :1], "getitem"),
        (lambda x: x.flatten(1), "flatten"),
        (lambda x: torch.concat([x, x]), "cat"),
        (lambda x: x.mT, "mT"),
        (lambda x: x.split(1, dim=1)[0], "split"),
        (lambda x: torch.ops.aten.relu.default(x), "relu"),
        (lambda x: F.interpolate(x, scale_factor=2), "interpolate"),
        (lambda x: (x > 0) & True, ["gt", "bitwise_and"]),
        (lambda x: True ^ (x > 0), ["gt", "bitwise_xor"]),
        (lambda x: torch.rand(x.shape), "rand"),
    ],
)
def test_an_op_has_one_name(op, name: str | list[str]) -> None:
    class Model(nn.Module):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            assert x.shape[0] == x.size(0) and x.dim() == 4  # no nodes
            return op(x.clone())

    expected = ["clone", *([name] if isinstance(name, str) else name)]
    assert names(trace(Model(), torch.rand(1, 2, 4, 4))) == expected


def test_the_inside_of_attention_is_seen() -> None:
    network = trace(Attention().eval(), torch.rand(1, 5, 8))
    seen = names(network)
    assert "layer.self_attn/scaled_dot_product_attention" in seen
    assert "layer.linear1" in seen and "layer/relu" in seen
    assert {"layer", "layer.self_attn"} <= {block.name for block in network.blocks}


def test_vision_transformer_is_one_chain_to_the_head() -> None:
    model = torchvision.models.VisionTransformer(32, 8, 2, 2, 16, 32, num_classes=5).eval()
    network = trace(model, torch.rand(1, 3, 32, 32))
    assert network.outputs == ("heads.head",)
    assert reaching(network, "heads.head") >= {"conv_proj", "encoder.ln"}
    assert roles(node_of(network, "encoder.ln")) == "batch:index token:row feature:column"
    head = node_of(network, "heads.head")
    assert tile_shape(head.axes) == (5, 1, 1)


def test_swin_is_shown_with_its_channels_as_tiles() -> None:
    model = torchvision.models.SwinTransformer([4, 4], 12, [2, 2], [2, 2], [4, 4], num_classes=5)
    network = trace(model.eval(), torch.rand(1, 3, 64, 96))
    linear = node_of(network, "features.2.reduction")
    assert roles(linear) == "batch:index height:row width:column channel:tile"
    assert tile_shape(node_of(network, "features.1.0/add").axes) == (12, 16, 24)
    assert reaching(network, "head") >= {"features.0.0", "features.3.1.mlp.3"}


def reaching(network: Network, target: str) -> set[str]:
    """Every node from which `target` can be reached."""
    found, front = set(), {target}
    while front:
        found |= front
        front = {edge.source for edge in network.edges if edge.target in front} - found
    return found


def test_a_recurrent_network() -> None:
    class Model(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.embedding = nn.Embedding(10, 6)
            self.lstm = nn.LSTM(6, 4, num_layers=2)
            self.head = nn.Linear(4, 3)

        def forward(self, tokens: torch.Tensor) -> torch.Tensor:
            states, (hidden, _) = self.lstm(self.embedding(tokens))
            return self.head(hidden[-1]) + states.mean()

    network = trace(Model(), torch.randint(0, 10, (7, 1)))
    assert names(network) == ["embedding", "lstm", "getitem", "head", "mean", "add"]
    assert ("lstm", "getitem") in edges(network) and ("lstm", "mean") in edges(network)
    lstm = node_of(network, "lstm")
    assert roles(lstm) == "token:row batch:index feature:column"
    assert lstm.details == {"features": "6 → 4", "layers": "2"}


def test_sequences_first_stay_so_behind_layers_that_work_on_features() -> None:
    class Model(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.lstm, self.head = nn.LSTM(8, 16), nn.Linear(16, 4)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return torch.relu(self.head(self.lstm(x)[0]))

    for samples in (1, 2):
        network = trace(Model(), torch.rand(12, samples, 8))
        for node in network.nodes:
            assert roles(node) == "token:row batch:index feature:column"
        assert node_of(network, "head").shape == (12, samples, 4)
    batch_first = trace(nn.LSTM(8, 16, batch_first=True), torch.rand(2, 12, 8))
    assert roles(batch_first.nodes[0]) == "batch:index token:row feature:column"


@pytest.mark.filterwarnings("ignore:enable_nested_tensor")
def test_a_transformer_takes_sequences_first_unless_it_is_told_otherwise() -> None:
    for batch_first in (False, True):
        model = nn.Transformer(8, 2, 1, 1, 16, batch_first=batch_first).eval()
        source, target = torch.rand(10, 2, 8), torch.rand(7, 2, 8)
        if batch_first:
            source, target = source.transpose(0, 1), target.transpose(0, 1)
        network = trace(model, (source, target))
        order = "batch:index token:row" if batch_first else "token:row batch:index"
        for name in ("encoder.layers.0.linear1", "encoder.layers.0.norm2", "decoder.norm"):
            assert roles(node_of(network, name)) == f"{order} feature:column"
        assert [one.axes[0].name for one in network.inputs] == (
            ["batch", "batch"] if batch_first else ["token", "token"]
        )


def test_pictures_and_batches_of_one_that_are_turned_round_keep_their_batch() -> None:
    class Model(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.embed, self.attention = nn.Linear(6, 8), nn.MultiheadAttention(8, 2)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            x = self.embed(x).transpose(0, 1)
            return self.attention(x, x, x)[0]

    network = trace(Model(), torch.rand(1, 9, 6))
    assert roles(node_of(network, "embed")) == "batch:index token:row feature:column"
    assert roles(node_of(network, "transpose")) == "token:row batch:index feature:column"


def test_the_example_and_the_random_generators_are_left_alone() -> None:
    class Model(nn.Module):
        def forward(self, batch: dict[str, torch.Tensor], scale: torch.Tensor) -> torch.Tensor:
            batch["a"].mul_(2)
            return batch["a"] + scale.add_(1) + batch["b"][0] + torch.randn(2)

    shared = torch.ones(2)
    example = ({"a": shared, "b": [shared]}, torch.ones(2))
    torch.manual_seed(5)
    expected = torch.randn(3)
    torch.manual_seed(5)
    outputs: list[torch.Tensor] = []
    trace(Model(), example, consume=lambda call, tensor: outputs.append(tensor.clone()))
    assert torch.equal(torch.randn(3), expected)
    assert all(bool((tensor == 1).all()) for tensor in (shared, example[1]))
    assert example[0]["a"] is example[0]["b"][0] is shared
    # The copy of what was there twice is one tensor too: 2 + 2 + 2, and then the noise.
    assert bool((outputs[-3] == 6).all())


def test_every_kind_of_container_is_kept_when_its_tensors_are_replaced() -> None:
    from types import MappingProxyType

    from layerwalk.capture import cloned

    from .models import Heads, ModelOutput

    tensor = torch.rand(2)
    given = {
        "named": Heads(tensor, 3),
        "data": ModelOutput(tensor, (tensor,)),
        "list": [tensor, None, "text"],
        "read only": MappingProxyType({"x": tensor}),
        "other": (1, 2),
    }
    copy = cloned(given)
    assert type(copy["named"]) is Heads and copy["named"].boxes == 3
    assert type(copy["data"]) is ModelOutput and given["data"].logits is tensor
    copies = [copy["named"].scores, copy["data"].logits, copy["data"].hidden[0], copy["list"][0]]
    assert all(one is copies[0] for one in copies) and copies[0] is not tensor
    assert torch.equal(copy["read only"]["x"], tensor) and copy["list"][1:] == [None, "text"]
    assert copy["other"] is given["other"]


def test_a_pass_that_runs_nothing_is_warned_of() -> None:
    class Generator(nn.Module):
        def forward(self, x: torch.Tensor):
            yield x + 1

    with pytest.warns(UserWarning, match=r"of Generator ran no module and no op.*generator"):
        assert names(trace(Generator(), torch.rand(2))) == []


def test_a_trace_ends_where_its_consumer_raises() -> None:
    seen: list[str] = []

    def consume(call: Call, tensor: torch.Tensor) -> None:
        seen.append(call.name)
        if len(seen) == 2:
            raise LookupError("stopped")

    with pytest.raises(LookupError, match="stopped"):
        trace(nn.Sequential(*[nn.ReLU() for _ in range(5)]), torch.rand(2), consume=consume)
    assert seen == ["0", "1"]


def test_a_detector_with_a_list_of_images() -> None:
    model = torchvision.models.detection.fasterrcnn_mobilenet_v3_large_320_fpn(
        weights=None, weights_backbone=None
    ).eval()
    network = trace(model, ([torch.rand(3, 64, 64), torch.rand(3, 48, 64)],))
    assert [one.name for one in network.inputs] == ["images.0", "images.1"]
    assert roles(Node("", "", "", network.inputs[0].axes)) == "channel:tile height:row width:column"
    assert "roi_heads.box_predictor.cls_score" in names(network)
    assert network.outputs


def test_volumes_show_one_of_their_slices() -> None:
    network = trace(nn.Conv3d(1, 2, 3), torch.rand(1, 1, 5, 6, 7))
    assert names(network) == ["Conv3d"]
    assert roles(network.nodes[0]) == (
        "batch:index channel:tile depth:index height:row width:column"
    )
    assert network.nodes[0].details == {"kernel": "3 × 3 × 3"}


def test_a_compiled_model_runs_uncompiled_and_has_its_own_names() -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("compiled")

    model = Residual()
    plain = trace(model, torch.rand(1, 4, 5, 5))
    assert trace(torch.compile(model, backend=refuse), torch.rand(1, 4, 5, 5)) == plain
    inside = nn.Sequential(nn.Conv2d(4, 4, 1), torch.compile(Residual(), backend=refuse))
    assert names(trace(inside, torch.rand(1, 4, 5, 5)))[1:] == [
        *("1.conv", "1.relu", "1/add", "1.relu:2"),
    ]
    with pytest.raises(Exception, match="compiled"):  # and afterwards it is compiled again
        inside(torch.rand(1, 4, 5, 5))


def test_a_scripted_module_is_one_opaque_node() -> None:
    model = nn.Sequential(nn.Conv2d(4, 4, 1), torch.jit.script(Residual()), nn.ReLU())
    network = trace(model, torch.rand(1, 4, 5, 5))
    assert [(node.name, node.kind) for node in network.nodes][1] == ("1", "Residual")
    assert edges(network) == {("0", "1"), ("1", "2")}
    assert network.nodes[1].parameters == 4 * 4 * 9 + 4
    assert [block.name for block in network.blocks] == []


def test_parametrized_and_frozen_modules_stay_what_they_are() -> None:
    conv = torch.nn.utils.parametrizations.weight_norm(nn.Conv2d(3, 2, 1))
    network = trace(nn.Sequential(conv, nn.Sequential()), torch.rand(1, 3, 4, 4))
    assert [(node.name, node.kind) for node in network.nodes] == [("0", "Conv2d")]
    assert network.nodes[0].parameters == 2 * 3 + 2 + 2


def test_blocks_nest_and_lists_are_blocks_only_where_they_run_as_one() -> None:
    class Model(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.stack = nn.ModuleList([Residual(), Residual()])
            self.convs = nn.ModuleList([nn.Conv2d(4, 4, 1), nn.Conv2d(4, 4, 1)])
            self.norms = nn.ModuleList([nn.BatchNorm2d(4), nn.BatchNorm2d(4)])

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            for layer in self.stack:
                x = layer(x)
            for conv, norm in zip(self.convs, self.norms, strict=True):
                x = norm(conv(x))
            return x

    blocks = trace(Model(), torch.rand(1, 4, 5, 5)).blocks
    assert [(block.name, block.kind, block.parent) for block in blocks] == [
        ("stack", "ModuleList", ""),
        ("stack.0", "Residual", "stack"),
        ("stack.1", "Residual", "stack"),
    ]
    assert blocks[1].nodes == ("stack.0.conv", "stack.0.relu", "stack.0/add", "stack.0.relu:2")
    assert blocks[0].nodes == blocks[1].nodes + blocks[2].nodes


def test_nonnegative_is_known_where_it_holds_and_never_claimed_elsewhere() -> None:
    model = torchvision.models.googlenet(weights=None, init_weights=False).eval()
    network = trace(model, torch.rand(1, 3, 64, 64))
    known = {node.name for node in network.nodes if node.nonnegative}
    assert {"maxpool1", "inception3a/cat", "avgpool", "flatten", "dropout"} <= known
    assert "conv1.conv" not in known and "fc" not in known

    class Ranges(nn.Module):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return torch.arange(-3, 3) + x

    assert not any(node.nonnegative for node in trace(Ranges(), torch.rand(6)).nodes)


def test_details_read_like_labels() -> None:
    class Model(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.conv = nn.Conv2d(3, 6, (3, 5), stride=2, padding=1, groups=3)
            self.weight = nn.Parameter(torch.rand(4, 6, 1, 1))

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            x = F.conv2d(self.conv(x), self.weight, stride=(2, 1))
            return F.adaptive_avg_pool2d(F.avg_pool2d(x, 2), 1)

    network = trace(Model(), torch.rand(1, 3, 32, 32))
    assert {node.name: node.details for node in network.nodes} == {
        "conv": {"kernel": "3 × 5", "stride": "2", "padding": "1", "groups": "3"},
        "conv2d": {"kernel": "1 × 1", "stride": "2 × 1"},
        "avg_pool2d": {"kernel": "2 × 2", "stride": "2"},
        "adaptive_avg_pool2d": {"output size": "1 × 1"},
    }
    assert [node.parameters for node in network.nodes] == [6 * 15 + 6, 24, 0, 0]


def test_parameters_of_efficientnet_lite_are_all_counted() -> None:
    from efficientnet_lite_pytorch import EfficientNet

    model = EfficientNet.from_name("efficientnet-lite0").eval()
    network = trace(model, torch.rand(1, 3, 64, 64))
    assert sum(node.parameters for node in network.nodes) == sum(
        parameter.numel() for parameter in model.parameters()
    )
    stem = node_of(network, "_conv_stem/conv2d")
    assert stem.details == {"kernel": "3 × 3", "stride": "2"}
    assert "_blocks.0" in {block.name for block in network.blocks}


def test_every_shape_is_that_of_the_output() -> None:
    model = torchvision.models.resnet18(weights=None).eval()
    shapes: dict[str, tuple[int, ...]] = {}
    handles = [
        module.register_forward_hook(
            lambda _, __, output, name=name: shapes.__setitem__(name, tuple(output.shape))
        )
        for name, module in model.named_modules()
        if not list(module.children())
    ]
    network = trace(model, torch.rand(2, 3, 64, 64))
    for handle in handles:
        handle.remove()
    own = {node.module: node.shape for node in network.nodes if node.name in shapes}
    assert own == shapes
    assert len({node.name for node in network.nodes}) == len(network.nodes)


def test_raises_what_the_model_raises() -> None:
    with pytest.raises(RuntimeError, match="expected input"):
        trace(Raising(), torch.rand(1, 3, 8, 8))


def test_the_path_is_right_after_the_model_caught_an_exception() -> None:
    network = trace(Raising(catches=True), torch.rand(1, 3, 8, 8))
    assert names(network)[-2:] == ["after", "sigmoid"]


def test_two_passes_the_same_way_make_equal_networks() -> None:
    from layerwalk.capture import record

    model = TwoPaths()
    bright = record(model, (torch.ones(1, 3, 8, 8),), {})
    again = record(model, (torch.full((1, 3, 8, 8), 0.5),), {})
    dark = record(model, (-torch.ones(1, 3, 8, 8),), {})
    first, second, third = (network_of(one, model) for one in (bright, again, dark))
    assert first == second != third
