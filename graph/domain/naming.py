"""Naming: tells namesakes apart by what stands beside a name. Pure; it knows the words, not the things.

`Gemeente Alkmaar`, `Amsterdam (gemeente)` and `Noord-Holland (PV)` say of which kind a thing is,
`Bergen (NH)` and `Laren, Noord-Holland` in which province a municipality lies. Such a name has a
form of its own, such as `gemeente:bergen (pv27)`, by which only the things of that kind are found.
The graph holds the forms of all its municipalities, provinces and youth regions (`forms`), and
whoever reads a name makes the same form of it (`Naming.form`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graph.domain.reference import normal, sortable

MUNICIPALITY, PROVINCE, YOUTH_REGION = "gemeente", "provincie", "jeugdregio"
_BEFORE = {
    MUNICIPALITY: r"gemeente|gem\.|municipality(?: of)?",
    PROVINCE: r"provincie|prov\.|province(?: of)?",
    YOUTH_REGION: r"jeugd(?:zorg|hulp)?regio|youth (?:care )?region(?: of)?",
}
_BEHIND = {
    MUNICIPALITY: r"gemeente|gem\.?|municipality|gm",
    PROVINCE: r"provincie|prov\.?|province|pv",
    YOUTH_REGION: r"jeugd(?:zorg|hulp)?regio|youth (?:care )?region|jz",
}
_KIND_BEFORE = {kind: re.compile(rf"(?:de |the )?(?:{words})[\s:]+(\S.*)") for kind, words in _BEFORE.items()}
_KIND_BEHIND = {
    kind: re.compile(rf"(\S.*?)(?:\s*[(\[]\s*(?:{words})\s*[)\]]|\s*,\s*(?:{words})|\s+{kind})") for kind, words in _BEHIND.items()
}
# Provinces by their code at Statistics Netherlands, with what people write for them between brackets.
_PROVINCES = {
    "pv20": "groningen gr gn gron", "pv21": "friesland fryslan fr frl fri", "pv22": "drenthe dr drente", "pv23": "overijssel o ov ovl",
    "pv24": "flevoland fl flev", "pv25": "gelderland g gl gld geld", "pv26": "utrecht u ut utr", "pv27": "noordholland nh nholl",
    "pv28": "zuidholland zh zholl", "pv29": "zeeland z zl zld ze zeel", "pv30": "noordbrabant nb nbr nbrab",
    "pv31": "limburg l li lb lim limb",
}  # fmt: skip
_PROVINCE_OF = {word: code for code, words in _PROVINCES.items() for word in words.split()}
_IN_PROVINCE = tuple(
    re.compile(rf"(\S.*?){behind}")
    for behind in (r"\s*[(\[]\s*([^()\[\]]+?)\s*[)\]]", r"\s*,\s*([^,]+)", r"\s+([nz]\.?-?[hb]\.?|gld|zld|ov|ut|fr|gr|dr|fl|lb)")
)


@dataclass(frozen=True, slots=True)
class Naming:
    """A name in its normal form, and what stands beside it: the kind of thing, and the code of a province."""

    name: str
    kind: str | None = None
    province: str | None = None

    @property
    def form(self) -> str | None:
        """Returns the form by which only things of the kind are found; None if nothing stands beside the name."""
        kind = self.kind or (MUNICIPALITY if self.province else None)
        return _form(kind, self.name, self.province) if kind else None


def naming(text: str) -> Naming:
    """Takes a name apart. Of what cannot be taken apart it is the whole."""
    name, kind, province = normal(text), None, None
    for _ in range(2):  # in any order: Bergen (NH) (gemeente), Bergen (gemeente), NH
        if not kind:
            name, kind = _kind(name, _KIND_BEHIND)
        if not province:
            name, province = _province(name)
    if not kind:
        name, kind = _kind(name, _KIND_BEFORE)
    return Naming(name, kind, province if kind in (None, MUNICIPALITY) else None)


def forms(kind: str, text: str, provinces: Iterable[str] = ()) -> Iterator[str]:
    """Yields the forms of a name of a thing of this kind, which a municipality also has with each of its provinces."""
    written = naming(text).province
    for name in (_bare(kind, text), *short_names(kind, text)):
        yield _form(kind, name)
        if kind == MUNICIPALITY:
            yield from (_form(kind, name, province.lower()) for province in (*provinces, *((written,) if written else ())))


def short_names(kind: str, text: str) -> Iterator[str]:
    """Yields what a municipality is also called: Bergen for Bergen (NH.), and Nuenen c.a. for Nuenen, Gerwen en Nederwetten."""
    name = _bare(kind, text)
    if kind == MUNICIPALITY and name != normal(text):
        yield name
    if kind == MUNICIPALITY and "," in name:
        yield f"{name.partition(',')[0]} c.a."


def kind_of(type_: str, kind: str | None) -> str | None:
    """Returns the word for the kind of a thing of a type, such as a region that is a province; None if it has none here."""
    if type_ == "Municipality":
        return MUNICIPALITY
    return {"PROVINCE": PROVINCE, "YOUTH_REGION": YOUTH_REGION}.get(kind or "") if type_ == "Region" else None


def _bare(kind: str, text: str) -> str:
    """The name without what stands beside it, if that fits a thing of this kind."""
    found = naming(text)
    fits = found.kind in (None, kind) and (kind == MUNICIPALITY or not found.province)
    return found.name if fits else normal(text)


def _form(kind: str, name: str, province: str | None = None) -> str:
    return f"{kind}:{sortable(name)}{f' ({province})' if province else ''}"


def _kind(name: str, patterns: dict[str, re.Pattern[str]]) -> tuple[str, str | None]:
    for kind, pattern in patterns.items():
        if match := pattern.fullmatch(name):
            return match[1], kind
    return name, None


def _province(name: str) -> tuple[str, str | None]:
    for pattern in _IN_PROVINCE:
        match = pattern.fullmatch(name)
        if match and (code := _PROVINCE_OF.get(re.sub("[^a-z]", "", sortable(match[2])))):
            return match[1], code
    return name, None
