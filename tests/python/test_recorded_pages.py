"""Pages of HTML that need no Python: how large they are, what they hold, and when none is made."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from torch import nn

import layerwalk
from layerwalk.cli import main
from layerwalk.errors import ExportFailed, InvalidImage, RunFailed, SessionFailed
from layerwalk.exporting import page as pages
from layerwalk.exporting.page import html_page, page_of
from layerwalk.images import encode_png
from layerwalk.kept import Recording
from layerwalk.protocol import frames
from layerwalk.protocol import messages as m

from .small_networks import IMAGE, PICTURE, tiny

CODE = """
from torch import nn

def build():
    return nn.Sequential(nn.Conv2d(3, 4, 3), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, 5))
"""


def recorded(page: str) -> Recording:
    """The recording that a page has."""
    found = re.findall(r'<script type="application/x-layerwalk-recording">([^<]*)</script>', page)
    return Recording.of_chunks(gzip.decompress(base64.b64decode(one)) for one in found)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("page") / "page.html"
    made = layerwalk.export_page(tiny(), PICTURE, file=file, example_input=IMAGE)
    assert made.nbytes == file.stat().st_size
    return file.read_text("utf-8")


def test_a_page_has_what_a_viewer_is_sent(page: str) -> None:
    decoded = [frames.decode_bridge(frames.split(one))[0] for one in recorded(page).messages]
    assert {one.layer for one in decoded if isinstance(one, m.Pages)} == {
        "0.0",
        "0.1",
        "1.0",
        "1.1",
    }
    (placed,) = (one for one in decoded if isinstance(one, m.InputPlaced))
    assert placed.picture == "picture"
    (room,) = (one.room for one in decoded if isinstance(one, m.RoomPublished))
    said = {span.text for text in room.texts for span in text.spans}
    assert "Shelf" in said
    assert not {text for text in said if "another photograph" in text}


def test_a_page_lets_nothing_in_and_nothing_out(page: str) -> None:
    """Its one script and its one style are those that its policy names, and no file is outside."""
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    inside = {"script": '<script type="module">(.*?)</script>', "style": "<style>(.*?)</style>"}
    for tag, pattern in inside.items():
        (content,) = re.findall(pattern, page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}';" in policy[1]
    assert "connect-src 'none'" in policy[1]
    assert not re.search(r'(src|href)="(?!data:)', page.partition("<style>")[0])
    assert not re.search(r"url\((?!data:)", re.findall("<style>(.*?)</style>", page, re.DOTALL)[0])


def test_titles_and_scripts_end_no_element_early() -> None:
    assert pages._inline('a("</script><!-- </SCRIPT>")') == b'a("<\\/script><\\!-- <\\/SCRIPT>")'
    (head, *_) = pages._document("<script>alert(1)</script>", [])
    assert b"<script>" not in head


def test_a_page_that_is_too_large_is_not_written(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    with pytest.raises(ExportFailed, match=r"would have \d+ MB.*most_mb="):
        layerwalk.export_page(tiny(), PICTURE, file=file, example_input=IMAGE, most_mb=0.1)
    assert not file.exists()


def test_no_page_replaces_a_file_unasked(tmp_path: Path) -> None:
    made = page_of(tiny(), PICTURE, example_input=IMAGE)
    (tmp_path / "page.html").write_text("mine")
    with pytest.raises(ExportFailed, match="exists already"):
        made.write(tmp_path / "page.html")
    assert (tmp_path / "page.html").read_text() == "mine"
    with pytest.raises(ExportFailed, match="cannot be written"):
        made.write(tmp_path / "nowhere" / "page.html")
    made.write(tmp_path / "page.html", force=True)
    assert (tmp_path / "page.html").stat().st_size == made.nbytes


def test_what_cannot_be_shown_is_told(tmp_path: Path) -> None:
    (tmp_path / "broken.png").write_bytes(b"no image")
    with pytest.raises(InvalidImage, match=r"broken\.png"):
        page_of(tiny(), tmp_path / "broken.png", example_input=IMAGE)
    with pytest.raises(ExportFailed, match="budget of 0 MB"):
        page_of(tiny(), PICTURE, budget_mb=0)

    class Picky(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.conv = nn.Conv2d(3, 4, 3)

        def forward(self, image: Any) -> Any:
            if image.mean() > 1:
                raise ValueError("too bright by far")
            return self.conv(image)

    white = np.full((20, 24, 3), 255, np.uint8)
    with pytest.raises(RunFailed, match="too bright by far"):
        page_of(Picky(), white, example_input=-IMAGE.abs())


def test_a_kept_session_becomes_a_page_without_its_network(tmp_path: Path) -> None:
    file = tmp_path / "room.layerwalk"
    with layerwalk.serve(tiny(), IMAGE, {"cat": PICTURE}) as bridge:
        bridge.save(file)
        with pytest.raises(SessionFailed, match="--activations"):
            page_of(file)
        bridge.save(file, activations=True)
        whole = html_page(bridge.record())
    assert page_of(str(file)).nbytes == pytest.approx(whole.nbytes, rel=0.01)
    with pytest.raises(ExportFailed, match="leave --image out"):
        page_of(file, PICTURE)


Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    def run(*arguments: object) -> Any:
        monkeypatch.setattr(sys, "argv", ["layerwalk", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capfd.readouterr()
        return ended.value.code or 0, out, err

    return run


def test_the_command_says_how_large_the_page_is_and_asks_above_a_bound(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DISPLAY", "")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    (tmp_path / "small.py").write_text(CODE)
    (tmp_path / "cat.png").write_bytes(encode_png(PICTURE))
    export = ("export", "small.py:build", "--weights", "none", "--input-size", 16, 16)
    asked = (*export, "--image", "cat.png", "--html", "-o", "page.html")
    monkeypatch.setattr(pages, "MOST_MB", 0.1)
    code, out, err = command(*asked)
    assert (code, (tmp_path / "page.html").exists()) == (1, False)
    assert re.fullmatch(r"Sequential: 4 layers; the page has (9\d\d kB|1\.\d+ MB)\n", out)
    assert "--budget-mb" in err
    assert "--yes" in err
    code, out, err = command(*asked, "--yes")
    assert (code, err) == (0, "")
    assert out.endswith("wrote page.html\n")
    assert "exists already" in command(*asked, "--yes")[2]
    assert command(*asked, "--yes", "--force")[0] == 0
    assert "goes without --html" in command(*asked, "--layers", "0", "--force")[2]

    with layerwalk.serve(tiny(), IMAGE) as bridge:
        bridge.save(tmp_path / "room.layerwalk", activations=True)
    code, out, err = command("open", "room.layerwalk", "--recorded")
    assert (code, err) == (0, "")
    found = re.search(r"the recording is at file://(\S+)\n", out)
    assert found
    assert recorded(Path(found[1]).read_text("utf-8")).messages
