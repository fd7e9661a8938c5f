"""Where networks come from, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torch import nn
from torchvision import models

from layerwalk import sources
from layerwalk.errors import SourceError, Unsafe, instead, nearest
from layerwalk.sources import LoadedNetwork
from layerwalk.sources.titles import title_of

CODE = """
import functools
import torch
from torch import nn
from helper_of_net import WIDTH

class Net(nn.Module):
    def __init__(self, width=WIDTH):
        super().__init__()
        self.conv = nn.Conv2d(1, width, 3)

    def forward(self, x):
        return self.conv(x)

def build():
    return Net(5)

def needs(width):
    return Net(width)

@functools.wraps(needs)
def given():
    return Net(4)

def hidden(*arguments):
    return needs(*arguments)

def wrong():
    return 42

def broken():
    raise OSError("no disk")

network = Net(2)
number = 7
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "helper_of_net.py").write_text("WIDTH = 3")
    path = tmp_path / "net.py"
    path.write_text(CODE)
    return path


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache of torch's."""
    monkeypatch.setattr(torch.hub, "get_dir", lambda: str(tmp_path))
    (tmp_path / "checkpoints").mkdir()
    return tmp_path / "checkpoints"


def run(loaded: LoadedNetwork) -> torch.Tensor:
    with torch.inference_mode():
        output: torch.Tensor = loaded.model(loaded.example_input)
    return output


# ---------------------------------------------------------------- the demo


def test_the_demo_calls_the_coffee_cup_an_espresso_and_the_cat_a_cat() -> None:
    demo, shelf = sources.load("demo"), sources.demo_shelf()
    assert demo.title == "EfficientNet-Lite0"
    assert demo.warning == ""
    assert not demo.model.training
    assert demo.preprocess is not None

    def best(picture: str) -> tuple[str, float]:
        assert demo.preprocess is not None
        with torch.inference_mode():
            scores = demo.model(demo.preprocess(shelf.load(picture)).tensor)[0].softmax(0)
        return demo.class_names[int(scores.argmax())], float(scores.max())

    name, confidence = best("coffee")
    assert name == "espresso"
    assert confidence > 0.9
    assert best("chelsea")[0] in ("tiger cat", "tabby", "Egyptian cat")


def test_the_demo_shelf_holds_photographs_cat_first_coffee_second() -> None:
    pictures = sources.demo_shelf().pictures()
    assert [picture.id for picture in pictures[:2]] == ["chelsea", "coffee"]
    assert {"astronaut", "rocket", "flower", "china"} <= {picture.id for picture in pictures}
    assert min(picture.width * picture.height for picture in pictures) > 100_000


# ---------------------------------------------------------------- torchvision


def test_without_cached_weights_they_are_random_and_it_says_so(hub: Path) -> None:
    loaded = sources.load("torchvision:resnet18")
    assert loaded.weights == "random"
    assert "--weights default" in loaded.warning
    assert "45 MB" in loaded.warning
    assert len(loaded.class_names) == 1000
    assert loaded.example_input.shape == (1, 3, 224, 224)
    again = sources.load("torchvision:resnet18", weights="none")
    assert again.warning == "resnet18 has random weights"
    assert loaded.preprocess is not None
    assert "these weights" not in loaded.preprocess.description
    for one, other in zip(loaded.model.parameters(), again.model.parameters(), strict=True):
        assert torch.equal(one, other), "random weights are the same at every start"


def test_random_weights_leave_the_random_numbers_alone() -> None:
    torch.manual_seed(3)
    expected = torch.rand(4)
    torch.manual_seed(3)
    sources.load("torchvision:squeezenet1_1", weights="none")
    assert torch.equal(torch.rand(4), expected)


def test_cached_default_weights_are_used(hub: Path) -> None:
    from torchvision import models

    # The cache's files carry the beginning of their hash in the name; torch checks it only
    # when it downloads.
    name = models.SqueezeNet1_1_Weights.DEFAULT.url.rsplit("/", 1)[1]
    trained = models.squeezenet1_1(weights=None)
    torch.save(trained.state_dict(), hub / name)
    loaded = sources.load("torchvision:squeezenet1_1")
    assert loaded.weights == "SqueezeNet1_1_Weights.IMAGENET1K_V1"
    assert loaded.warning == ""
    assert torch.equal(
        loaded.model.state_dict()["features.0.weight"], trained.state_dict()["features.0.weight"]
    )


