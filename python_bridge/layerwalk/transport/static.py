"""The viewer's files over HTTP, and the headers that keep a page to its own origin."""

from __future__ import annotations

from pathlib import Path

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
    host = request.headers.get("Host", "")
    # Not every browser takes 'self' for a WebSocket's origin. Only a Host that was checked
    # is repeated.
    sockets = "" if isinstance(answer, web.HTTPMisdirectedRequest) else f" ws://{host} wss://{host}"
    answer.headers["Content-Security-Policy"] = (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
        f"img-src 'self' blob: data:; worker-src 'self'; connect-src 'self'{sockets}; "
        "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"


def _inside(root: Path, path: str) -> Path | None:
    """The file at `path`, None if there is none or it would lie outside of `root`."""
    root = root.resolve()
    try:
        file = (root / path).resolve()
        return file if file.is_relative_to(root) and file.is_file() else None
    except (OSError, ValueError):  # too long, or with a zero byte
        return None
