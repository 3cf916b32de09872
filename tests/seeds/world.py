"""A small folder of claims in which nothing is wrong, and a way to change it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from seeds.check import check

DATASET = """\
slug: world
title: {nl: Kleine wereld, en: Small world}
scope: {nl: een stad, en: a town}
checked: 2026-11-21
"""
VISION = """\
slug: vision
kind: DOCUMENT
title: Regiovisie
published: 2021-01-28
"""
REGISTER = """\
slug: register
kind: REGISTRY
title: Gebieden in Nederland
"""
NORTH = """\
type: Region
slug: north
claims:
  - id: N.name
    name: {nl: Noord, en: North}
    source: register
"""
TOWN = """\
type: Municipality
slug: town
claims:
  - id: T.name
    name: {nl: Stad}
    source: register
"""
DYSLEXIA = """\
type: CareFunction
slug: dyslexia
claims:
  - id: D.name
    name: {nl: Dyslexie, en: Dyslexia}
    source: register
"""
WORLD = {
    "dataset.yaml": DATASET,
    "sources/vision.yaml": VISION,
    "sources/register.yaml": REGISTER,
    "regions/north.yaml": NORTH,
    "municipalities/town.yaml": TOWN,
    "care-functions/dyslexia.yaml": DYSLEXIA,
}


def write(root: Path, changed: Mapping[str, str | bytes]) -> Path:
    """The folder of the small world with some files changed or added."""
    folder = root / "claims"
    for name, text in {**WORLD, **changed}.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


def beside(root: Path, name: str, files: Mapping[str, str]) -> Path:
    """A folder of another dataset, with the name of its folder, and nothing but these files."""
    folder = root / name
    for path, text in {"dataset.yaml": DATASET.replace("world", name.rpartition("/")[2]), **files}.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return folder


def wrong(root: Path, changed: Mapping[str, str | bytes], *others: Path) -> list[str]:
    """What the check says of the small world with some files changed, beside other folders: `file:line CODE`."""
    return [f"{p.file.removeprefix('claims/')}:{p.line} {p.code}" for p in check(write(root, changed), *others)]