def test_a_cached_file_that_is_more_than_weights_runs_nothing(hub: Path) -> None:
    from torchvision import models

    name = models.SqueezeNet1_1_Weights.DEFAULT.url.rsplit("/", 1)[1]
    torch.save(models.squeezenet1_1(weights=None), hub / name)
    with pytest.raises(Exception, match=r"[Ww]eights.only"):
        sources.load("torchvision:squeezenet1_1")


def test_default_weights_alone_download(hub: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def refused(url: str, *_: object, **__: object) -> None:
        asked.append(url)
        raise OSError("no network here")

    monkeypatch.setattr(torch.hub, "download_url_to_file", refused)
    sources.load("torchvision:squeezenet1_1")
    assert asked == []
    with pytest.raises(SourceError, match="could not be downloaded"):
        sources.load("torchvision:squeezenet1_1", weights="default")
    assert len(asked) == 1


def test_detectors_and_segmenters_download_no_backbone_either(
    hub: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("it wanted to download")

    monkeypatch.setattr(torch.hub, "download_url_to_file", refused)
    loaded = sources.load("torchvision:lraspp_mobilenet_v3_large")
    assert len(loaded.class_names) == 21
    assert loaded.preprocess is not None
    assert loaded.preprocess.input_size == (520, 520)


def test_the_input_size_reaches_the_example_and_the_preprocessing() -> None:
    loaded = sources.load("torchvision:squeezenet1_1", weights="none", input_size=(96, 128))
    assert loaded.example_input.shape == (1, 3, 96, 128)
    assert loaded.preprocess is not None
    assert loaded.preprocess.input_size == (96, 128)
    assert run(loaded).shape == (1, 1000)


def test_optical_flow_takes_two_pictures() -> None:
    loaded = sources.load("torchvision:raft_small", weights="none")
    assert [tuple(one.shape) for one in loaded.example_input] == [(1, 3, 224, 224)] * 2


def test_a_video_network_gets_frames() -> None:
    loaded = sources.load("torchvision:mc3_18", weights="none")
    assert loaded.example_input.shape == (1, 3, 16, 112, 112)


def test_an_unknown_model_gets_near_names() -> None:
    with pytest.raises(SourceError, match=r"no model 'resnet51'; nearest: .*resnet50"):
        sources.load("torchvision:resnet51")


@pytest.mark.parametrize("source", ["", "resnet50", "torchvision", ":", "a:", ":b"])
def test_what_names_no_network_is_refused(source: str) -> None:
    with pytest.raises(SourceError, match="names no network; give demo, torchvision:resnet50"):
        sources.load(source)


# ---------------------------------------------------------------- callables


@pytest.mark.parametrize(
    ("name", "width"), [("Net", 3), ("build", 5), ("given", 4), ("network", 2)]
)
def test_files_give_classes_functions_and_networks(file: Path, name: str, width: int) -> None:
    loaded = sources.load(f"{file}:{name}", input_size=(20, 30))
    assert loaded.title == "Net"
    assert run(loaded).shape == (1, width, 18, 28)
    assert loaded.preprocess is not None
    assert not loaded.model.training


def test_modules_are_found_installed_and_in_the_folder(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sources.load("torchvision.models:squeezenet1_1").title == "SqueezeNet"
    monkeypatch.chdir(file.parent)
    file.rename(file.with_name("my_own_module.py"))
    assert sources.load("my_own_module:build").title == "Net"


def test_a_callable_s_weights_are_mentioned_unless_they_were_chosen(file: Path) -> None:
    source = f"{file}:build"
    loaded = sources.load(source)
    assert loaded.warning == (
        "no --weights were given: they are as 'build' made them, random perhaps"
    )
    assert sources.load(source, weights="none").warning == ""
    weights = file.with_name("net.pth")
    torch.save(loaded.model.state_dict(), weights)
    assert sources.load(source, weights=weights).warning == ""


@pytest.mark.parametrize(
    ("name", "known", "remedy"),
    [
        ("resnet51", ["resnet50", "view"], "; nearest: 'resnet50'"),
        ("nope", ["notmodel", "broken", "nn"], ""),
        ("zzz", ["rocket", "coffee"], ""),
        ("layer1.conv", ["layer1.0.conv1", "view"], "; nearest: 'layer1.0.conv1'"),
    ],
)
def test_only_names_that_come_near_are_proposed(name: str, known: list[str], remedy: str) -> None:
    assert nearest(name, known) == remedy


@pytest.mark.parametrize(
    ("known", "remedy"),
    [
        (["stem", "note"], "; nearest: 'note'"),
        (["stem", "body", "head"], "; there are 'stem', 'body', 'head'"),
        (["stem", "body", "head", "fc"], "; there are 'stem', 'body', 'head' and 1 more"),
        (["stem"], "; there is 'stem'"),
        ([], ""),
    ],
)
def test_where_nothing_comes_near_the_first_few_are_told(known: list[str], remedy: str) -> None:
    assert instead("nope", known) == remedy


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("densenet121", "DenseNet-121"),
        ("googlenet", "GoogLeNet"),
        ("resnet50", "ResNet-50"),
        ("resnext101_32x8d", "ResNeXt-101 32×8d"),
        ("wide_resnet50_2", "Wide ResNet-50-2"),
        ("efficientnet_b0", "EfficientNet-B0"),
        ("efficientnet_v2_s", "EfficientNet V2-S"),
        ("mobilenet_v3_large", "MobileNet V3 Large"),
        ("shufflenet_v2_x0_5", "ShuffleNet V2 ×0.5"),
        ("squeezenet1_1", "SqueezeNet 1.1"),
        ("regnet_y_1_6gf", "RegNetY-1.6GF"),
        ("vgg11_bn", "VGG-11 BN"),
        ("vit_b_16", "ViT-B/16"),
        ("swin_t", "Swin-T"),
        ("swin3d_b", "Swin3D-B"),
        ("maskrcnn_resnet50_fpn_v2", "Mask R-CNN ResNet-50 FPN V2"),
    ],
)
def test_models_are_called_as_in_papers(name: str, title: str) -> None:
    assert title_of(name) == title


def test_every_title_is_one_of_its_own() -> None:
    names = models.list_models()
    titles = [title_of(name) for name in names]
    assert len(set(titles)) == len(names)
    assert not any("_" in title or "  " in title for title in titles)
    assert sources.load("torchvision:squeezenet1_1", weights="none").title == "SqueezeNet 1.1"


def test_networks_of_vectors_take_vectors() -> None:
    loaded = sources.load("torch.nn:Identity")
    assert loaded.example_input.shape == (1, 3, 224, 224)
    assert sources.example_input_for(nn.Sequential(nn.Linear(7, 2))).shape == (1, 7)


def test_networks_of_waves_take_a_batch_of_them() -> None:
    pool = nn.AdaptiveAvgPool1d(1)
    model = nn.Sequential(nn.Conv1d(2, 16, 80, 4), nn.ReLU(), pool, nn.Flatten(), nn.Linear(16, 3))
    example = sources.example_input_for(model)
    assert example.shape[:2] == (1, 2)
    assert model(example).shape == (1, 3)
    assert sources.example_input_for(model, (8, 9)).shape == (1, 3, 8, 9)


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float64])
def test_the_example_is_of_the_type_of_the_parameters(file: Path, dtype: torch.dtype) -> None:
    text = file.read_text() + f"\nother = Net(2).to({dtype})\n"
    file.write_text(text)
    loaded = sources.load(f"{file}:other", input_size=(8, 8))
    assert loaded.example_input.dtype == dtype
    assert run(loaded).shape == (1, 2, 6, 6)


