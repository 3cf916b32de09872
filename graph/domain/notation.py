"""Notation: reads references to things as people write them. Pure; only the graph knows if something has the reference.

This is the one reader: `ref`, `resolve`, `search`, the command line and the imports use it. It reads
`KvK 12 34 56 78`, `NL-KVK-12345678`, `363`, `gm0479`, `2022JZ09`, the URIs of every scheme, keys and
URIs of our own, and names (`graph.domain.naming`). If no registry is named, the form tells which it
is; if several fit, all are looked up and the answer says so.

Nothing is repaired by dropping signs: `198.0` is no code, because a program that made a number of it
has lost its zeros (198 is not 1980). Zeros that a code of fixed length has lost are put before it
only if the scheme is known, and the answer says so (`ZEROS_MISSING`).

Nine digits sent by mistake can be a citizen service number (BSN), which has the same check digit as
the RSIN. So for nine digits without a scheme the answer does not say if they pass that check, and a
number that is called a BSN is not processed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import unquote

from graph.domain.identifier import ATU, LENGTHS, OWMS, TOOI, fault
from graph.domain.model import TYPE_OF_PREFIX
from graph.domain.naming import naming
from graph.domain.reference import normal, readable, spelled, uri, visible
from graph.domain.words import IDENTIFIER_SCHEMES

LONGEST = 200
LONGEST_PLACE = 100  # no municipality, province or youth region has a name this long
MAX_IDENTIFIERS = 500
MOST_ZEROS = 3  # that a number of fixed length may have lost; an OIN begins with seven
_CODES = tuple(scheme.removeprefix("CBS_") for scheme in IDENTIFIER_SCHEMES if scheme.startswith("CBS_"))
_NUMBER_WORD = r"(?:[\s-]*(?:nummers?|nrs?\.?|code|id|identifier))?"
_WORDS = {
    r"(?:cbs[\s_-]?)?gemeente[\s-]?(?:code|nummer|nr\.?)|cbs_gm": "CBS_GM",
    **{scheme.lower(): scheme for scheme in IDENTIFIER_SCHEMES if scheme.startswith("CBS_") and scheme != "CBS_GM"},
    f"cbs{_NUMBER_WORD}": "CBS",
    "tooi": "TOOI",
    f"(?:(?:nl[-.:])?kvk|kamer van koophandel|handelsregister){_NUMBER_WORD}": "KVK",
    f"(?:nl[-.:])?rsin{_NUMBER_WORD}": "RSIN",
    f"(?:nl[-.:])?oin{_NUMBER_WORD}|organisatie-?identificatienummer": "OIN",
    f"agb{_NUMBER_WORD}": "AGB",
    "ocid": "OCID",
    f"tenderned{_NUMBER_WORD}": "TENDERNED",
    "wikidata|wd": "WIKIDATA",
    f"roo{_NUMBER_WORD}": "ROO",
    "owms": "OWMS",
    "eu_atu|eu-atu|atu": "EU_ATU",
    "local": "LOCAL",
}
_SCHEME_OF = {f"s{at}": scheme for at, scheme in enumerate(_WORDS.values())}
_LED = re.compile(
    f"(?:{'|'.join(f'(?P<s{at}>{words})' for at, words in enumerate(_WORDS))})(?P<sign>\\s*[:=#-]\\s*|\\s+|(?=\\d))(?P<rest>\\S.*)",
    re.IGNORECASE,
)
_BSN_WORD = re.compile(
    r"(?<![^\W\d_])(?:b\.?\s?s\.?\s?n\.?|burger[\s-]*service[\s-]*(?:nummer|nr)|sofi|citizen service number)"
    r"(?:[\s-]*(?:nummer|number|nr|no))?(?![^\W\d_])",
    re.IGNORECASE,
)
_ADDRESSES = {
    "TOOI": re.compile(r"https?://identifiers?\.overheid\.nl/tooi/id/(\S+?)/?", re.IGNORECASE),
    "CBS": re.compile(rf"https?://(?:[\w-]+\.)*cbs\.nl/\S*?((?:20\d\d)?(?:{'|'.join(_CODES)})\d+)/?", re.IGNORECASE),
    "ROO": re.compile(r"https?://(?:www\.)?(?:organisaties|almanak)\.overheid\.nl/(\d{4,9})(?:/\S*)?", re.IGNORECASE),
    "WIKIDATA": re.compile(r"https?://(?:www\.|m\.)?wikidata\.org/(?:entity|wiki)/(?:Special:EntityData/)?(Q\d+)\S*", re.IGNORECASE),
    "OWMS": re.compile(r"https?://standaarden\.overheid\.nl/owms/terms/(\S+?)/?", re.IGNORECASE),
    "EU_ATU": re.compile(r"https?://publications\.europa\.eu/resource/authority/atu/(\S+?)/?", re.IGNORECASE),
}
_BASE = {"TOOI": TOOI, "OWMS": OWMS, "EU_ATU": ATU}
_TOOI_OF = {"GM": "gemeente", "PV": "provincie"}
_CBS = re.compile(rf"(?:20\d\d)?({'|'.join(_CODES)})[ _-]?(\d+)", re.IGNORECASE | re.ASCII)
_DIGITS = re.compile(r"\d+(?:\s?[\s.-]\s?\d+)*", re.ASCII)
_FLOAT = re.compile(
    r"[+-]?(?:\d+[.,]\d*|[.,]\d+|\d{1,3}(?:,\d{3})+(?:\.\d*)?|\d{1,3}(?:\.\d{3})+,\d*|[+-]\d+)|[+-]?\d+(?:[.,]\d*)?e[+-]?\d+", re.I | re.A
)
_SHORT_GROUP = re.compile(r"[.-]\s?\d$")
_DATE = re.compile(
    r"(?:19|20)\d\d[-.](?:0?[1-9]|1[0-2])[-.](?:[0-2]?\d|3[01])|(?:[0-2]?\d|3[01])[-.](?:0?[1-9]|1[0-2])[-.](?:19|20)\d\d", re.A
)
_NOTICE = ("ROO", "TENDERNED")
_OF_LENGTH = {
    1: ("CBS_GM", "CBS_JZ", "CBS_PV"), 2: ("CBS_GM", "CBS_JZ", "CBS_PV"), 3: ("CBS_GM",), 4: ("CBS_GM", "ROO"), 5: _NOTICE, 6: _NOTICE,
    7: _NOTICE, 8: ("KVK", "AGB", "ROO"), 9: ("RSIN", "ROO"),
}  # fmt: skip
BSN = "A citizen service number (BSN) identifies a person. It was not processed."
_ESTABLISHMENT = "Twelve digits are a KVK establishment number; write the KVK number of eight digits."
_AS_TEXT = "Send the codes as text, as their registry writes them."


@dataclass(frozen=True, slots=True)
class Notation:
    """A reference as it was sent, and what it can mean.

    `keys` are the references that it can be, `spelled` the spelling of the name that it can be, and
    `name` that name without its kind. `schemes` has one scheme, several if the form fits several,
    none for a name; `certain` is False if the form leaves open of which scheme it is. `fault` is a
    sentence about what is wrong with it, and `code` the kind of fault. There are keys beside a fault
    only if zeros are missing: those of the number with its zeros.
    """

    input: str
    schemes: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    spelled: str | None = None
    fault: str | None = None
    code: str | None = None
    certain: bool = True
    name: str | None = None

    @property
    def references(self) -> tuple[str, ...]:
        """Returns the keys for whoever cannot say what was wrong: of a faulty text only itself, because a name may look like a code."""
        return (normal(self.input),) if self.fault else self.keys

    @property
    def is_secret(self) -> bool:
        """Returns True if it may not be repeated: it is announced as a citizen service number."""
        return self.fault == BSN


def read(text: str, scheme: str | None = None) -> Notation:
    """Returns what a text can mean. Faults are in the result and never raised.

    `scheme` says of which registry identifiers are that do not say it themselves.
    """
    shown = readable(text)
    plain = " ".join(unicodedata.normalize("NFKC", visible(shown)).split())
    if not plain:
        return Notation(shown, fault="There is nothing to look up.", code="EMPTY")
    if len(plain) > LONGEST:
        return Notation(shown, fault=f"An identifier has at most {LONGEST} characters; this one has {len(text)}.", code="TOO_LONG")
    if _BSN_WORD.search(plain) and any(sign.isdigit() for sign in plain):
        return Notation(shown, fault=BSN, code="MALFORMED")
    return _addressed(shown, plain) or _led(shown, plain) or (_hinted(shown, scheme, plain) if scheme else _bare(shown, plain))


def _bare(shown: str, text: str) -> Notation:
    return _coded(shown, text) or _numbered(shown, text) or _named(shown, text)


def _hinted(shown: str, scheme: str, text: str) -> Notation:
    coded = _coded(shown, text) if scheme not in ("LOCAL", *_BASE) else None
    return coded or _of_scheme(shown, scheme, text)


def _one(shown: str, scheme: str, id: str) -> Notation:
    """Reads an identifier of a known scheme, well formed or not."""
    wrong = fault(scheme, id)
    if not wrong:
        return Notation(shown, (scheme,), (normal(f"{scheme}:{id}"),))
    zeros = LENGTHS.get(scheme, 0) - len(id)
    whole = "0" * zeros + id
    if id.isdigit() and 0 < zeros <= (7 if scheme == "OIN" else MOST_ZEROS) and fault(scheme, whole) is None:
        said = f"{scheme}:{id} has {len(id)} digits, and should have {len(whole)}. With the zeros that a program may have dropped"
        return Notation(shown, (scheme,), (normal(f"{scheme}:{whole}"),), fault=f"{said} it is {scheme}:{whole}.", code="ZEROS_MISSING")
    return Notation(shown, (scheme,), fault=f"{scheme}:{id} {wrong}.", code="MALFORMED")


# ── references that say what they are ─────────────────────────────────────────────────────────────


def _addressed(shown: str, text: str) -> Notation | None:
    """Reads a URI, or a key or URI of our own."""
    plain = text.removeprefix("<").removesuffix(">")
    for scheme, pattern in _ADDRESSES.items():
        match = pattern.fullmatch(plain)
        if match:
            return _code_of_address(shown, scheme, match[1])
    own = plain.lower().removeprefix("urn:regiograaf:").replace(":", "/", 1).partition("@")[0]
    if own.partition("/")[0] in TYPE_OF_PREFIX and own.partition("/")[2]:
        return Notation(shown, (), (normal(uri(own)),))
    if re.match(r"[a-z][a-z0-9+.-]*://|urn:", plain, re.IGNORECASE):
        return Notation(shown, fault=f"{text} is not a URI of TOOI, CBS, ROO, OWMS, EU ATU, Wikidata or Regiograaf.", code="MALFORMED")
    return None


def _code_of_address(shown: str, scheme: str, code: str) -> Notation:
    if scheme == "CBS":
        return _coded(shown, code) or _one(shown, "CBS_GM", code)
    if scheme in _BASE:
        return _one(shown, scheme, f"{_BASE[scheme]}{code.lower() if scheme == 'TOOI' else unquote(code)}")
    return _one(shown, scheme, code.upper())


def _led(shown: str, text: str) -> Notation | None:
    """Reads an identifier with its scheme before it. A text that only begins like that, such as a name, is left alone."""
    match = _LED.fullmatch(text)
    if not match:
        return None
    scheme = next(_SCHEME_OF[group] for group in _SCHEME_OF if match[group])
    rest, sign = match["rest"], match["sign"].strip()
    if not any(character.isdigit() for character in rest) and sign != ":" and "://" not in rest:
        return None
    found = _of_scheme(shown, scheme, rest)
    if sign != "-":
        return found
    if found.fault and not any(character.isdigit() for character in text[: match.start("rest")] + rest[:1]):
        return None  # a slug, such as roo-register-2026
    return replace(found, keys=(*found.keys, normal(text)) if found.keys else ())  # it may be a slug as well


def _of_scheme(shown: str, scheme: str, text: str) -> Notation:
    """Reads what stands behind the name of a scheme, or in a column of that scheme."""
    if scheme == "LOCAL":
        return _one(shown, scheme, text)
    if wrong := _no_code(shown, text):
        return wrong
    if scheme in _BASE:
        address = _ADDRESSES[scheme].fullmatch(text)
        if address:
            return _code_of_address(shown, scheme, address[1])
        return _code_of_address(shown, scheme, _tooi(text) if scheme == "TOOI" else text.replace(" ", "_"))
    if scheme in ("OCID", "WIKIDATA"):
        return _one(shown, scheme, text.lower() if scheme == "OCID" else text.upper())
    if scheme.startswith("CBS"):
        kind = scheme[4:] or "GM"
        return _coded(shown, text) or _one(shown, f"CBS_{kind}", _cbs(kind, text) if text.isdecimal() else text)
    digits = re.sub(r"[\s.-]", "", text)
    if scheme == "OIN" and re.fullmatch(r"I\d{19}", digits, re.ASCII | re.IGNORECASE):
        digits = f"0{digits[1:]}"  # some certificates write it so
    return _one(shown, scheme, digits)


# ── references that only have a form ──────────────────────────────────────────────────────────────


def _coded(shown: str, text: str) -> Notation | None:
    """Reads a code that begins with letters of its scheme."""
    code = _CBS.fullmatch(text)
    if code:
        kind = code[1].upper()
        return _one(shown, f"CBS_{kind}", _cbs(kind, code[2]))
    if re.fullmatch(r"Q[1-9]\d*", text, re.ASCII | re.IGNORECASE):
        return _one(shown, "WIKIDATA", text.upper())
    if text.lower().startswith("ocds-"):
        return _one(shown, "OCID", text.lower())
    if re.fullmatch(r"NLD_[A-Z]+_[A-Z]+", text, re.IGNORECASE):
        return _one(shown, "EU_ATU", f"{ATU}{text.upper()}")
    return None


def _numbered(shown: str, text: str) -> Notation | None:
    """Reads a number of which nothing says of which registry it is."""
    wrong = _no_code(shown, text)
    if wrong or not _DIGITS.fullmatch(text):
        return wrong
    digits = re.sub(r"[\s.-]", "", text)
    if len(digits) == 20 or (len(digits) == 13 and fault("OIN", f"0000000{digits}") is None):
        return _one(shown, "OIN", digits)
    schemes = _OF_LENGTH.get(len(digits), ()) if len(digits) > 4 or text == digits else ()
    if not schemes:
        other = f"No registry has numbers of {len(digits)} digits; write the scheme first, as in KVK:27381312."
        return Notation(shown, fault=_ESTABLISHMENT if len(digits) == 12 else other, code="MALFORMED")
    keys = (normal(f"{s}:{_cbs(s[4:], digits) if s.startswith('CBS_') else digits}") for s in schemes)
    return Notation(shown, schemes, tuple(keys), certain=False)


def _no_code(shown: str, text: str) -> Notation | None:
    """Refuses what a program made of a code: a decimal number, one in scientific notation, or a date."""
    if _FLOAT.fullmatch(text):
        why = f"{text} is a decimal number, and no registry has those: a program made a number of a code, and its zeros may be lost."
    elif _DIGITS.fullmatch(text) and _SHORT_GROUP.search(text):
        why = f"{text} ends in a single digit behind a point or hyphen, and no registry writes its numbers so."
    elif _DATE.fullmatch(text):
        why = f"{text} is a date, not a code."
    else:
        return None
    return Notation(shown, fault=f"{why} {_AS_TEXT}", code="MALFORMED")


def _named(shown: str, text: str) -> Notation:
    form = spelled(text)
    if not form:
        return Notation(shown, fault="It has no letter or digit.", code="EMPTY")
    if len(text) > LONGEST_PLACE:
        return Notation(shown, (), (normal(text),), form, name=text)
    said = naming(text)
    name = said.name if said.kind and not normal(text).endswith(f" {said.kind}") else text  # a title may end with the word
    return Notation(shown, (), tuple(_keys(text, said.form)), form, name=name)


def _keys(text: str, form: str | None) -> Iterator[str]:
    yield normal(text)
    if form:
        yield form


def _cbs(kind: str, digits: str) -> str:
    """Returns a code with the zeros that it has at Statistics Netherlands; they are certain, because its letters say how long it is."""
    return f"{kind}{digits.zfill(LENGTHS.get(f'CBS_{kind}', 0))}"


def _tooi(code: str) -> str:
    """Returns a bare TOOI code, such as gm0479, as it stands in its URI."""
    found = _CBS.fullmatch(code)
    kind = _TOOI_OF.get(found[1].upper()) if found else None
    written = _cbs(found[1], found[2]) if found and kind else code
    return f"{kind}/{written}" if kind else written
