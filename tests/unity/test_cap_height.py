"""The height of capitals that the web viewer takes for its font's is that of the font.

The Unity client is told it by the bridge, which measures the font. Both mean by a text's size the
height of its capitals, so where the numbers differ one of them draws all text larger.
"""

import re
from pathlib import Path

import pytest

from layerwalk.glyphs.fonts import open_fonts
from layerwalk.session.bridge import VIEWER_DIR

CHECKOUT = Path(__file__).resolve().parents[2]
GLYPHS = CHECKOUT / "python_bridge" / "web_viewer" / "src" / "scene" / "glyphs.ts"


@pytest.mark.skipif(
    not any(VIEWER_DIR.rglob("hanken-grotesk-latin-*.woff*")), reason="the viewer is not built"
)
def test_both_clients_draw_capitals_of_one_height() -> None:
    (cap,) = re.findall(r"^const CAP = ([\d.]+);$", GLYPHS.read_text("utf-8"), re.MULTILINE)
    for font in open_fonts(VIEWER_DIR):
        assert float(cap) == pytest.approx(font.cap_em, abs=0.002), font.weight