def test_networks_of_tokens_take_integers(tmp_path: Path) -> None:
    model = nn.Sequential(nn.Embedding(5, 4), nn.Linear(4, 3)).half()
    example = sources.example_input_for(model)
    assert (example.dtype, tuple(example.shape)) == (torch.int64, (1, 16))
    (tmp_path / "tokens.py").write_text(
        "from torch import nn\nmodel = nn.Sequential(nn.Embedding(5, 4), nn.Linear(4, 3))"
    )
    loaded = sources.load(f"{tmp_path / 'tokens.py'}:model")
    assert loaded.preprocess is None  # 16 values would make a picture of 4 x 4
    assert run(loaded).shape == (1, 16, 3)


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("biuld", r"there is no 'biuld'; nearest: 'build'"),
        ("needs", "cannot be called without arguments"),
        ("hidden", "raised TypeError: .*missing 1 required positional argument: 'width'"),
        ("wrong", r"returned an int; return a torch.nn.Module"),
        ("broken", "raised OSError: no disk"),
        ("number", "is an int; name a network"),
    ],
)
def test_what_is_no_network_is_explained(file: Path, name: str, problem: str) -> None:
    with pytest.raises(SourceError, match=problem):
        sources.load(f"{file}:{name}")


def test_resolving_imports_the_module_and_calls_nothing(file: Path) -> None:
    load = sources.resolve(f"{file}:broken", weights="none")
    with pytest.raises(SourceError, match="raised OSError: no disk"):
        load()
    assert sources.resolve(f"{file}:build", weights="none")().title == "Net"


