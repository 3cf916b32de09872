"""Small datasets made up at random: a few things of each kind that an export tells of, with any periods, plans, options and conflicts."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from api.answer import Answers
from api.export.export import Export
from graph.dates.edtf import parse
from graph.dates.period import Period
from graph.domain.claim import Claim, ClaimDataset, Conflict, Dataset, Entity, EntityRef, Source, Text, Value
from graph.domain.model import PREDICATES, TYPE_OF_PREFIX
from tests.api.conftest import TODAY, NeverAsked
from tests.graph.worlds import FIRST, days, fuzzy_dates, periods, seldom

KEYS = [
    f"{prefix}/{slug}"
    for prefix in ("contract", "procurement", "municipality", "region", "provider", "function", "collaboration", "event")
    for slug in ("a", "b")
]
PREDICATES_ASKED = (
    "name", "runs", "option", "buyer", "supplier", "contractManager", "covers", "excepts", "delivers", "under", "procurement",
    "succeededBy", "awardDate", "tenderPublished", "lot", "ocid", "memberOf", "member", "exists", "identifier", "date", "kind", "about",
    "original", "incomplete",
)  # fmt: skip
NAMES = st.sampled_from(["Zorg", "Jeugdhulp & co", '<b>"x"</b>', "=1+1", "Contracten; a, b", "é€😀" * 30, "\\n\x0b"])
CODES = ["KVK:27381312", "OWMS:http://standaarden.overheid.nl/owms/terms/A", "CBS_GM:GM0001", "RSIN:000000001"]


def type_of(key: str) -> str:
    return TYPE_OF_PREFIX[key.partition("/")[0]].label


@st.composite
def claims(draw: st.DrawFn, number: int) -> Claim:
    predicate = PREDICATES[draw(st.sampled_from(PREDICATES_ASKED))]
    subject = draw(st.sampled_from([key for key in KEYS if type_of(key) in predicate.of]))
    planned = {"planned": True} if "planned" in predicate.qualifiers and draw(seldom) else {}
    part = {"part": "region/a"} if "part" in predicate.qualifiers and draw(seldom) else {}
    said: dict[str, Any] = (
        {"status": draw(st.sampled_from(["OPEN", "EXERCISED", "LAPSED", "UNKNOWN"]))} if predicate.name == "option" else {}
    )
    said |= {"functions": "function/a"} if predicate.name == "lot" else {"list": "suppliers"} if predicate.name == "incomplete" else {}
    rank = draw(st.sampled_from(["NORMAL", "NORMAL", "NORMAL", "DEPRECATED"]))
    return Claim(
        f"c{number:02}", subject, predicate.name, draw(value(predicate.name, subject)), draw(periods()), draw(st.sampled_from("st")),
        rank=rank, qualifiers={**planned, **part, **said}, dataset="d",
    )  # fmt: skip


def value(predicate: str, subject: str) -> st.SearchStrategy[Value]:
    to = PREDICATES[predicate].to
    if to:
        return st.sampled_from([EntityRef(key) for key in KEYS if type_of(key) in to and key != subject])
    match predicate:
        case "name" | "lot" | "incomplete":
            return NAMES.map(Text)
        case "option":
            return st.integers(1, 3).map(float)
        case "awardDate" | "tenderPublished" | "date":
            return fuzzy_dates
        case "kind":
            kind = {"Region": "YOUTH_REGION", "Collaboration": "PILOT", "ChangeEvent": "CONTRACT_END"}
            return st.just(kind[type_of(subject)])
        case "identifier":
            return st.sampled_from(CODES)
        case "ocid":
            return st.just(f"ocds-a1b2c3-{subject[-1]}")
        case _:
            return st.just(True)


def kind_of_event(key: str) -> Claim:
    """Returns what a source says of the kind of an event: the schema has no event without one."""
    return Claim(
        f"kind-{key}", key, "kind", "CONTRACT_END", Period.of(None, None, open_ended=False, attested=parse(str(FIRST))), "s", dataset="d"
    )


@st.composite
def exports(draw: st.DrawFn) -> Export:
    """An export of some twenty claims and a conflict between some of them."""
    made = [draw(claims(number)) for number in range(draw(st.integers(0, 24)))]
    listed = {claim.key: claim for claim in made}
    pairs = [(one.key, other.key) for one in made for other in made if one.key < other.key and one.subject == other.subject]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=2, unique=True)) if pairs else []
    listed |= {claim.key: claim for claim in map(kind_of_event, (key for key in KEYS if key.startswith("event/")))}
    status = draw(st.sampled_from(["OPEN", "EXPLAINED", "RESOLVED"]))
    conflicts = {
        f"C-{n}": Conflict(f"C-{n}", listed[a].subject, listed[a].predicate, "VALUE", status, (a, b), Text("Waarom."))
        for n, (a, b) in enumerate(chosen)
    }
    sources = {"s": Source("s", "DOCUMENT", "S & <S>", written=parse(str(FIRST))), "t": Source("t", "REGISTRY", "T", read=FIRST)}
    part = ClaimDataset("d", Text("D"), Text("D"), "1", FIRST)
    entities = {key: Entity(key, type_of(key)) for key in KEYS}
    dataset = Dataset(entities, listed, sources, conflicts, {"d": part})
    return Export(dataset, Answers(NeverAsked(), lambda: TODAY, "engine"), draw(days), "v", draw(st.sampled_from([None, "https://a.nl"])))
