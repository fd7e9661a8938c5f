"""Whether the names of classes fit the network, once its output has been seen."""

from __future__ import annotations

import logging
from dataclasses import replace

from layerwalk.network import Network
from layerwalk.sources import LoadedNetwork

logger = logging.getLogger(__name__)


def with_fitting_names(loaded: LoadedNetwork, network: Network) -> LoadedNetwork:
    """As it is; but where its class names are more or fewer than the output has classes, without
    them, and with a warning.

    Which of the classes a wrong number of names means is not known: one before the first, or
    behind the last, or another network's. The warning is logged too.
    """
    names, classes = len(loaded.class_names), class_count(network)
    if not names or not classes or names == classes:
        return loaded
    told = (
        f"class_names has {_counted(names, 'name')}, but the output of {loaded.title} has "
        f"{classes} classes, so the names are left out; give one for each class"
    )
    logger.warning("%s", told)
    warning = f"{loaded.warning}; {told}" if loaded.warning else told
    return replace(loaded, class_names=(), warning=warning)


def class_count(network: Network) -> int:
    """How many classes the network tells apart, by its first output (batch, K); 0: not known."""
    for node in network.nodes:
        if node.name not in network.outputs or "float" not in node.dtype:
            continue
        if [axis.name for axis in node.axes[:1]] == ["batch"] and len(node.axes) == 2:
            return node.axes[1].size if node.axes[1].size >= 2 else 0
    return 0


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
