"""Joint arrangements of ROO as claims: one thing for all versions of an arrangement, and who takes part in it.

The silence of a register is no entry and no exit. A municipality that the first version with it lists may have taken part before; one
that a version no longer lists took part until the day before that version at least, and at the latest until it ended itself.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from seeds.imports import rvig
from seeds.imports.compact import DATES, Entry, Row, dates, table, with_dates
from seeds.imports.importer import Known
from seeds.imports.slug import Slugs

SOURCE = "roo"
DAY = timedelta(days=1)
FORMS = {
    "OL": "OPENBAAR_LICHAAM", "BVO": "BEDRIJFSVOERINGSORGANISATIE", "GO": "GEMEENSCHAPPELIJK_ORGAAN", "RZM": "REGELING_ZONDER_MEER",
}  # fmt: skip
_NAMES = re.compile(r"jeugd|veilig thuis|\bggd\b|gezondheidsdienst|veiligheidsregio|veiligheids- en gezondheid", re.IGNORECASE)
_WORDY = re.compile(
    r"^(gemeenschappelijke regeling )?(voor )?(de )?(openbaar lichaam )?(bedrijfsvoeringsorganisatie )?| \d{4}$", re.IGNORECASE
)
_AREAS = re.compile(r"\bjeugdzorg\b")
Lives = Mapping[str, tuple[date | None, date | None]]  # the first and the last day of a municipality, by its key
Numbers = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a joint arrangement. `body` is the TOOI address of the organisation that keeps it, `beside` the versions next to it."""

    id: str
    name: str
    form: str
    first: date
    end: date | None
    body: str
    beside: tuple[str, ...]
    areas: str

    @property
    def wanted(self) -> bool:
        """True if it is about youth, or is the body of a region of GGD, Veilig Thuis or safety."""
        return bool(_NAMES.search(self.name) or _AREAS.search(self.areas))


Chain = list[Version]


def arrangement_tables(
    versions: Mapping[str, Version], members: Mapping[str, set[str]], numbers: Numbers, known: Known
) -> dict[str, bytes]:
    """Returns the tables of the arrangements that are wanted."""
    slugs, found = Slugs(known), defaultdict[str, Chain](list)
    for chain in _chains(versions):
        there = _known_thing(chain, known)
        if (there and known.is_named_elsewhere(there)) or any(version.wanted for version in chain):
            name = _WORDY.sub("", chain[-1].name)
            key = there or f"collaboration/{slugs.fresh('collaboration', name, f'{name} {chain[-1].id}')}"
            found[key] += chain
    for chain in found.values():
        chain.sort(key=lambda version: (version.first, version.id))
    new = {key: chain for key, chain in found.items() if key.startswith("collaboration/") and not known.is_named_elsewhere(key)}
    return {**_arrangements(new, numbers), **_versions(new), **_members(found, members, known)} if found else {}


def _chains(versions: Mapping[str, Version]) -> list[Chain]:
    """Returns the versions of each arrangement, the first one first."""
    groups = {id: {id} for id in versions}
    for version in versions.values():
        for other in version.beside:
            if other in groups and groups[other] is not groups[version.id]:
                joined = groups[version.id] | groups[other]
                groups |= dict.fromkeys(joined, joined)
    unique = {id(group): group for group in groups.values()}
    chains = [sorted((versions[each] for each in group), key=lambda version: (version.first, version.id)) for group in unique.values()]
    return sorted(chains, key=lambda chain: chain[-1].id)


def _known_thing(chain: Chain, known: Known) -> str | None:
    """Returns the key of the thing that an arrangement is already: by the number of a version, or by the body that keeps it."""
    codes = [f"ROO:{version.id}" for version in chain]
    codes += [f"TOOI:{version.body}" for version in chain if "/so/" in version.body]
    keys = [key for code in codes if (key := known.by_code.get(code)) and key.startswith(("collaboration/", "publicbody/"))]
    return keys[0] if keys else None


def _ends(chain: Chain) -> list[str]:
    """Returns the last day of each version. A register writes now the last day and now the day after; the next version tells which."""
    out = []
    for version, later in zip(chain, [*chain[1:], None], strict=True):
        if version.end is None:
            out.append("")
        elif later and later.first in (version.end, version.end + DAY):
            out.append(str(later.first - DAY))
        elif later is None and (version.end + DAY).day == 1:
            out.append(str(version.end))
        else:
            out.append(f"{version.end - DAY}/{version.end}")
    return out


