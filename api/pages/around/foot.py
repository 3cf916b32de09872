"""The line below every page: how many sources speak, when they were last read, and how much of what they announce nobody has confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from api.pages.visit import Visit


@dataclass(frozen=True, slots=True)
class Foot:
    """The state of the data on a day. `unconfirmed` counts the contracts whose extension was possible and is confirmed by no source."""

    version: str
    sources: int
    latest: date | None
    unconfirmed: int
    planned: int
    open_conflicts: int
    licences: tuple[str, ...] = ()  # those that the datasets name


async def foot_of(visit: Visit) -> Foot:
    """Asks for the state of the data on the day of a visit."""
    data = await visit.ask("StateOfWhatIsKnown")
    visit.asked.pop()
    days = [day for source in data["sources"] if (day := source["readOn"])]
    statuses = [contract["status"] for contract in data["contracts"]["nodes"]]
    return Foot(
        data["meta"]["dataVersion"], len(data["sources"]), date.fromisoformat(max(days)) if days else None,
        statuses.count("POSSIBLY_EXTENDED"), statuses.count("PENDING"), data["meta"]["openConflicts"],
        tuple(sorted({one["licence"] for one in data["meta"]["datasets"] if one["licence"]})),
    )  # fmt: skip
