"""The command: what it prints, how it fails, and that it walks."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

import layerwalk
from layerwalk.cli import browser, main
from layerwalk.cli.arguments import expanded_arguments
from layerwalk.errors import MissingBrowser

from .viewers import ended

NETWORK = """
from torch import nn

class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(4, 4, 3, padding=1)

    def forward(self, x):
        return x + self.conv(x)

NETWORKS = 1

def build():
    head = (nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, 5))
    return nn.Sequential(nn.Conv2d(3, 4, 3), Block(), *head)
"""


@pytest.fixture
def source(tmp_path: Path) -> str:
    """A small network in a file, as SOURCE."""
    (tmp_path / "small.py").write_text(NETWORK)
    return f"{tmp_path / 'small.py'}:build"


Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    """Runs the command in this process: exit status, stdout and stderr."""
    monkeypatch.setattr(warnings, "showwarning", warnings.showwarning)  # main replaces it
    monkeypatch.setattr(warnings, "filters", [("default", None, Warning, None, 0)])
    monkeypatch.delenv("LAYERWALK_DEBUG", raising=False)

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["layerwalk", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        code = ended.value.code
        assert code is None or isinstance(code, int)
        return code or 0, out, err

    return run


# ---------------------------------------------------------------- help


def test_help_is_quick_and_imports_no_torch() -> None:
    """How long it takes is how much it imports."""
    command = [sys.executable, "-X", "importtime", "-m", "layerwalk", "--help"]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    for name in ("demo", "walk", "trace"):
        assert re.search(rf"^ +{name} ", result.stdout, re.MULTILINE)
    imported = set(re.findall(r"\| +([\w.]+)$", result.stderr, re.MULTILINE))
    assert "layerwalk.cli.main" in imported
    slow = {"torch", "numpy", "zmq", "aiohttp", "PIL", "cv2", "msgspec", "rich", "asyncio"}
    assert not imported & slow


@pytest.mark.parametrize("wrong", ["host", "port"])
def test_an_address_that_cannot_be_is_refused_before_torch_is_imported(wrong: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        value = {"host": "192.0.2.7", "port": str(taken.getsockname()[1])}[wrong]
        command = [sys.executable, "-X", "importtime", "-m", "layerwalk", "demo"]
        result = subprocess.run(
            [*command, f"--{wrong}", value], capture_output=True, text=True, check=False
        )
    assert result.returncode == 1
    assert "error: " in result.stderr
    assert not {"torch", "numpy"} & set(re.findall(r"\| +([\w.]+)$", result.stderr, re.MULTILINE))


def test_ctrl_c_while_the_command_is_imported_ends_it_quietly(tmp_path: Path) -> None:
    (tmp_path / "typer.py").write_text("import signal\nsignal.raise_signal(signal.SIGINT)")
    result = subprocess.run(
        [sys.executable, "-m", "layerwalk", "--help"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
    )
    assert (result.returncode, result.stdout, result.stderr) == (130, "", "")


def test_importing_layerwalk_imports_no_torch() -> None:
    code = "import sys, layerwalk; sys.exit('torch' in sys.modules or 'numpy' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_version_is_the_package_s(command: Command) -> None:
    import layerwalk

    assert command("--version") == (0, f"layerwalk {layerwalk.__version__}\n", "")


# ---------------------------------------------------------------- trace


def test_trace_prints_json(command: Command, source: str) -> None:
    code, out, err = command("trace", source, "--json", "--input-size", 16, 20, "--weights", "none")
    assert (code, err) == (0, "")
    network = json.loads(out)
    names = [node["name"] for node in network["nodes"]]
    assert names[:4] == ["0", "1.conv", "1/add", "2"]
    assert network["nodes"][0]["kind"] == "Conv2d"
    axes = [(axis["name"], axis["size"]) for axis in network["nodes"][0]["axes"]]
    assert [size for _, size in axes] == [1, 4, 14, 18]
    edges = [(edge["source"], edge["target"]) for edge in network["edges"]]
    assert {("0", "1.conv"), ("0", "1/add"), ("1.conv", "1/add")} <= set(edges)
    assert "1" in [block["name"] for block in network["blocks"]]


def test_trace_prints_a_tree_with_shapes_and_parameters(command: Command, source: str) -> None:
    code, out, _ = command("trace", source, "--input-size", 16, 20)
    assert code == 0
    lines = [line.strip() for line in out.splitlines()]
    assert lines[0].startswith("Sequential  ")
    assert "285 parameters" in lines[0]  # 3·4·9 + 4, 4·4·9 + 4, 4·5 + 5
    assert any(re.search(r"0 Conv2d  1 × 4 × 14 × 18  112 parameters$", line) for line in lines)
    assert any(re.search(r"1 Block  148 parameters$", line) for line in lines)
    assert any(re.search(r"│ .*1/add add  1 × 4 × 14 × 18$", line) for line in lines)


def test_trace_keeps_warnings_out_of_its_output(command: Command) -> None:
    code, out, err = command("trace", "torchvision:squeezenet1_1", "--json", "--weights", "none")
    assert code == 0
    assert len(json.loads(out)["nodes"]) > 50
    assert err == "warning: squeezenet1_1 has random weights\n"


# ---------------------------------------------------------------- errors


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["trace", "torchvision:resnet51"], 1, "nearest: 'resnet50'"),
        (["trace", "nonsense"], 1, "names no network; give demo"),
        (["trace", "nowhere.py:build"], 1, "does not exist"),
        (["trace", "demo", "--weights", "nowhere.pth"], 1, "'nowhere.pth' does not exist"),
        (["trace", "demo", "--device", "fpga"], 1, "use --device cpu"),
        (["trace", "torchvision:vit_b_16", "--weights", "none", "--input-size", "64", "64"],
         1, "raised AssertionError: Wrong image height"),
        (["demo", "--host", "example.com"], 1, "'example.com' is no address to listen on"),
        (["demo", "--host", "192.0.2.7"], 1, "192.0.2.7:0 cannot be listened on"),
        (["demo", "--images", "nowhere"], 1, "'nowhere' does not exist"),
        (["demo", "--image", "nowhere.png"], 1, "'nowhere.png' does not exist"),
        (["demo", "--screenshot", "no/such/folder.png"], 1, "'no/such' does not exist"),
        (["walk"], 2, "SOURCE is missing"),
        (["walk", "demo", "--prot", "1"], 2, "No such option"),
        (["walk", "demo", "--port", "70000"], 2, "--port"),
        (["walk", "demo", "--input-size", "0", "9"], 2, "--input-size"),
        (["walk", "demo", "--config", "nowhere.toml"], 2, "'nowhere.toml' cannot be read"),
        (["wlak", "demo"], 2, "No such command"),
    ],
)  # fmt: skip
def test_errors_are_clear(command: Command, arguments: list[str], code: int, words: str) -> None:
    status, _, err = command(*arguments)
    assert status == code
    assert words in err
    if code == 1:
        assert [line.split(":")[0] for line in err.splitlines()][-1] == "error"
        assert err.count("error:") == 1


def test_a_picture_that_is_none_is_refused_before_anything_starts(
    command: Command, tmp_path: Path
) -> None:
    (tmp_path / "cat.png").write_text("meow")
    code, out, err = command("demo", "--image", tmp_path / "cat.png")
    assert (code, out) == (1, "")
    assert f"error: '{tmp_path / 'cat.png'}': the bytes are no image in a known format" in err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["torchvision:resnet51"], "nearest: 'resnet50'"),
        (["nonsense"], "names no network; give demo"),
        (["nowhere.py:build"], "'nowhere.py' does not exist"),
        (["no_such_package:build"], "no module 'no_such_package'"),
        (["{folder}/small.py:biuld"], "there is no 'biuld'; nearest: 'build'"),
        (["{folder}/small.py:NETWORKS"], "is an int; name a network"),
        (["torch.nn:Linear"], "without arguments (missing a required argument: 'in_features')"),
        (["{source}", "--weights", "nowhere.pth"], "'nowhere.pth' does not exist"),
        (["{source}", "--weights", "default"], "has no default weights"),
        (["torchvision:resnet18", "--weights", "nowhere.pth"], "'nowhere.pth' does not exist"),
        (["demo", "--weights", "nowhere.pth"], "'nowhere.pth' does not exist"),
        (["{source}", "--device", "fpga"], "use --device cpu"),
        (["{source}", "--image", "nowhere.png"], "'nowhere.png' does not exist"),
        (["{source}", "--images", "nowhere"], "'nowhere' does not exist"),
        (["{source}", "--screenshot", "out.gif"], "'out.gif' is no name for a picture"),
        (["{source}", "--layout", "cube"], "'cube' is no layout; there are linear, spiral, tower"),
        (["{source}", "--host", "0.0.0.0", "--tls-cert", "c"], "--tls-key is missing"),
        (["{source}", "--host", "example.com"], "no address to listen on"),
        (["{source}", "--host", "0.0.0.0", "--zeromq-port", "{taken}"], "cannot be listened on"),
        (["{source}", "--host", "0.0.0.0", "--curve-key", "{folder}"], "cannot be used"),
        (["{source}", "--port", "{taken}"], "cannot be listened on (Address already in use)"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_what_is_wrong_is_said_before_there_is_an_address(
    command: Command,
    source: str,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    words: str,
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("layerwalk.cli.walk.open_in_browser", opened.append)
    folder = Path(source.rpartition(":")[0]).parent
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        given = [one.format(source=source, folder=folder, taken=port) for one in arguments]
        code, out, err = command("walk", *given)
    assert (code, out, opened) == (1, "", [])
    errors = [line for line in err.splitlines() if not line.startswith("warning: ")]
    assert len(errors) == 1
    assert errors[0].startswith("error: ")
    assert words in errors[0]


def test_no_browser_is_opened_for_a_network_that_fails_at_once(
    command: Command, source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("layerwalk.cli.walk.open_in_browser", opened.append)
    file = Path(source.rpartition(":")[0])
    file.write_text(file.read_text() + "\n\ndef failing():\n    raise ValueError('not today')\n")
    code, _, err = command("walk", f"{file}:failing")
    assert (code, opened) == (1, [])
    assert "not today" in err


def test_debugging_shows_where(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAYERWALK_DEBUG", "1")
    command = [sys.executable, "-m", "layerwalk", "trace", "nonsense"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert "Traceback" in result.stderr
    assert "SourceError: 'nonsense' names no network" in result.stderr


# ---------------------------------------------------------------- options


def test_images_takes_several_paths() -> None:
    def expanded(line: str) -> str:
        return " ".join(expanded_arguments(line.split()))

    assert expanded("walk demo --images a b c --port 3") == (
        "walk demo --images a --images b --images c --port 3"
    )
    assert expanded("walk --images a b torchvision:resnet18") == (
        "walk --images a --images b torchvision:resnet18"
    )
    assert expanded("walk demo --images=a --images b") == "walk demo --images=a --images b"
    assert expanded("trace demo --json") == "trace demo --json"


def test_a_config_gives_options_and_the_command_line_wins(command: Command, source: str) -> None:
    folder = Path(source.split(":")[0]).parent
    config = folder / "small.toml"
    config.write_text(
        'source = "small.py:build"\ninput-size = [16, 20]\njson = true\nweights = "none"\n'
    )

    def first_shape(*arguments: str) -> list[int]:
        code, out, err = command("trace", "--config", config, *arguments)
        assert (code, err) == (0, "")
        return [axis["size"] for axis in json.loads(out)["nodes"][0]["axes"]]

    assert first_shape() == [1, 4, 14, 18]
    assert first_shape("--input-size", "10", "12") == [1, 4, 8, 10]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("devise = 'cpu'", "'devise' in '{file}' is no option; nearest: 'device'"),
        ("input-size = [3]", "input"),
        ("port = 'high'", "port"),
        ("port = ", "is no TOML"),
    ],
)
def test_a_wrong_config_is_wrong_usage(
    command: Command, tmp_path: Path, text: str, words: str
) -> None:
    config = tmp_path / "c.toml"
    config.write_text(text)
    code, _, err = command("walk", "demo", "--config", config)
    assert code == 2
    assert words.format(file=config) in err


@pytest.mark.parametrize("file", sorted(Path("configs").glob("*.toml")), ids=str)
def test_the_example_configs_are_understood(file: Path) -> None:
    from layerwalk.cli.config import read_config

    known = ["source", "images", "weights", "input_size", "device", "host", "port", "no_browser"]
    assert read_config(file, known)


@pytest.mark.parametrize("way", ["option", "config"])
def test_a_proxy_s_host_names_are_allowed(
    command: Command, source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """The viewer answers to the names given, and to no others."""
    answers: dict[str, int] = {}

    def ask(bridge: layerwalk.Bridge, *_: object) -> None:
        for host in ("localhost", "gpu.example.org", "lab.example.org", "other.example.org"):
            connection = http.client.HTTPConnection("127.0.0.1", bridge.port, timeout=30)
            connection.request("GET", "/", headers={"Host": host})
            answers[host] = connection.getresponse().status
            connection.close()

    monkeypatch.setattr("layerwalk.cli.walk._stay", ask)
    config = tmp_path / "proxy.toml"
    config.write_text('allowed-host = ["gpu.example.org", "lab.example.org"]\n')
    given = {
        "option": ("--allowed-host", "gpu.example.org", "--allowed-host", "lab.example.org"),
        "config": ("--config", config),
    }
    code, _, err = command("walk", source, *given[way])
    assert code == 0, err
    assert [status < 400 for status in answers.values()] == [True, True, True, False]


@pytest.mark.parametrize("way", ["option", "config"])
def test_the_layout_may_be_chosen(
    command: Command, source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    seen = []

    def look(bridge: layerwalk.Bridge, *_: object) -> None:
        bridge.wait_ready()
        with layerwalk.connect(bridge.endpoint, token=bridge.token) as client:
            seen.append((client.room().layout, client.state()["layout"]["main"]["kind"]))

    monkeypatch.setattr("layerwalk.cli.walk._stay", look)
    (tmp_path / "tower.toml").write_text('layout = "tower"\n')
    given = {"option": ("--layout", "tower"), "config": ("--config", tmp_path / "tower.toml")}
    assert command("walk", source, *given[way])[0] == 0
    assert seen == [("tower", "tower")]


def test_the_environment_may_give_the_token(
    command: Command, source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tokens = []
    monkeypatch.setattr("layerwalk.cli.walk._stay", lambda bridge, *_: tokens.append(bridge.token))
    monkeypatch.setenv("LAYERWALK_TOKEN", "a-token-for-tests")
    assert command("walk", source)[0] == 0
    monkeypatch.setenv("LAYERWALK_TOKEN", "")  # as good as none
    assert command("walk", source)[0] == 0
    monkeypatch.setenv("LAYERWALK_TOKEN", "a-tiny-token")
    code, _, err = command("walk", source)
    assert (code, len(tokens)) == (1, 2)
    assert "LAYERWALK_TOKEN) of 12 characters is refused; give 16 to" in err
    assert tokens[0] == "a-token-for-tests"
    assert len(tokens[1]) >= 16
    assert "a-tiny-token" not in err
    for name in ("demo", "walk"):
        assert "LAYERWALK_TOKEN" in command(name, "--help")[1]
    assert "LAYERWALK_TOKEN" in Path("README.md").read_text()


def test_the_demo_s_weights_are_no_option(command: Command) -> None:
    assert "--weights" not in command("demo", "--help")[1]
    assert "--weights" in command("walk", "--help")[1]


def test_images_that_cannot_be_shown_are_warned_of_in_a_line(
    command: Command, source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("layerwalk.cli.walk._stay", lambda *_: None)
    folder = tmp_path / "pictures"
    folder.mkdir()
    (folder / "notes.txt").write_text("no picture")
    empty = f"warning: there are no images in '{folder}': name others, or drop a file on the page"
    walking = ("walk", source, "--weights", "none", "--images", folder)
    assert command(*walking)[2].splitlines() == [empty]
    (folder / "broken.png").write_text("meow")
    broken = command(*walking)[2].splitlines()[0]
    assert broken.startswith("warning: 'broken.png' was left off the shelf: ")


# ---------------------------------------------------------------- browsers


def test_the_browser_named_by_the_environment_is_taken(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    own = tmp_path / "my-browser"
    own.write_text("#!/bin/sh\n")
    own.chmod(0o755)
    monkeypatch.setenv("LAYERWALK_BROWSER", str(own))
    assert browser.find_browser() == own
    monkeypatch.setenv("LAYERWALK_BROWSER", "no-such-browser")
    with pytest.raises(MissingBrowser, match="'no-such-browser', which is no program"):
        browser.find_browser()
    monkeypatch.delenv("LAYERWALK_BROWSER")
    own.rename(tmp_path / "chromium")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert browser.find_browser() == tmp_path / "chromium"


def test_without_a_browser_a_screenshot_says_what_to_do(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAYERWALK_BROWSER", "no-such-browser")
    code, out, err = command("demo", "--screenshot", "out.png")
    assert (code, out) == (1, "")
    assert "LAYERWALK_BROWSER" in err


# ---------------------------------------------------------------- walking


@pytest.mark.usefixtures("ctrl_c_is_heard")
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_walk_opens_the_browser_serves_and_ends_quietly(
    source: str, tmp_path: Path, ending: signal.Signals
) -> None:
    opened = tmp_path / "opened"
    script = tmp_path / "browser"
    script.write_text(f'#!/bin/sh\necho "$1" > {opened}.part && mv {opened}.part {opened}\n')
    script.chmod(0o755)
    display = ending == signal.SIGINT
    environment = {**os.environ, "BROWSER": str(script), "DISPLAY": ":0" if display else ""}
    environment.pop("WAYLAND_DISPLAY", None)
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "layerwalk", "walk", source, "--input-size", "16", "16"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )
    assert process.stdout is not None
    try:
        url = process.stdout.readline().split()[-1]
        python = process.stdout.readline()
        words = re.fullmatch(r'From Python: layerwalk.connect\("(.+)", token="(.+)"\)\n', python)
        assert words is not None
        layerwalk.connect(words[1], token=words[2]).close()  # raises if the bridge refuses it
        lines = iter(process.stdout.readline, "The network is ready. Ctrl-C ends it.\n")
        said = [line for line in lines if line]
        with urllib.request.urlopen(url) as page:
            assert b"<!doctype html>" in page.read().lower()
        assert opened.exists() == display
        if display:
            assert opened.read_text().strip() == url
        else:
            assert said == ["There is no display here: open the address in a browser.\n"]
    finally:
        process.send_signal(ending)
        _, err = ended(process)
    assert process.returncode == 0
    assert err == (
        "warning: no --weights were given: they are as 'build' made them, random perhaps\n"
    )


@pytest.mark.usefixtures("ctrl_c_is_heard")
def test_walk_says_how_other_machines_are_let_in(source: str, tmp_path: Path) -> None:
    config = tmp_path / "class.toml"
    config.write_text('host = "0.0.0.0"\ncurve-key = "key"\nno-browser = true\n')
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "layerwalk", "walk", source, "--config", str(config)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        said = list(iter(process.stdout.readline, "The network is ready. Ctrl-C ends it.\n"))
        assert said[0].startswith("layerwalk is at http://127.0.0.1:")
        assert said[1].startswith("In the browser of a headset, or of another machine, within 10")
        assert re.fullmatch(r"  https://[^/]+:\d+/[A-HJ-NP-Z2-9]{6}\n", said[2])
        assert said[3].startswith("It will not know the certificate, which has this SHA-256")
        assert len("".join(said[4:6]).replace(" ", "").replace("\n", "").split(":")) == 32
        endpoint, key, token = (line.split()[-1] for line in said[7:10])
        assert [line.split()[0] for line in said[7:10]] == ["endpoint", "server", "token"]
        assert said[10] == (
            f'From Python: layerwalk.connect("{endpoint}", token="{token}", server_key="{key}")\n'
        )
        # Whatever address of this machine it is, it is this machine's.
        here = f"tcp://127.0.0.1:{endpoint.rpartition(':')[2]}"
        layerwalk.connect(here, token=token, server_key=key).close()
        assert (tmp_path / "key").is_file()
    finally:
        process.send_signal(signal.SIGINT)
        ended(process)
    assert process.returncode == 0
