"""The youth regions that a page offers to choose from, and the one that it shows if a reader chooses none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from api.pages.visit import Visit, reference_to

Region = Mapping[str, Any]


async def offered(visit: Visit) -> Mapping[str, Any]:
    """Returns the youth regions with what sources say about the care of each, and all forms of care."""
    return await visit.ask("RegionsAndFunctions")


async def of_the_reader(visit: Visit, *names: str) -> str:
    """Returns what the first parameter that has a value refers to; without any, the region about which sources say most."""
    asked = next((value for name in names if (value := visit.one(name))), "")
    if asked:
        return asked
    region = richest((await offered(visit))["regions"]["nodes"])
    return reference_to(region["uri"]) if region else ""


def richness(region: Region) -> int:
    """Returns how much sources say about the care of a region: its contracts and the functions of its own division."""
    return int(region["contracts"]["totalCount"]) + len(region["functions"])


def richest(regions: Sequence[Region]) -> Region | None:
    """Returns the region about whose care sources say most; of equal ones the one whose address comes first."""
    return min(regions, key=lambda region: (-richness(region), region["uri"]), default=None)
