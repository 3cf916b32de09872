"""The marked blocks of the README: what it promises, as text to be run and compared.

`<!-- run -->` commands that start the program; `<!-- tests -->` the command that runs the tests;
`<!-- question -->` a GraphQL document and `<!-- answer -->` what it answers, as JSON;
`<!-- own -->` commands that make claims of one's own, and `<!-- own answer -->` what the last of them prints.
"""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"


def block(mark: str) -> str:
    """The fenced block right under `<!-- mark -->`."""
    found = re.search(rf"<!-- {mark} -->\s*\n```[^\n]*\n(.*?)^```", README.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert found, f"README.md has no fenced block under <!-- {mark} -->"
    return found[1]
