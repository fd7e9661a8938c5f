"""`--live`: what the command plays, and what it says of a source that cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest

import layerwalk
from layerwalk.protocol import messages as m

from .live_frames import folder, video
from .test_cli import Command, command, source

__all__ = ["command", "source"]  # its fixtures


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[m.LiveSource]:
    """The live sources that a client is told of by the bridge that the command starts."""
    told: list[m.LiveSource] = []

    def ask(bridge: layerwalk.Bridge, *_: object) -> None:
        with layerwalk.connect(bridge.endpoint, token=bridge.token) as client:
            told.extend(client.live_sources())

    monkeypatch.setattr("layerwalk.cli.walk._stay", ask)
    return told


def test_live_is_repeatable(
    command: Command, source: str, tmp_path: Path, served: list[m.LiveSource]
) -> None:
    clip, photos = video(tmp_path / "clip.avi", 9), folder(tmp_path / "photos", 2)
    code, _, err = command(
        "walk", source, "--input-size", "16", "16", "--live", clip, "--live", photos
    )
    assert code == 0, err
    assert [(one.id, one.kind, one.frames) for one in served] == [
        ("clip", "video", 9),
        ("photos", "folder", 2),
    ]


@pytest.mark.parametrize("line", ['live = "clip.avi"', 'live = ["clip.avi"]'])
def test_a_config_names_live_sources_beside_it(
    command: Command, source: str, tmp_path: Path, served: list[m.LiveSource], line: str
) -> None:
    video(tmp_path / "clip.avi", 9)
    config = tmp_path / "live.toml"
    config.write_text(f"{line}\ninput-size = [16, 16]\n")
    code, _, err = command("walk", source, "--config", config)
    assert code == 0, err
    assert [one.name for one in served] == ["clip.avi"]


def test_a_config_may_name_a_camera(command: Command, source: str, tmp_path: Path) -> None:
    config = tmp_path / "live.toml"
    config.write_text('live = "camera:93"\n')
    code, out, err = command("walk", source, "--config", config)
    assert (code, out) == (1, "")
    assert "camera 93 cannot be opened" in err


@pytest.mark.parametrize(
    ("live", "words"),
    [
        ("camera:93", "camera 93 cannot be opened"),
        ("none.mp4", "'none.mp4' does not exist; name a video"),
        (__file__, "is no video that can be read"),
    ],
)
def test_a_wrong_source_is_one_error_before_the_address(
    command: Command, source: str, live: str, words: str
) -> None:
    code, out, err = command("walk", source, "--live", live, "--no-browser")
    assert (code, out) == (1, "")
    assert err.splitlines()[-1].startswith("error: ")
    assert words in err
    assert sum(line.startswith("error") for line in err.splitlines()) == 1
