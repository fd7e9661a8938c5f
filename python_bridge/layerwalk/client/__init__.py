"""A Python client of the bridge: places images, reads activations, shares the document."""

from layerwalk.client.activation import Activation
from layerwalk.client.client import Client, connect
from layerwalk.client.received import Stats

__all__ = ["Activation", "Client", "Stats", "connect"]