def test_resolving_builds_no_model_and_reads_no_weights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[type] = []
    create = nn.Module.__init__

    def counted(self: nn.Module, *arguments: object, **options: object) -> None:
        built.append(type(self))
        create(self, *arguments, **options)

    monkeypatch.setattr(nn.Module, "__init__", counted)
    weights = tmp_path / "broken.pth"
    weights.write_bytes(b"")
    for source in ("demo", "torchvision:squeezenet1_1"):
        load = sources.resolve(source, weights=weights)
        assert built == []
        with pytest.raises(SourceError, match="no weights file"):
            load()
        assert built
        built.clear()


def test_code_that_cannot_be_imported_is_explained(tmp_path: Path) -> None:
    path = tmp_path / "net.py"
    with pytest.raises(SourceError, match="does not exist"):
        sources.load(f"{path}:build")
    path.write_text("def build(:")
    with pytest.raises(SourceError, match="raised SyntaxError"):
        sources.load(f"{path}:build")
    path.write_text("import sys; sys.exit('usage: net.py FILE')")
    with pytest.raises(SourceError, match=r"raised SystemExit: usage: net\.py FILE"):
        sources.load(f"{path}:build")
    path.write_text("import no_such_package")
    with pytest.raises(SourceError, match=r"no_such_package.*install what it needs"):
        sources.load(f"{path}:build")
    with pytest.raises(SourceError, match="no module 'no_such_package'"):
        sources.load("no_such_package.models:build")
    with pytest.raises(SourceError, match="has no default weights"):
        sources.load("torch.nn:Identity", weights="default")


# ---------------------------------------------------------------- weights


@pytest.mark.parametrize(
    "wrap",
    [
        lambda state: state,
        lambda state: {"state_dict": state, "epoch": 3},
        lambda state: {"model": {f"module.{name}": value for name, value in state.items()}},
    ],
)
def test_weights_are_loaded_from_files(file: Path, wrap: object) -> None:
    assert callable(wrap)
    state = {"conv.weight": torch.rand(5, 1, 3, 3), "conv.bias": torch.rand(5)}
    weights = file.with_name("weights.pth")
    torch.save(wrap(state), weights)
    loaded = sources.load(f"{file}:build", weights=weights)
    assert loaded.weights == "weights.pth"
    assert torch.equal(loaded.model.state_dict()["conv.weight"], state["conv.weight"])


def test_weights_that_do_not_fit_are_listed(file: Path) -> None:
    weights = file.with_name("weights.pth")
    torch.save({"conv.weight": torch.rand(6, 1, 3, 3), "head.bias": torch.rand(2)}, weights)
    with pytest.raises(SourceError) as refused:
        sources.load(f"{file}:build", weights=weights)
    text = str(refused.value)
    assert "the file lacks conv.bias" in text
    assert "the network lacks head.bias" in text
    assert "conv.weight (6, 1, 3, 3) in the file, (5, 1, 3, 3) here" in text


class Payload:
    """Would write a file while it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self.path,)


def test_a_file_with_objects_is_refused_and_runs_nothing(file: Path) -> None:
    weights, trace = file.with_name("weights.pth"), file.with_name("it-ran")
    torch.save({"conv.weight": Payload(trace)}, weights)
    with pytest.raises(Unsafe, match=r"convert it where you trust it: torch.save"):
        sources.load(f"{file}:build", weights=weights)
    assert not trace.exists()


@pytest.mark.filterwarnings("ignore:.torch.jit:FutureWarning", "ignore:.torch.load. received")
def test_scripted_networks_are_no_weights(file: Path) -> None:
    weights = file.with_name("weights.pt")
    torch.jit.save(torch.jit.trace(nn.Conv2d(1, 5, 3), torch.zeros(1, 1, 9, 9)), weights)
    with pytest.raises(Unsafe, match="convert"):
        sources.load(f"{file}:build", weights=weights)


PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1"  # to a pickle's reader, opcodes it refuses


@pytest.mark.parametrize(
    "content", [b"", b"hello world", b"root:x:0:0:root:/root:/bin/sh\n", b"PK\x03\x04broken", PNG]
)
def test_a_file_that_is_no_weights_is_explained(file: Path, content: bytes) -> None:
    weights = file.with_name("weights.pth")
    weights.write_bytes(content)
    with pytest.raises(SourceError, match="no weights file"):
        sources.load(f"{file}:build", weights=weights)


def test_missing_weights_are_explained(file: Path) -> None:
    with pytest.raises(SourceError, match=r"'nowhere.pth' does not exist"):
        sources.load(f"{file}:build", weights="nowhere.pth")


def test_a_device_that_is_not_there_is_explained() -> None:
    with pytest.raises(SourceError, match="use --device cpu"):
        sources.load("torchvision:resnet18", device="fpga")
