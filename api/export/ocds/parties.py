"""The organisations of an OCDS release: who they are in registers, and what they are in the contracting process.

The id of a party is our URN, which does not change when a register gives it another number. Its `identifier` comes from a list that
org-id.guide knows; the numbers of other registers are `additionalIdentifiers`, with the names that the schema here has for them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from api.export.network import Network
from graph.build.edges import Edge
from graph.dates.period import state
from graph.domain.identifier import OWMS, uri, well_formed
from graph.domain.languages import DEFAULT
from graph.domain.reference import uri as urn

ROLES = {"BUYS": "buyer", "SUPPLIES": "supplier", "MANAGES": None}  # of OCDS; it has none for who manages a contract
ORG_ID = {"KVK": "NL-KVK", "OWMS": "NL-OWMS"}  # our scheme, and its code at org-id.guide; the first that a party has comes first
Found = dict[str, Any]


def parties(whole: Network, edges: Iterable[Edge], day: date) -> list[Found]:
    """Returns the parties of a release, in order of their keys, from the relationships that lead from them to its things.

    Who is only planned to be a buyer or supplier has no role yet.
    """
    roles: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        roles[edge.start].update(filter(None, [None if edge.period.planned else ROLES[edge.type]]))
    return [_party(whole, key, sorted(roles[key]), day) for key in sorted(roles)]


def reference(whole: Network, key: str) -> Found:
    """Returns a reference to a party: its id and its name."""
    return {"id": urn(key), "name": whole.name(key, DEFAULT)}


def _party(whole: Network, key: str, roles: list[str], day: date) -> Found:
    found = list(_identifiers(whole, key, day))
    main = next((each for scheme in ORG_ID.values() for each in found if each["scheme"] == scheme), None)
    others = [each for each in found if each is not main]
    known = {"identifier": main, "additionalIdentifiers": others, "roles": roles}
    return reference(whole, key) | {name: value for name, value in known.items() if value}


def _identifiers(whole: Network, key: str, day: date) -> Iterator[Found]:
    """Yields the well-formed identifiers that a party may have on a day, each once and in order."""
    claims = (claim for claim in whole.claims.get(key, ()) if claim.predicate == "identifier")
    dated = ((claim.period.start or claim.period.end, claim) for claim in claims)
    for text in sorted({str(claim.value) for bound, claim in dated if not bound or state(claim.period, day).shown}):
        scheme, _, number = text.partition(":")
        if not well_formed(scheme, number):
            continue
        address = uri(scheme, number)
        id_ = number.removeprefix(OWMS) if scheme == "OWMS" else number  # org-id.guide takes the last part of the address
        yield {"scheme": ORG_ID.get(scheme, scheme), "id": id_, **({"uri": address} if address else {})}
