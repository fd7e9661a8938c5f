"""The letters that signs are set in, as distances to their outlines, for clients without fonts."""

from layerwalk.glyphs.sheet import EM_PX, SPREAD_PX, Letter, Sheet, glyph_sheet

__all__ = ["EM_PX", "SPREAD_PX", "Letter", "Sheet", "glyph_sheet"]
