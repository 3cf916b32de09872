"""Changes of the data as a batch of CloudEvents 1.0, by the profile of the Dutch government (NL GOV profile for CloudEvents).

The source of an event is the system of an organisation by its OIN, where that is known. What changed stands in `data`, as
`GET /v1/changes` gives it; `subject` is the URI of what the claim is about, and `sequence` sorts as the changes do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from graph.domain.reference import URN

MEDIA = "application/cloudevents-batch+json"
TYPE = "nl.regiograaf.claim"  # with what was done to the claim: nl.regiograaf.claim.removed
_NOT_IN_DATA = ("id", "loadedAt")  # what an attribute says already


def source_of(oin: str, base_url: str | None) -> str:
    """Returns what events come from: our system at the organisation with an OIN (20 digits), or else the service by its address."""
    return f"urn:nld:oin:{oin}:systeem:regiograaf" if oin else base_url or f"{URN}changes"


def batch(changes: Iterable[Mapping[str, Any]], source: str) -> bytes:
    """Returns changes as a JSON array of events."""
    return orjson.dumps([event(change, source) for change in changes])


def event(change: Mapping[str, Any], source: str) -> dict[str, Any]:
    """Returns a change as an event."""
    return {
        "specversion": "1.0",
        "id": change["id"],
        "source": source,
        "type": f"{TYPE}.{change['kind'].lower()}",
        "time": change["loadedAt"],
        "subject": change["subjectUri"],
        "sequence": change["id"],
        "datacontenttype": "application/json",
        "data": {name: value for name, value in change.items() if name not in _NOT_IN_DATA},
    }
