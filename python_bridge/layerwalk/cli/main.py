"""The commands. Whatever takes its time to import is imported inside of them."""

from __future__ import annotations

import logging
import os
import sys
import warnings
from pathlib import Path
from typing import Annotated, Any

import typer

from layerwalk import __version__
from layerwalk.cli.arguments import expanded_arguments
from layerwalk.cli.config import read_config
from layerwalk.cli.dataset import app as dataset_app
from layerwalk.errors import LayerwalkError

app = typer.Typer(
    name="layerwalk",
    help="Walk through any PyTorch network, and see what every layer does to an image.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

SOURCE_HELP = (
    "demo, torchvision:resnet50, package.module:callable or path/to/file.py:callable; "
    "a callable is a network, or returns one when it is called without arguments."
)

TOKEN_HELP = (
    "LAYERWALK_TOKEN sets the token that the address carries, at least 16 letters and digits: "
    "with it and --port, open pages come back after a new start. Otherwise every start makes a "
    "random one."
)

OPEN_HELP = (
    "The file names a network and holds none. One of layerwalk or torchvision is loaded at once; "
    "what else it names is code of its own, which runs where you say --trust, or give --source."
)

EXPORT_HELP = (
    "Each layer gets a folder in DIR: tiles/*.png, one pixel a value; sheet.png, all of them with "
    "their numbers; values.npy, exactly what the layer put out; layer.json, which says what they "
    "are. No file is replaced without --force."
)

RENDER_HELP = (
    "layer:NAME stands before a layer's wall; path:FILE flies along the bookmarks of a tour that "
    "the viewer saved (Z), into an .mp4 or .avi; a link is the end of the viewer's address, "
    "from # on."
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"layerwalk {__version__}")
        raise typer.Exit


def _use_config(context: typer.Context, file: Path | None) -> Path | None:
    """What the file says becomes the default of every option; the command line wins."""
    if file is not None:
        known = [str(parameter.name) for parameter in context.command.params]
        context.default_map = {**(context.default_map or {}), **read_config(file, known)}
    return file


Source = Annotated[str | None, typer.Argument(help=SOURCE_HELP, show_default=False)]
Images = Annotated[
    list[str] | None,
    typer.Option(metavar="PATH ...", help="Images and folders of images for the shelf."),
]
Image = Annotated[
    Path | None, typer.Option(metavar="FILE", help="The image to place at the start.")
]
Live = Annotated[
    list[str] | None,
    typer.Option(
        metavar="camera|camera:1|VIDEO|FOLDER",
        help="A camera, a video or a folder of images to play into the network; repeatable.",
    ),
]
Screenshot = Annotated[
    Path | None,
    typer.Option(
        metavar="PNG", help="Save what the viewer shows once the network is lit, and end."
    ),
]
Weights = Annotated[
    str | None,
    typer.Option(
        metavar="default|none|FILE",
        help="default may download them; none means random ones; a file holds a state dict. "
        "Without it: the default ones if torch's cache has them, else random ones.",
    ),
]
InputSize = Annotated[
    tuple[int, int] | None,
    typer.Option(metavar="H W", min=1, help="Height and width of the input in pixels."),
]
Device = Annotated[str, typer.Option(metavar="cpu|cuda", help="Where the network runs.")]
Config = Annotated[
    Path | None,
    typer.Option(
        metavar="F.toml",
        is_eager=True,
        callback=_use_config,
        help="A file with these options; the command line wins.",
    ),
]
Host = Annotated[
    str,
    typer.Option(
        help="The address to listen on; 0.0.0.0 lets browsers and headsets of other machines in, "
        "over TLS, by a short link and a QR code that are printed."
    ),
]
Port = Annotated[
    int, typer.Option(min=0, max=65535, help="The port of the viewer; 0 takes a free one.")
]
ZeroMQPort = Annotated[
    int,
    typer.Option(
        min=0,
        max=65534,
        help="The port of headsets and Python clients, and the next one; 0 takes free ones.",
    ),
]
CurveKey = Annotated[
    str | None,
    typer.Option(
        metavar="default|FILE",
        help="Lets Python and Unity clients of other machines in, too: the secret key that this "
        "machine is known by; made if there is none. default is one that is kept for this user.",
    ),
]
TlsCert = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="The certificate for other machines' browsers, as PEM. Without it, one is made, and "
        "kept for this user.",
    ),
]
TlsKey = Annotated[
    Path | None, typer.Option(metavar="FILE", help="The secret key of --tls-cert, as PEM.")
]
LayoutOption = Annotated[
    str,
    typer.Option(
        "--layout", metavar="linear|spiral|tower", help="How the room is laid out at first."
    ),
]
AllowedHost = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME",
        help="Another host name that a proxy in front of the viewer is reached by; repeatable.",
    ),
]
Layers = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME|GLOB", help="Layers, named as `layerwalk trace` does: 'layer1.*'; repeatable."
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", metavar="DIR", help="The folder to write to; with --html the page."
    ),
]
SessionFile = Annotated[
    Path | None,
    typer.Option(
        "--session",
        metavar="FILE",
        help="A file, room.layerwalk for instance, that the session is kept in: it goes on where "
        "it was left, and what you change is written there at the end.",
    ),
]
NoBrowser = Annotated[bool, typer.Option("--no-browser", help="Only print the address.")]


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", is_eager=True, callback=_print_version, help="Print the version."
        ),
    ] = False,
) -> None:
    pass