def _arrangements(found: Mapping[str, Chain], numbers: Numbers) -> dict[str, bytes]:
    rows: list[Row] = []
    for key, chain in found.items():
        last = chain[-1]
        own = numbers.get(last.body, {}) if "/so/" in last.body else {}
        rows.append({
            "slug": key.partition("/")[2], "roo": last.id, "name": last.name, "form": FORMS[last.form],
            "tooi": last.body.rpartition("/")[2] if "/so/" in last.body else "", "kvk": own.get("KVK", ""), "rsin": own.get("RSIN", ""),
            "oin": own.get("OIN", ""), **dates(f"../{chain[0].first}", _ends(chain)[-1]),
        })  # fmt: skip
    cited = _cited("{name} (ROO {roo})")
    claims: list[Entry] = [
        {"id": "roo.{roo}.name", "name": {"nl": "{name}"}, **cited},
        {"id": "roo.{roo}.kind", "kind": "JOINT_ARRANGEMENT", **cited},
        {"id": "roo.{roo}.form", "legalForm": "{form}", **cited},
        {"id": "roo.{roo}.tooi", "identifier": "TOOI:https://identifier.overheid.nl/tooi/id/so/{tooi}", **cited},
        {"id": "roo.{roo}.kvk", "identifier": "KVK:{kvk}", **cited},
        {"id": "roo.{roo}.rsin", "identifier": "RSIN:{rsin}", **cited},
        {"id": "roo.{roo}.oin", "identifier": "OIN:{oin}", **cited},
        *with_dates({"id": "roo.{roo}.exists", "exists": "true", **cited}),
    ]
    comment = """
        Joint arrangements that are about youth, or are bodies of the regions of GGD, Veilig Thuis and safety. One row for all versions of
        an arrangement. The first version of the register is no beginning."""
    columns = ("slug", "roo", "name", "form", "tooi", "kvk", "rsin", "oin", *DATES)
    return table("arrangements", "Collaboration", comment, columns, rows, claims)


def _versions(found: Mapping[str, Chain]) -> dict[str, bytes]:
    rows = [
        {
            "slug": key.partition("/")[2], "roo": version.id, "end": str(version.end or ""), **dates(str(version.first), last),
        }
        for key, chain in found.items() for version, last in zip(chain, _ends(chain), strict=True)
    ]  # fmt: skip
    claim = {"id": "roo.{roo}.version", "identifier": "ROO:{roo}", **_cited("ROO {roo}, van {began} tot {end}")}
    present = {"id": "roo.{roo}.version", "identifier": "ROO:{roo}", **_cited("ROO {roo}, van {from}")}
    ended, open_ended = with_dates(claim)[1], with_dates(present)[0]
    comment = """
        The versions of the arrangements, each with a number of its own. `end` is as the register writes it: now the last day and now the
        day after it."""
    return table("arrangement-versions", "Collaboration", comment, ("slug", "roo", *DATES, "end"), rows, [open_ended, ended])


def _members(found: Mapping[str, Chain], members: Mapping[str, set[str]], known: Known) -> dict[str, bytes]:
    lives, out = lives_of(known), dict[str, bytes]()
    for type, prefix, name in (
        ("Collaboration", "collaboration", "arrangement-members"),
        ("PublicBody", "publicbody", "arrangement-bodies"),
    ):
        rows = [
            {"slug": slug, key.partition("/")[0]: key.partition("/")[2], "roo": roo, **dates(start, until)}
            for (kind, _, slug), chain in ((key.partition("/"), chain) for key, chain in found.items()) if kind == prefix
            for key, roo, start, until in _stays(chain, members, known, lives)
        ]  # fmt: skip
        claims = [
            {"id": f"roo.{{roo}}.{{slug}}.{{{kind}}}", "member": f"{kind}/{{{kind}}}", **_cited("Deelnemers (ROO {roo})")}
            for kind in ("municipality", "region")
        ]
        comment = """
            Who takes part in the arrangements. A municipality may have taken part before the first version that lists it; that a version
            no longer lists it is no exit: it took part until then at least, and at the latest until it ended itself."""
        if rows:
            columns = ("slug", "municipality", "region", "roo", *DATES)
            out |= table(name, type, comment, columns, rows, [dated for claim in claims for dated in with_dates(claim)])
    return out


def _stays(chain: Chain, members: Mapping[str, set[str]], known: Known, lives: Lives) -> Iterable[tuple[str, str, str, str]]:
    """Yields who takes part in an arrangement, the last version that lists it, and since when and until when that is so."""
    listed: dict[str, list[int]] = defaultdict(list)
    for number, version in enumerate(chain):
        for code in members.get(version.id, ()):
            if (key := known.by_code.get(code)) and key.startswith(("municipality/", "region/")):
                listed[key].append(number)
    for key, numbers in sorted(listed.items()):
        first, last = lives.get(key, (None, None))
        begun, later = chain[numbers[0]].first, chain[numbers[-1] + 1].first if numbers[-1] + 1 < len(chain) else None
        start = str(first) if first and first >= begun else f"../{begun}"
        until = str(last or "")  # of whom the last version lists the end is that of the arrangement, which is said once
        if later and not (last and last < later):
            until = f"{later - DAY}/{last or '..'}"
        yield key, chain[numbers[-1]].id, start, until


def lives_of(known: Known) -> Lives:
    """Returns the first day of each municipality, if Tabel 33 gives one, and the last day, if it ended."""
    claims = [c for c in known.dataset.claims.values() if c.predicate == "exists" and c.source == rvig.SOURCE]
    return {
        c.subject: (
            c.period.valid_from if c.period.start and c.period.start.exact else None,
            c.period.valid_to - DAY if c.period.valid_to else None,
        )
        for c in claims
    }


def _cited(section: str) -> dict[str, str]:
    return {"source": SOURCE, "section": section, "link": "https://organisaties.overheid.nl/{roo}", "method": "REGISTRY_IMPORT"}
