"""The command `layerwalk`. Importing it imports neither torch nor the bridge."""

try:
    from layerwalk.cli.main import main
except KeyboardInterrupt:  # Ctrl-C before there is anything to end
    raise SystemExit(130) from None

__all__ = ["main"]
