"""Errors of the user's network, as this command's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from layerwalk.errors import LayerwalkError, RunFailed


@contextmanager
def forward_pass_explained(source: str) -> Iterator[None]:
    """What a forward pass raises within becomes `RunFailed`, with what to try."""
    try:
        yield
    except LayerwalkError:
        raise
    except Exception as error:  # the network's own code: it may raise anything
        raise RunFailed(
            f"the forward pass of '{source}' raised {type(error).__name__}: {error}; "
            "try another --input-size H W, or layerwalk.walk(model, example_input) in Python"
        ) from error
