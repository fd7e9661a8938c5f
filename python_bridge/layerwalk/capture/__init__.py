"""What a forward pass does: every module call and functional op, with its output.

The only package that registers module hooks and torch function modes; none remains after
`record`, also not after an exception.
"""

from layerwalk.capture.calls import Call, InputRead, Recorded, Source
from layerwalk.capture.recording import record

__all__ = ["Call", "InputRead", "Recorded", "Source", "record"]
