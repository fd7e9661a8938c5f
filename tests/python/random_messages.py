"""Random values of every type of the protocol, for tests of whoever reads and writes them."""

from __future__ import annotations

import types as python_types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import msgspec
from hypothesis import strategies as st


@dataclass(frozen=True)
class RandomValues:
    """`leaves` by str, int, float, bool and Any, for what the protocol does not bound."""

    leaves: Mapping[Any, st.SearchStrategy[Any]]
    longest: int  # of lists
    largest: int  # of maps

    def of(self, annotation: Any) -> st.SearchStrategy[Any]:
        """Any value that a field of this type may have."""
        if annotation in self.leaves:
            return self.leaves[annotation]
        if annotation is type(None):
            return st.none()
        if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
            return self.struct(annotation)
        origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
        if origin is typing.Annotated:
            return self._bounded(*arguments)
        if origin is Literal:
            return st.sampled_from(arguments)
        if origin in (typing.Union, python_types.UnionType):
            return st.one_of(*map(self.of, arguments))
        if origin is tuple and arguments[1:] == (Ellipsis,):
            return st.lists(self.of(arguments[0]), max_size=self.longest).map(tuple)
        if origin is tuple:
            return st.tuples(*map(self.of, arguments))
        if origin is dict:
            return st.dictionaries(*map(self.of, arguments), max_size=self.largest)
        raise TypeError(f"the protocol has no values for {annotation!r}")

    def struct(self, struct: type) -> st.SearchStrategy[Any]:
        """Any instance of a struct; a message has no buffers."""
        hints = typing.get_type_hints(struct, include_extras=True)
        names = [field.name for field in msgspec.structs.fields(struct) if field.name != "buffers"]
        return st.builds(struct, **{name: self.of(hints[name]) for name in names})

    def _bounded(self, annotation: Any, meta: msgspec.Meta) -> st.SearchStrategy[Any]:
        """Values between the bounds."""
        if annotation is int:
            return st.integers(meta.ge, meta.le)
        if annotation is float:
            return st.floats(meta.ge, meta.le)
        return self.of(annotation)
