"""What is printed for a headset: a link, and a QR code that says the same."""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

import layerwalk
from layerwalk.cli.invitation import Invitations
from layerwalk.cli.qr import MAX_CHARACTERS, QUIET, qr_modules, terminal_qr
from layerwalk.errors import TooLarge

from .small_networks import IMAGE, tiny
from .viewers import PATIENCE_S

ANSI = re.compile(r"\x1b\[[0-9;]*m")
HALVES = {" ": (0, 0), "▀": (1, 0), "▄": (0, 1), "█": (1, 1)}
LINK = re.compile(r"https://\S+:\d+/[A-HJ-NP-Z2-9]{6}")
NETWORK = "from torch import nn\n\nbuild = lambda: nn.Conv2d(3, 4, 3)\n"


def read(lines: str) -> str:
    """What a camera reads that is held before these lines of a terminal."""
    drawn = [ANSI.sub("", line)[2:] for line in lines.splitlines()]
    dark = np.array([[HALVES[mark][half] for mark in line] for line in drawn for half in (0, 1)])
    picture = np.kron(np.where(dark, 0, 255), np.ones((6, 6))).astype(np.uint8)
    return str(cv2.QRCodeDetector().detectAndDecode(picture)[0])


@pytest.mark.parametrize(
    "text",
    [
        "https://10.0.0.1:8765/K7M2QX",
        "https://[2001:db8:85a3::8a2e:370:7334]:65535/AAAAAA",
        f"https://{'a' * 40}.lab.example.org:8765/ZZZZZZ",
    ],
)
def test_a_camera_reads_the_link_in_the_terminal(text: str) -> None:
    assert read(terminal_qr(text)) == text


def test_it_is_dark_on_light_with_the_quiet_zone_of_the_standard() -> None:
    rows = np.array(qr_modules("https://10.0.0.1:8765/K7M2QX"))
    assert QUIET == 4
    assert not rows[:4].any() and not rows[-4:].any()
    assert not rows[:, :4].any() and not rows[:, -4:].any()
    assert rows[4, 4:11].all()  # the finder pattern begins right behind it
    assert all("38;5;16;48;5;231" in one for one in terminal_qr("x").splitlines())


def test_what_the_encoder_would_spoil_is_refused() -> None:
    with pytest.raises(TooLarge):
        terminal_qr("x" * (MAX_CHARACTERS + 1))


def test_the_next_link_is_printed_when_one_was_used(capfd: pytest.CaptureFixture[str]) -> None:
    with layerwalk.serve(tiny(), IMAGE, host="0.0.0.0") as bridge:
        invitations = Invitations()
        invitations.begin(bridge)
        for news, said in (("let in", "192.0.2.7 was let in"), ("exposed", "and it is void")):
            invitations.hear(news, "192.0.2.7")  # type: ignore[arg-type]
            assert said in capfd.readouterr().out
        invitations.hear("refused", "192.0.2.7")
        assert capfd.readouterr().out == ""


@pytest.mark.skipif(os.name != "posix", reason="terminals are others here")
@pytest.mark.usefixtures("ctrl_c_is_heard")
def test_at_a_terminal_there_is_a_qr_code_and_enter_makes_another(tmp_path: Path) -> None:
    (tmp_path / "small.py").write_text(NETWORK)
    source = f"{tmp_path / 'small.py'}:build"
    command = ["layerwalk", "walk", source, "--host", "0.0.0.0", "--no-browser"]
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", *command], stdin=theirs, stdout=theirs, stderr=subprocess.DEVNULL
    )
    os.close(theirs)
    try:
        said = until(ours, "Ctrl-C ends it\\.")
        os.write(ours, b"\n")
        said += until(ours, rf"{LINK.pattern}\s")
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE_S)
        os.close(ours)
    assert process.returncode == 0
    first, second = dict.fromkeys(LINK.findall(said))
    assert first != second
    codes = re.findall(r"((?:  \x1b\[38[^\r\n]*\r?\n)+)", said)
    assert [read(code.replace("\r", "")) for code in codes] == [first, second]


def until(terminal: int, end: str) -> str:
    """What is printed until that is."""
    said = b""
    while not re.search(end, said.decode(errors="ignore")):
        said += os.read(terminal, 1 << 16)
    return said.decode()
