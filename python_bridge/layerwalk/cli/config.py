"""`--config F.toml`: the command's options in a file."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import typer

from layerwalk.errors import nearest

# Relative paths in the file are meant from the file's folder.
_PATHS = ("images", "image", "screenshot", "weights", "curve_key", "tls_cert", "tls_key")
_WORDS = (("weights", "default"), ("weights", "none"), ("curve_key", "default"))


def read_config(file: Path, known: Iterable[str]) -> dict[str, Any]:
    """Options from a TOML file, by parameter name (`input_size` for `input-size`).

    `known` are the command's parameters. An unknown key, or a file that cannot be read, is
    wrong usage.
    """
    try:
        values = tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        raise typer.BadParameter(f"'{file}' cannot be read ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"'{file}' is no TOML: {error}") from error
    names = {name.replace("_", "-"): name for name in known if name not in ("config", "version")}
    options: dict[str, Any] = {}
    for key, value in values.items():
        option = key.replace("_", "-")
        if option not in names:
            remedy = nearest(option, names) or f"; there are {', '.join(sorted(names))}"
            raise typer.BadParameter(f"'{key}' in '{file}' is no option{remedy}")
        options[names[option]] = _value(names[option], value, file.parent)
    return options


def _value(name: str, value: Any, folder: Path) -> Any:
    if name in ("images", "allowed_host", "live") and isinstance(value, str):
        value = [value]
    if (name, value) in _WORDS:
        return value
    if name == "source" and isinstance(value, str):
        path, _, attribute = value.rpartition(":")
        return f"{folder / path}:{attribute}" if path.endswith(".py") else value
    if name == "live" and isinstance(value, list):
        from layerwalk.images import is_camera

        return [one if is_camera(one) else str(folder / str(one)) for one in value]
    if name in _PATHS and isinstance(value, list):
        return [str(folder / str(path)) for path in value]
    if name in _PATHS and isinstance(value, str):
        return str(folder / value)
    return value
