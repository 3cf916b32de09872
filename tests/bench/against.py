"""Another commit of Regiograaf, run beside this one."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.contenders import OURS, ROOT

NATION = Path(__file__).with_name("nation.py")


@dataclass(frozen=True, slots=True)
class Checkout:
    """A folder with Regiograaf, under the name by which it is measured. Those of one `layout` can read one store."""

    name: str
    folder: Path
    layout: int


def here() -> Checkout:
    return Checkout(OURS, ROOT, layout(ROOT))


@contextmanager
def checkout(revision: str) -> Iterator[Checkout]:
    """The commit of a revision in a temporary work tree, which goes away again. Raises SystemExit if git knows no such commit.

    It loads the nation of this checkout, so that both hold the same.
    """
    known = _git("rev-parse", "--verify", "--quiet", "--short", f"{revision}^{{commit}}")
    if known.returncode:
        raise SystemExit(f"git knows no commit {revision}.")
    commit = known.stdout.strip()
    with tempfile.TemporaryDirectory(prefix="regiograaf-") as name:
        folder = Path(name) / commit
        _git("worktree", "add", "--detach", str(folder), commit).check_returncode()
        try:
            shutil.copy(NATION, folder / NATION.relative_to(ROOT))
            yield Checkout(f"{OURS}-{commit}", folder, layout(folder))
        finally:
            _git("worktree", "remove", "--force", str(folder))


def layout(folder: Path) -> int:
    """The number of the graph's layout in a checkout. Raises SystemExit if it names none."""
    for file in sorted((folder / "graph").rglob("*.py")):
        if match := re.search(r"^LAYOUT = (\d+)", file.read_text("utf-8"), re.MULTILINE):
            return int(match[1])
    raise SystemExit("That commit names no layout of its graph (LAYOUT).")


def _git(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
