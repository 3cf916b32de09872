"""A floor: fixed bytes through the server and settings of `regiograaf serve`. `python -m tests.bench.fixed PORT`; GET or POST /BYTES."""

from __future__ import annotations

import asyncio
import sys

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


async def fixed(request: Request) -> Response:
    await request.body()
    return Response(b"x" * int(request.path_params["size"] or 0), 200, {"content-type": "application/json"})


def main() -> None:
    app = Starlette(routes=[Route("/{size:int}", fixed, methods=["GET", "POST"])])
    config = uvicorn.Config(app, "127.0.0.1", int(sys.argv[1]), log_level="warning", access_log=False, ws="none", lifespan="off")
    with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
        runner.run(uvicorn.Server(config).serve())


if __name__ == "__main__":
    main()
