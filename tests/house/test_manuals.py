"""The manuals agree with the code: settings with their defaults, and paths that exist."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from api.settings import Settings
from tests.house.readme import ROOT

MANUALS = [
    *(
        ROOT / name
        for name in (
            "README.md",
            "CONTRIBUTING.md",
            "SECURITY.md",
            "api/README.md",
            "api/ERRORS.md",
            "api/OPERATING.md",
            "api/export/rdf/README.md",
        )
    ),
    *(ROOT / name for name in ("graph/README.md", "seeds/README.md", "tests/bench/README.md")),
]
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
PATH = re.compile(r"`((?:api|graph|seeds|queries|tests)/[\w./-]+\.\w+|(?:api|graph|seeds|queries|tests)/[\w./-]*/)`")


def shown_default(value: Any) -> str:
    """Returns a default as the manual prints it; empty if there is none."""
    if value is None or value == "":
        return ""
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def test_the_manual_lists_the_settings_with_their_defaults_and_descriptions() -> None:
    listed = re.findall(r"^\| `([A-Z0-9_]+)` \| ?(\S*) ?\| (.+) \|$", (ROOT / "api/OPERATING.md").read_text("utf-8"), re.MULTILINE)
    fields = Settings.model_fields
    assert listed == [
        (name.upper(), "" if field.default_factory else shown_default(field.default), field.description) for name, field in fields.items()
    ]


@pytest.mark.parametrize("manual", MANUALS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_what_a_manual_links_to_is_there(manual: Path) -> None:
    text = manual.read_text("utf-8")
    links = [link for link in LINK.findall(text) if not link.startswith(("http:", "https:", "mailto:"))]
    assert [link for link in links if not (manual.parent / link).exists()] == []
    assert [path for path in PATH.findall(text) if not (ROOT / path).exists() and "<" not in path and "built" not in path] == []
