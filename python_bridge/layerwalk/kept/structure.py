"""Whether a network is the one that a session was kept of."""

from __future__ import annotations

import hashlib

import msgspec

from layerwalk.network import Network


def structure_hash(network: Network) -> str:
    """SHA-256 of what the network is made of: layers with their shapes, and what flows where.

    Neither its values nor its name, nor what labels say, count.
    """
    parts = (
        [
            (node.name, node.kind, [(axis.name, axis.size) for axis in node.axes])
            for node in network.nodes
        ],
        [(edge.source, edge.target, edge.argument) for edge in network.edges],
        [(block.name, block.kind) for block in network.blocks],
    )
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()
