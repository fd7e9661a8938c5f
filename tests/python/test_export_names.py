"""Names of layers as names of folders: whatever a network calls them, on every file system."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layerwalk.exporting.names import MAX_BYTES, folder_names

LAYERS = st.lists(
    st.one_of(
        st.text(max_size=300),
        st.text("aA./:-_~é\u0301ß", max_size=6),
        st.sampled_from(["aux", "AUX.0", "con", "..", ".", "a/b", "a-b", "values.npz", "x" * 300]),
    ),
    unique=True,
    max_size=30,
)


def same_file(name: str) -> str:
    """What a file system may compare: neither case nor the form of accents."""
    return unicodedata.normalize("NFD", unicodedata.normalize("NFC", name).lower())


@given(LAYERS)
def test_every_layer_gets_a_folder_of_its_own_that_every_system_takes(layers: list[str]) -> None:
    names = folder_names(layers, taken=["values.npz"])
    assert list(names) == layers
    assert len({same_file(name) for name in [*names.values(), "values.npz"]}) == len(layers) + 1
    for name in names.values():
        assert 0 < len(name.encode()) <= MAX_BYTES
        assert not set(name) & set('<>:"/\\|?* \0\n')
        assert name.isprintable()
        assert name[0] not in "-.~"
        assert name[-1] not in ". "
        assert name.partition(".")[0].lower() not in {"con", "prn", "aux", "nul", "com1", "lpt9"}


@given(LAYERS)
def test_a_layer_keeps_its_name_when_others_come_behind_it(layers: list[str]) -> None:
    names = folder_names(layers)
    for count in range(len(layers)):
        assert folder_names(layers[:count]) == dict(list(names.items())[:count])


@given(LAYERS)
def test_the_folders_can_be_made(layers: list[str]) -> None:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        for name in folder_names(layers).values():
            (Path(folder) / name).mkdir()


@pytest.mark.parametrize(
    ("layers", "expected"),
    [
        (["layer1.0.conv1", "layer1.0/add"], ["layer1.0.conv1", "layer1.0-add"]),
        (["relu", "relu:2"], ["relu", "relu-2"]),
        (["a/b", "a-b", "A:B"], ["a-b", "a-b~2", "A-B~3"]),
        (["aux.0", "_aux.0"], ["_aux.0", "_aux.0~2"]),
        (["größe", "层.卷积"], ["größe", "层.卷积"]),
        (["/..", ""], ["layer", "layer~2"]),
        (["n" * 500, "n" * 501], ["n" * 99, f"{'n' * 88}~2"]),
    ],
)
def test_names_stay_readable(layers: list[str], expected: list[str]) -> None:
    assert list(folder_names(layers).values()) == expected
