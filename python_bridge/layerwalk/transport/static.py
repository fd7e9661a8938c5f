"""The viewer's files over HTTP, and the headers that keep a page to its own origin."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web

# Written out, since `mimetypes` reads the system's registry, which may say anything.
CONTENT_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".glsl": "text/plain; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
_NAME = re.compile(r"[\w.-]+", re.ASCII)
_ADDRESS = re.compile(r"(?=.*:)[0-9a-f:.]+")  # IPv6
FOREVER = "public, max-age=31536000, immutable"  # Vite puts a hash into the names of its assets


def response(root: Path | None, path: str) -> web.StreamResponse:
    """The file at `path` under `root`. Raises the HTTP errors of aiohttp."""
    if root is None or not (root / "index.html").is_file():
        raise web.HTTPNotFound(text="The web viewer is not built; `make` in a checkout does.\n")
    file = _inside(root, path or "index.html")
    if file is None and path == "favicon.ico":
        file = _inside(root, "favicon.svg")
    if file is None:
        raise web.HTTPNotFound(text="There is no such file.\n")
    answer = web.FileResponse(file)
    answer.headers["Content-Type"] = CONTENT_TYPES.get(file.suffix, "application/octet-stream")
    hashed = path.startswith("assets/")
    answer.headers["Cache-Control"] = FOREVER if hashed else "no-cache"
    return answer


async def add_headers(request: web.Request, answer: web.StreamResponse) -> None:
    """Adds the security headers that every response has."""
    # Not every browser takes 'self' for a WebSocket's origin. Only a Host that was checked
    # is repeated, and of it only what was.
    refused = isinstance(answer, web.HTTPMisdirectedRequest)
    host = "" if refused else host_and_port(request.headers.get("Host", ""))
    sockets = f" ws://{host} wss://{host}" if host else ""
    answer.headers["Content-Security-Policy"] = (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
        f"img-src 'self' blob: data:; worker-src 'self'; connect-src 'self'{sockets}; "
        "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"


def host_and_port(header: str) -> str:
    """HOST[:PORT] as a Host header was understood; '' for what is neither name nor number."""
    try:
        parts = urlsplit(f"//{header}")
        name, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if _ADDRESS.fullmatch(name):
        name = f"[{name}]"
    elif not _NAME.fullmatch(name):
        return ""
    return name if port is None else f"{name}:{port}"


def _inside(root: Path, path: str) -> Path | None:
    """The file at `path`, None if there is none or it would lie outside of `root`."""
    root = root.resolve()
    try:
        file = (root / path).resolve()
        return file if file.is_relative_to(root) and file.is_file() else None
    except (OSError, ValueError):  # too long, or with a zero byte
        return None
