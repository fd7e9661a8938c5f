"""Activations as 8-bit codes, packed into pages: quantize, coarser levels, and back."""

from typing import TYPE_CHECKING, Any

from layerwalk.atlas.levels import coarse
from layerwalk.atlas.packing import dequantize, pack, unpack

if TYPE_CHECKING:
    from layerwalk.atlas.quantization import Quantized, quantize

__all__ = ["Quantized", "coarse", "dequantize", "pack", "quantize", "unpack"]


def __getattr__(name: str) -> Any:
    # Clients unpack pages without torch; only who quantizes loads it.
    if name in ("quantize", "Quantized"):
        from layerwalk.atlas import quantization

        return getattr(quantization, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
