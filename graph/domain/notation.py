"""Notation: reads identifiers as people write them. Pure; only the graph knows if an entity has the identifier.

It reads `KvK 12 34 56 78`, `OIN: 0000…`, `gm0479`, `2022JZ09` and the full URIs of TOOI, CBS, ROO and Wikidata. If no registry is
named, the form tells which it is; if several fit, all are looked up and the answer says so. Nine digits sent by mistake can be a
citizen service number (BSN), which has the same check digit as the RSIN. So for nine digits without a scheme the answer does not say
if they pass that check, and a number that is called a BSN is not processed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.domain.identifier import fault
from graph.domain.model import TYPE_OF_PREFIX
from graph.domain.ranking import readable, spelled
from graph.domain.reference import normal, uri

LONGEST = 200
MAX_IDENTIFIERS = 500
_WORDS = {
    "cbs_gm": "CBS_GM", "gemeentecode": "CBS_GM", "cbs_jz": "CBS_JZ", "cbs_pv": "CBS_PV", "cbs": "CBS", "tooi": "TOOI", "kvk": "KVK",
    "kvk-nummer": "KVK", "kvknummer": "KVK", "kvk nummer": "KVK", "nl-kvk": "KVK", "rsin": "RSIN", "oin": "OIN", "agb": "AGB",
    "agb-code": "AGB", "agb code": "AGB", "agbcode": "AGB", "ocid": "OCID", "tenderned": "TENDERNED", "wikidata": "WIKIDATA",
    "wd": "WIKIDATA", "roo": "ROO", "local": "LOCAL", "bsn": "BSN", "burgerservicenummer": "BSN",
}  # fmt: skip
_LED = re.compile(rf"({'|'.join(map(re.escape, sorted(_WORDS, key=len, reverse=True)))})(?:\s*:\s*|\s+|(?=\d))(\S.*)", re.IGNORECASE)
_TOOI = re.compile(r"https?://identifier\.overheid\.nl/tooi/id/(\S+?)/?", re.IGNORECASE)
_TOOI_OF = {"CBS_GM": "gemeente", "CBS_PV": "provincie"}
_ADDRESSES = {
    "CBS": re.compile(r"https?://(?:[\w-]+\.)*cbs\.nl/\S*?((?:GM\d{4}|JZ\d{2}|PV\d{2}))/?", re.IGNORECASE),
    "ROO": re.compile(r"https?://organisaties\.overheid\.nl/(\d{4,9})(?:/\S*)?", re.IGNORECASE),
    "WIKIDATA": re.compile(r"https?://(?:www\.)?wikidata\.org/(?:entity|wiki)/(Q\d+)/?", re.IGNORECASE),
}
_CBS = re.compile(r"(?:20\d\d)?(GM|JZ|PV) ?(\d+)", re.IGNORECASE)
_DIGITS = re.compile(r"[\d\s.-]*\d[\d\s.-]*", re.ASCII)
_NOTICE = ("ROO", "TENDERNED")
_OF_LENGTH = {4: ("CBS_GM", "ROO"), 5: _NOTICE, 6: _NOTICE, 7: _NOTICE, 8: ("KVK", "AGB", "ROO"), 9: ("RSIN", "ROO")}
_BSN = "A citizen service number (BSN) identifies a person. It was not processed."
_ESTABLISHMENT = "Twelve digits are a KVK establishment number; write the KVK number of eight digits."


@dataclass(frozen=True, slots=True)
class Notation:
    """An identifier as it was sent, and what it can mean.

    `keys` are the references that it can be, `spelled` the name that it can be. `schemes` has one scheme, several if the form fits
    several, none for a name. `fault` is a sentence about what is wrong with it, and `code` the kind of fault.
    """

    input: str
    schemes: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    spelled: str | None = None
    fault: str | None = None
    code: str | None = None


def read(text: str) -> Notation:
    """Returns what a text can mean. Faults are in the result and never raised."""
    shown = readable(text)
    plain = " ".join(shown.split())
    if not plain:
        return Notation(shown, fault="There is nothing to look up.", code="EMPTY")
    if len(plain) > LONGEST:
        return Notation(shown, fault=f"An identifier has at most {LONGEST} characters; this one has {len(text)}.", code="TOO_LONG")
    return _addressed(shown, plain) or _led(shown, plain) or _shaped(shown, plain) or _named(shown, plain)


def _one(shown: str, scheme: str, id: str) -> Notation:
    """Reads an identifier of a known scheme, well formed or not."""
    wrong = fault(scheme, id)
    if wrong:
        return Notation(shown, (scheme,), fault=f"{scheme}:{id} {wrong}.", code="MALFORMED")
    return Notation(shown, (scheme,), (normal(f"{scheme}:{id}"),))


def _addressed(shown: str, text: str) -> Notation | None:
    """Reads a URI, or a key or URI of our own."""
    found = _TOOI.fullmatch(text)
    if found:
        return _one(shown, "TOOI", f"https://identifier.overheid.nl/tooi/id/{found[1].lower()}")
    for scheme, pattern in _ADDRESSES.items():
        found = pattern.fullmatch(text)
        if found:
            return _one(shown, _cbs(found[1]) if scheme == "CBS" else scheme, found[1].upper())
    own = text.lower().removeprefix("urn:regiograaf:").replace(":", "/", 1)
    if own.partition("/")[0] in TYPE_OF_PREFIX and own.partition("/")[2]:
        return Notation(shown, (), (normal(uri(own)),))
    if re.match(r"[a-z][a-z0-9+.-]*://|urn:", text, re.IGNORECASE):
        return Notation(shown, fault=f"{text} is not a URI of TOOI, CBS, ROO, Wikidata or Regiograaf.", code="MALFORMED")
    return None


def _led(shown: str, text: str) -> Notation | None:
    """Reads an identifier with its scheme before it. A text that only begins like that, such as a name, is left alone."""
    found = _LED.fullmatch(text)
    if not found:
        return None
    scheme, rest = _WORDS[found[1].lower()], found[2]
    if not any(sign.isdigit() for sign in rest) and ":" not in text:
        return None
    if scheme == "BSN":
        return Notation(shown, fault=_BSN, code="MALFORMED")
    if scheme == "LOCAL":
        return _one(shown, scheme, rest)
    if scheme == "TOOI":
        address = _TOOI.fullmatch(rest)
        return _one(shown, "TOOI", _tooi(address[1] if address else rest))
    if scheme in ("OCID", "WIKIDATA"):
        return _one(shown, scheme, rest.lower() if scheme == "OCID" else rest.upper())
    if scheme.startswith("CBS"):
        code = _CBS.fullmatch(rest)
        kind = _cbs(code[1]) if code else scheme if scheme != "CBS" else "CBS_GM"
        letters = "" if code else kind[-2:] * rest.isdigit()
        written = f"{code[1]}{code[2]}".upper() if code else f"{letters}{rest}"
        return _one(shown, kind if scheme == "CBS" else scheme, written)
    digits = re.sub(r"[\s.-]", "", rest)
    if scheme == "OIN" and re.fullmatch(r"I\d{19}", digits, re.ASCII | re.IGNORECASE):
        digits = f"0{digits[1:]}"  # some certificates write it so
    return _one(shown, scheme, digits)


def _shaped(shown: str, text: str) -> Notation | None:
    """Reads an identifier without a scheme, by its form."""
    code = _CBS.fullmatch(text)
    if code:
        return _one(shown, _cbs(code[1]), f"{code[1]}{code[2]}".upper())
    if re.fullmatch(r"Q[1-9]\d*", text, re.ASCII | re.IGNORECASE):
        return _one(shown, "WIKIDATA", text.upper())
    if text.lower().startswith("ocds-"):
        return _one(shown, "OCID", text.lower())
    if not _DIGITS.fullmatch(text):
        return None
    digits = re.sub(r"[\s.-]", "", text)
    if len(digits) == 20:
        return _one(shown, "OIN", digits)
    schemes = _OF_LENGTH.get(len(digits))
    if not schemes:
        other = f"No registry has numbers of {len(digits)} digits; write the scheme first, as in KVK:27381312."
        return Notation(shown, fault=_ESTABLISHMENT if len(digits) == 12 else other, code="MALFORMED")
    return Notation(shown, schemes, tuple(normal(f"{s}:{'GM' * (s == 'CBS_GM')}{digits}") for s in schemes))


def _named(shown: str, text: str) -> Notation:
    form = spelled(text)
    if not form:
        return Notation(shown, fault="It has no letter or digit.", code="EMPTY")
    return Notation(shown, (), (normal(text),), form)


def _cbs(letters: str) -> str:
    return f"CBS_{letters[:2].upper()}"


def _tooi(code: str) -> str:
    """Returns the URI of a bare TOOI code, such as gm0479."""
    kind = _TOOI_OF.get(_cbs(code)) if _CBS.fullmatch(code) else None
    return f"https://identifier.overheid.nl/tooi/id/{f'{kind}/' if kind else ''}{code.lower()}"
