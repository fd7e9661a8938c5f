"""From a model and one forward pass to the network: nodes, edges, blocks."""

from layerwalk.introspection.tracing import network_of, trace

__all__ = ["network_of", "trace"]
