"""Whether two answers say the same: each is brought to the same plain values, and lists without a stated order are sorted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

Data = dict[str, Any]


def same(question: str, ours: Data, theirs: Data) -> bool:
    """Whether our answer and that of a rival hold the same values."""
    mine, other = _OF[question]
    return bool(mine(ours) == other(theirs))


def _after(day: str | None) -> str | None:
    """Our last day as the rivals' first day after it."""
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat() if day else None


def _pairs(things: list[Data], key: str = "slug") -> list[tuple[str, str]]:
    return sorted((t[key].upper(), t["name"]) for t in things)


def _regions(memberships: Data) -> list[Data]:
    """The youth regions among the memberships; the province is one too."""
    return [m for m in memberships["nodes"] if m["organization"]["slug"].startswith("jr")]


def _q1(data: Data) -> Any:
    m = data["municipality"]
    figures = sorted(n["value"]["number"] for n in m["claims"]["nodes"])
    regions = _pairs([r["organization"] for r in _regions(m["memberships"])])
    return m["code"], m["name"], m["website"], figures, regions


def _q1_theirs(data: Data) -> Any:
    (m,) = data["municipalities"]
    return m["code"], m["name"], m["website"], sorted((m["population"], m["youth"])), _pairs(m["regions"], "code")


def _q2(data: Data) -> Any:
    m = data["municipality"]
    if m["contracts"]["pageInfo"]["hasNextPage"]:
        raise ValueError("Q2: more contracts than a page holds; the answers cannot be compared")
    regions = sorted((r["organization"]["slug"].upper(), r["memberDuring"]["startDate"]) for r in _regions(m["memberships"]))
    offers = [
        (
            c["slug"].upper(), _after(c["period"]["endDate"]),
            _pairs([s["member"] for s in c["suppliers"]["nodes"]]), _pairs(c["functions"]),
        )
        for c in m["contracts"]["nodes"]
    ]  # fmt: skip
    return m["code"], m["name"], regions, sorted(offers)


def _q2_theirs(data: Data) -> Any:
    (m,) = data["municipalities"]
    edges = m["regionsConnection"]["edges"]
    regions = sorted((e["node"]["code"], e["properties"]["validFrom"]) for e in edges)
    contracts = [*m["contracts"], *(c for e in edges for c in e["node"]["contracts"])]
    offers = [(c["id"], c["validTo"], _pairs(c["providers"], "id"), _pairs(c["services"], "code")) for c in contracts]
    return m["code"], m["name"], regions, sorted(offers)


def _term(contract: Data) -> tuple[str, str, str | None]:
    return contract["slug"].upper(), contract["period"]["startDate"], _after(contract["period"]["endDate"])


def _q3(data: Data) -> Any:
    r = data["region"]
    found = []
    for contract in r["contracts"]["nodes"]:
        members = [s["member"] for s in contract["suppliers"]["nodes"]]
        found.append((*_term(contract), [(m["slug"].upper(), m["name"], [_term(c) for c in m["contracts"]["nodes"]]) for m in members]))
    return r["slug"].upper(), r["name"], found


def _q3_theirs(data: Data) -> Any:
    (r,) = data["regions"]

    def term(c: Data) -> tuple[Any, ...]:
        return c["id"], c["validFrom"], c["validTo"]

    return r["code"], r["name"], [
        (*term(c), [(p["id"], p["name"], [term(x) for x in p["contracts"]]) for p in c["providers"]]) for c in r["contracts"]
    ]  # fmt: skip


_ROLES = {"PARTNER": "deelnemer", "HOST": "centrumgemeente", "ACCOUNT_HOLDER": "contractbeheer"}


def _q4(data: Data) -> Any:
    return [
        (
            m["code"], m["name"],
            sorted((n["organization"]["slug"].upper(), n["organization"]["name"], _ROLES[n["role"]]) for n in m["memberships"]["nodes"]),
        )
        for m in data["municipalities"]["nodes"]
    ]  # fmt: skip


def _q4_theirs(data: Data) -> Any:
    return [
        (
            m["code"], m["name"],
            sorted((e["node"]["code"], e["node"]["name"], e["properties"]["role"]) for e in m["collaborationsConnection"]["edges"]),
        )
        for m in data["municipalities"]
    ]  # fmt: skip


def _q5(data: Data) -> Any:
    out = []
    for page in data.values():
        for p in page["nodes"]:
            numbers = {i["scheme"]: i["id"] for i in p["identifiers"]}
            founded = p["operationalPeriod"]["start"]["latest"]
            out.append((p["slug"].upper(), p["name"], numbers["AGB"], numbers["KVK"], p["city"], founded, p["contracts"]["totalCount"]))
    return out


def _q5_theirs(data: Data) -> Any:
    return [
        (
            p["id"], p["name"], p["agb"], p["kvk"], p["city"], p["foundedOn"],
            p["contractsConnection"]["aggregate"]["count"]["nodes"],
        )
        for p in data["providers"]
    ]  # fmt: skip


def _q6(data: Data) -> Any:
    page = data["providers"]
    found = [(e["node"]["slug"].upper(), e["node"]["name"], e["node"]["city"]) for e in page["edges"]]
    return page["totalCount"], page["pageInfo"]["hasNextPage"], found


def _q6_theirs(data: Data) -> Any:
    page = data["providersConnection"]
    found = [(e["node"]["id"], e["node"]["name"], e["node"]["city"]) for e in page["edges"]]
    return page["totalCount"], page["pageInfo"]["hasNextPage"], found


def _q7(data: Data) -> Any:
    c = data["contract"]
    claims = []
    for said in c["claims"]["nodes"]:
        s = said["source"]
        about = (s["title"], s["url"], s["publisher"], s["publishedOn"]["earliest"])
        claims.append((s["id"].partition("/")[2].partition("@")[0].upper(), *about, said["summary"], said["locator"]["page"]))
    return (
        *_term(c), c["kind"], [f["number"] for f in c["figures"]], _pairs([s["member"] for s in c["suppliers"]["nodes"]]),
        _pairs(c["buyers"]), sorted((f["slug"].upper(), f["name"], f["broader"][0]["slug"]) for f in c["functions"]), sorted(claims),
    )  # fmt: skip


def _q7_theirs(data: Data) -> Any:
    (c,) = data["contracts"]
    claims = []
    for edge in c["sourcesConnection"]["edges"]:
        s, about = edge["node"], edge["properties"]
        claims.append((s["id"], s["title"], s["url"], s["publisher"], s["publishedOn"], about["quote"], about["page"]))
    return (
        c["id"], c["validFrom"], c["validTo"], c["kind"], [c["budget"]], _pairs(c["providers"], "id"),
        _pairs([*c["municipalityBuyers"], *c["regionBuyers"]], "code"),
        sorted((s["code"], s["name"], s["segment"]) for s in c["services"]), sorted(claims),
    )  # fmt: skip


_OF: dict[str, tuple[Callable[[Data], Any], Callable[[Data], Any]]] = {
    "Q1": (_q1, _q1_theirs), "Q2": (_q2, _q2_theirs), "Q3": (_q3, _q3_theirs), "Q4": (_q4, _q4_theirs),
    "Q5": (_q5, _q5_theirs), "Q6": (_q6, _q6_theirs), "Q7": (_q7, _q7_theirs),
}  # fmt: skip
