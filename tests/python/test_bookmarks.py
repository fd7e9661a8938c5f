"""Bookmarks: the stops of a tour, which all clients of a session share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import torch
from torch import nn

import layerwalk
from layerwalk.errors import InvalidChange, UnknownLayer
from layerwalk.session import Bridge

from .viewers import connect


@pytest.fixture(scope="module")
def bridge() -> Iterator[Bridge]:
    network = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU())
    with layerwalk.serve(network, torch.zeros(1, 3, 8, 8)) as bridge:
        yield bridge


def test_bookmarks_are_a_tour_that_everybody_shares(bridge: Bridge) -> None:
    with connect(bridge) as client, connect(bridge) as other:
        address = f"{bridge.url}#near=0&view=0,1.6,-2,0,0"
        client.bookmark("whole", address, note="All of it.")
        client.bookmark("first", layer="0", order=0)
        client.bookmark("second", layer="1", note="Edges.")
        other.bookmark("third", layer="1", order=2)  # who writes has heard of what was before
        assert list(other.bookmarks) == ["first", "whole", "second", "third"]
        assert [one.order for one in other.bookmarks.values()] == [0, 0, 1, 2]
        assert other.bookmarks["first"].link == "#layer=0"
        # The token of the address is nobody's to read.
        assert other.bookmarks["whole"].link == "#near=0&view=0,1.6,-2,0,0"
        other.bookmark("second", layer="1", note="Corners.")
        assert other.bookmarks["second"].order == 1  # it stays where it was
        assert other.bookmarks["second"].note == "Corners."
        other.bookmark("third", None)
        assert list(other.bookmarks) == ["first", "whole", "second"]


def test_what_is_no_bookmark_is_refused(bridge: Bridge) -> None:
    with connect(bridge) as client:
        before = client.bookmarks
        with pytest.raises(UnknownLayer, match="'conv' is not in main"):
            client.bookmark("lost", layer="conv")
        with pytest.raises(InvalidChange, match="1000"):
            client.bookmark("long", "#layer=0", note="x" * 1001)
        with pytest.raises(InvalidChange, match="2000"):
            client.bookmark("far", "#" + 2000 * "x")
        assert client.bookmarks == before