@app.command(epilog=TOKEN_HELP)
def demo(
    images: Images = None,
    image: Image = None,
    screenshot: Screenshot = None,
    input_size: InputSize = None,
    device: Device = "cpu",
    host: Host = "127.0.0.1",
    port: Port = 0,
    no_browser: NoBrowser = False,
    allowed_host: AllowedHost = None,
    live: Live = None,
    zeromq_port: ZeroMQPort = 0,
    curve_key: CurveKey = None,
    tls_cert: TlsCert = None,
    tls_key: TlsKey = None,
    layout: LayoutOption = "linear",
    config: Config = None,
) -> None:
    """Walk through EfficientNet-Lite0, with photographs."""
    from layerwalk.cli.walk import Walk, walk

    walk(
        Walk(
            "demo", images, image, screenshot, None, input_size, device, host, port,
            no_browser, allowed_host, live, zeromq_port, curve_key, tls_cert, tls_key,
            layout,
        )
    )  # fmt: skip


@app.command(name="walk", epilog=TOKEN_HELP)
def walk_command(
    source: Source = None,
    images: Images = None,
    image: Image = None,
    screenshot: Screenshot = None,
    weights: Weights = None,
    input_size: InputSize = None,
    device: Device = "cpu",
    host: Host = "127.0.0.1",
    port: Port = 0,
    no_browser: NoBrowser = False,
    allowed_host: AllowedHost = None,
    live: Live = None,
    zeromq_port: ZeroMQPort = 0,
    curve_key: CurveKey = None,
    tls_cert: TlsCert = None,
    tls_key: TlsKey = None,
    layout: LayoutOption = "linear",
    session: SessionFile = None,
    activations: Annotated[
        bool,
        typer.Option(
            "--activations",
            help="Keep what the layers show, too: `layerwalk export FILE --html` needs no network.",
        ),
    ] = False,
    config: Config = None,
) -> None:
    """Walk through any network."""
    from layerwalk.cli.walk import Walk, walk

    source = _required(source)
    walk(
        Walk(
            source, images, image, screenshot, weights, input_size, device, host, port,
            no_browser, allowed_host, live, zeromq_port, curve_key, tls_cert, tls_key, layout,
            session=session, keeps=True, activations=activations,
        )
    )  # fmt: skip


@app.command(name="open", epilog=OPEN_HELP)
def open_command(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="What was kept, room.layerwalk for one.")
    ] = None,
    source: Annotated[
        str | None,
        typer.Option(metavar="SOURCE", help="The network, in the place of the one the file names."),
    ] = None,
    trust: Annotated[
        bool, typer.Option("--trust", help="Load what the file names, whose code then runs here.")
    ] = False,
    save: Annotated[
        bool, typer.Option("--save", help="Write what you change into the file at the end.")
    ] = False,
    recorded: Annotated[
        bool,
        typer.Option("--recorded", help="Show what --activations kept; no network is loaded."),
    ] = False,
    images: Images = None,
    image: Image = None,
    screenshot: Screenshot = None,
    weights: Weights = None,
    input_size: InputSize = None,
    device: Device = "cpu",
    host: Host = "127.0.0.1",
    port: Port = 0,
    no_browser: NoBrowser = False,
    allowed_host: AllowedHost = None,
    live: Live = None,
    zeromq_port: ZeroMQPort = 0,
    curve_key: CurveKey = None,
    tls_cert: TlsCert = None,
    tls_key: TlsKey = None,
    layout: LayoutOption = "linear",
) -> None:
    """Go on with a session that was kept in a file."""
    from layerwalk.cli.session import named, show_recorded
    from layerwalk.cli.walk import Walk, walk

    if file is None:
        raise typer.BadParameter("FILE is missing; name the file of a session")
    if recorded:
        show_recorded(file, screenshot, no_browser=no_browser)
        return
    found = named(file, source=source, weights=weights, input_size=input_size, trust=trust)
    walk(
        Walk(
            found.source, images, image, screenshot, found.weights, found.input_size, device, host,
            port, no_browser, allowed_host, live, zeromq_port, curve_key, tls_cert, tls_key, layout,
            session=file, keeps=save,
        )
    )  # fmt: skip


@app.command()
def trace(
    source: Source = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    weights: Weights = None,
    input_size: InputSize = None,
    device: Device = "cpu",
    config: Config = None,
) -> None:
    """Print the structure of a network, with shapes."""
    from layerwalk.cli.tree import print_network

    print_network(
        _required(source), as_json=json, weights=weights, input_size=input_size, device=device
    )


