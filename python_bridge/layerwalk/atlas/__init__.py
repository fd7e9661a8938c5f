"""Activations as 8-bit codes, packed into pages: quantize, coarser levels, and back."""

from typing import TYPE_CHECKING, Any

from layerwalk.atlas.packing import dequantize, unpack

if TYPE_CHECKING:
    from layerwalk.atlas.levels import coarse
    from layerwalk.atlas.quantization import (
        Quantized,
        give_back_memory,
        quantize,
        quantize_all,
        warm_up,
    )

__all__ = [
    "Quantized",
    "coarse",
    "dequantize",
    "give_back_memory",
    "quantize",
    "quantize_all",
    "unpack",
    "warm_up",
]

# Clients unpack pages without torch and numba; only who makes pages loads them.
_LATER = {
    "coarse": "levels",
    "give_back_memory": "quantization",
    "quantize": "quantization",
    "quantize_all": "quantization",
    "Quantized": "quantization",
    "warm_up": "quantization",
}


def __getattr__(name: str) -> Any:
    if name in _LATER:
        from importlib import import_module

        return getattr(import_module(f"layerwalk.atlas.{_LATER[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
