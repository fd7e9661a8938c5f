"""What a forward pass does: every module call and functional op, with its output.

The only package that registers module hooks and torch function modes; none remains after
`record`, also not after an exception.
"""

from layerwalk.capture.calls import Call, InputRead, Recorded, Source
from layerwalk.capture.raised import described
from layerwalk.capture.recording import Consume, record
from layerwalk.capture.sharing import SharedTask, SharedWork
from layerwalk.capture.surroundings import unchanged_randomness
from layerwalk.capture.trees import cloned, named_arguments, tensors_in, with_tensors

__all__ = [
    "Call",
    "Consume",
    "InputRead",
    "Recorded",
    "SharedTask",
    "SharedWork",
    "Source",
    "cloned",
    "described",
    "named_arguments",
    "record",
    "tensors_in",
    "unchanged_randomness",
    "with_tensors",
]
