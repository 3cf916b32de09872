"""The nation loaded into an empty store, by the ordinary load of each checkout."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.bench import store
from tests.bench.against import Checkout
from tests.bench.contenders import cpu_seconds
from tests.bench.markdown import Result, markdown

COLUMNS = {
    "load_seconds": "s", "cpu_seconds": "CPU s", "store_cpu_seconds": "CPU s of the store", "peak_mib": "peak MiB",
    "first_sign_seconds": "s until the first sign", "claims": "claims",
}  # fmt: skip


def measured(checkouts: Sequence[Checkout], peers: Path, scale: int, note: Callable[[Result], None]) -> None:
    """Each checkout once, in a process of its own."""
    for checkout in checkouts:
        with tempfile.TemporaryDirectory() as home, store.started(Path(home)) as at:
            before = cpu_seconds(at.pid)
            took = store.loaded(at, checkout.folder, peers, scale)
            note({"part": "load", "contender": checkout.name} | took | {"store_cpu_seconds": cpu_seconds(at.pid) - before})


def report(results: list[Result]) -> str:
    rows = [[r["contender"], *(f"{r[column]:,.0f}" for column in COLUMNS)] for r in results]
    return markdown(f"The nation × {results[0]['scale']} loaded, once each", ["", *COLUMNS.values()], rows)
