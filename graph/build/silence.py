"""The municipalities of whose youth care no source says anything: they are known, for example from a register, and that is all."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from graph.build.edges import MEMBER_OF, Edge
from graph.build.properties import Properties, words
from graph.domain.claim import Dataset, EntityRef, Text
from graph.domain.languages import DEFAULT, LANGUAGES, ByLanguage, language
from graph.domain.model import ARRANGEMENTS, PREDICATES

STEPS = 2  # memberships from a municipality to an area that it lies in, as in `graph.compile.holds`
ABOUT_CARE = ARRANGEMENTS | {"CareFunction", "Procurement"}
WIDE = ("PROVINCE", "NATIONAL")  # what a document says of these it says of no municipality


def with_care(dataset: Dataset) -> set[str]:
    """Returns the keys of the entities of whose youth care a source says something.

    That is what a contract, collaboration, procurement or care function is said to cover, to except, to be bought by or left to, and
    what documents speak of. To be a member says nothing of care: a register tells which municipalities share a fire brigade too.
    """
    areas, named, wide = set[str](), set[str](), set[str]()
    for claim in dataset.claims.values():
        ends = {claim.subject, claim.value.key} if isinstance(claim.value, EntityRef) else {claim.subject}
        if dataset.sources[claim.source].kind == "DOCUMENT":
            named |= ends
        elif dataset.entities[claim.subject].type in ABOUT_CARE and PREDICATES[claim.predicate].relation not in (None, MEMBER_OF):
            areas |= ends
        if claim.predicate == "kind" and claim.value in WIDE:
            wide.add(claim.subject)
    return areas | named - wide


def is_silent(municipality: str, memberships: Mapping[str, Sequence[Edge]], spoken: Collection[str]) -> bool:
    """Returns True if no source says anything about the care of a municipality, or of an area in which it ever lay."""
    reached, here = {municipality}, {municipality}
    for _ in range(STEPS):
        here = {edge.end for each in here for edge in memberships.get(each, ()) if edge.type == MEMBER_OF and edge.role == "MEMBER"}
        reached |= here
    return reached.isdisjoint(spoken)


def remark(properties: Properties) -> Properties:
    """Returns the remark on the contracts of such a municipality, of which `properties` are those of its node; coverage says it too."""
    code = f" ({properties['code']})" if properties.get("code") else ""
    name = properties.get(language(DEFAULT).property("name"), properties["slug"])
    return words("contractsRemark", Text(*(_SILENT[each.code].format(municipality=f"{name}{code}") for each in LANGUAGES)))


_SILENT = ByLanguage({
    "NL": "{municipality} is bekend; geen bron hier zegt iets over de jeugdhulp daar.",
    "EN": "{municipality} is known; no source here says anything about youth care there.",
})  # fmt: skip