@app.command(epilog=EXPORT_HELP)
def export(
    source: Source = None,
    image: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The image; without it, an example input.")
    ] = None,
    layers: Layers = None,
    output: Output = None,
    what: Annotated[
        str, typer.Option(metavar="tiles,sheet,values", help="What to write of each layer.")
    ] = "tiles,sheet,values",
    format: Annotated[
        str,
        typer.Option(metavar="npy|npz", help="Values: a file a layer, or one with those of all."),
    ] = "npy",
    channels: Annotated[
        str | None, typer.Option(metavar="0,3,8-15", help="The channels to write tiles of.")
    ] = None,
    colour_map: Annotated[
        str,
        typer.Option(
            metavar="viewer|grey|viridis|magma|cividis|diverging", help="The colours of the tiles."
        ),
    ] = "viewer",
    normalization: Annotated[
        str,
        typer.Option(metavar="layer|channel", help="Whose range the colours span."),
    ] = "layer",
    html: Annotated[
        bool,
        typer.Option("--html", help="Write one page to walk in, for any browser, without Python."),
    ] = False,
    budget_mb: Annotated[
        float, typer.Option(min=0.1, help="Megabytes of feature maps in the page; coarser ones.")
    ] = 32.0,
    yes: Annotated[
        bool, typer.Option("--yes", help="Write a page of more than 100 MB, too.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace files that are there.")] = False,
    weights: Weights = None,
    input_size: InputSize = None,
    device: Device = "cpu",
) -> None:
    """Write what layers make of an image: pictures and values, or a page to walk through."""
    from layerwalk.cli.export import Export, Html, export, export_html, required

    if html:
        export_html(
            Html(
                _required(source), image, layers, required(output, "--output"), budget_mb, yes,
                force, weights, input_size, device,
            )
        )  # fmt: skip
        return
    export(
        Export(
            _required(source), image, required(layers, "--layers"), required(output, "--output"),
            what, format, channels, colour_map, normalization, force, weights, input_size, device,
        )
    )  # fmt: skip


@app.command(epilog=RENDER_HELP)
def render(
    source: Source = None,
    image: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The image; without it, the demo's first picture."),
    ] = None,
    view: Annotated[
        str,
        typer.Option(
            metavar="start|overview|layer:NAME|path:FILE|#LINK", help="Where to look from."
        ),
    ] = "start",
    size: Annotated[
        str | None,
        typer.Option(metavar="3840x2160", help="Width and height in pixels, up to 8192 each."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="The file to write.")
    ] = None,
    transparent: Annotated[
        bool, typer.Option("--transparent", help="Without sky and floor, for pages and slides.")
    ] = False,
    panorama: Annotated[
        bool, typer.Option("--panorama", help="All directions, twice as wide as high.")
    ] = False,
    samples: Annotated[int, typer.Option(help="Samples a pixel, for smooth edges.")] = 4,
    fps: Annotated[float, typer.Option(help="Frames a second, of a film.")] = 30,
    seconds: Annotated[float | None, typer.Option(help="How long a film lasts.")] = None,
    weights: Weights = None,
    input_size: InputSize = None,
    device: Device = "cpu",
) -> None:
    """Take a picture of the room, or film a flight through it, without a display."""
    from layerwalk.cli.export import required
    from layerwalk.cli.render import Render, render

    render(
        Render(
            _required(source), image, required(output, "--output"), view, size, transparent,
            panorama, samples, fps, seconds, weights, input_size, device,
        )
    )  # fmt: skip


app.add_typer(dataset_app)


def _required(source: str | None) -> str:
    if source is None:
        raise typer.BadParameter(f"SOURCE is missing; give {SOURCE_HELP.split(';')[0]}")
    return source


def main() -> None:
    """Runs the command; an error is one line on stderr (exit status 1, wrong usage 2)."""
    warnings.showwarning = _show_warning
    _show_log()
    debug = bool(os.environ.get("LAYERWALK_DEBUG"))
    try:
        app(expanded_arguments(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:  # `layerwalk trace ... | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except LayerwalkError as error:
        if debug:
            raise
        _fail(str(error))
    except Exception as error:
        if debug:
            raise
        _fail(f"{type(error).__name__}: {error}; LAYERWALK_DEBUG=1 shows where it happened")


def _fail(message: str) -> None:
    typer.echo(f"error: {' '.join(message.split())}", err=True)
    sys.exit(1)


def _show_log() -> None:
    """What the package logs reads as its warnings do; a failure keeps its traceback."""
    logger = logging.getLogger("layerwalk")
    if not any(isinstance(handler, _OneLine) for handler in logger.handlers):
        logger.addHandler(_OneLine())


class _OneLine(logging.Handler):
    """Writes to the stderr of the moment, as `typer.echo` does."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.WARNING:
            word = "error" if record.levelno >= logging.ERROR else "warning"
            typer.echo(f"{word}: {' '.join(record.getMessage().split())}", err=True)
        if record.exc_info:
            typer.echo(logging.Formatter().formatException(record.exc_info), err=True)


def _show_warning(message: Warning | str, *_: Any, **__: Any) -> None:
    typer.echo(f"warning: {' '.join(str(message).split())}", err=True)
