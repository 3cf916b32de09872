"""Listens at an address before anything is started or imported that takes long, so that a port in use is reported at once."""

from __future__ import annotations

import socket
from typing import Any

from graph.errors import WrongSetting


def listener(host: str, port: int) -> socket.socket:
    """Returns a socket that listens at an address. Raises WrongSetting if it is not available."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except (OSError, UnicodeError) as error:  # a host may be no name at all
        reason = str(getattr(error, "strerror", None) or error).partition(" (")[0]
        raise WrongSetting(
            f"Cannot listen on {host}:{port}: {reason}.",
            "Choose another port with --port or REGIOGRAAF_PORT (0: any free one), or another --host.",
        ) from None


def address(listening: Any) -> str:
    """Returns the URL of the GraphQL endpoint at a listening socket."""
    host, port = listening.getsockname()[:2]
    return f"http://{host}:{port}/graphql"


def greeting(endpoint: str, workers: str = "") -> str:
    """Returns what a server says once it answers: where its GraphQL is, and where its pages are."""
    return f"Regiograaf answers at {endpoint}{workers} — its pages are at {endpoint.removesuffix('graphql')} — stop with Ctrl-C"
