"""Identifiers of national registries: the check of their form, and their URIs."""

from __future__ import annotations

import re
from collections.abc import Callable

TOOI = "https://identifier.overheid.nl/tooi/id/"
OWMS = "http://standaarden.overheid.nl/owms/terms/"
ATU = "http://publications.europa.eu/resource/authority/atu/"
_PATTERNS = {
    scheme: re.compile(pattern, re.ASCII)
    for scheme, pattern in {
        "CBS_GM": r"GM\d{4}",
        "CBS_JZ": r"JZ\d{2}",
        "CBS_PV": r"PV\d{2}",
        "CBS_GG": r"GG\d{4}",
        "CBS_VT": r"VT\d{2}",
        "CBS_VR": r"VR\d{2}",
        "CBS_ZK": r"ZK\d{2}",
        "TOOI": re.escape(TOOI)
        + r"(gemeente/(gm\d{4}|wzg_\d+)|provincie/pv\d{2}|waterschap/ws\d{4}|so/(so\d{4}|hv_\d{8})|oorg/oorg\d{5}"
        + r"|zbo/zb\d{6}|col/col\d{2}|ministerie/mnre\d{4})",
        "KVK": r"\d{8}",
        "RSIN": r"\d{9}",
        "OIN": r"\d{20}",
        "AGB": r"\d{8}",
        "OCID": r"ocds-[a-z0-9]{6}-\S+",
        "TENDERNED": r"\d{5,7}",
        "WIKIDATA": r"Q[1-9]\d*",
        "ROO": r"\d{4,9}",
        "OWMS": re.escape(OWMS) + r"\S+",
        "EU_ATU": re.escape(ATU) + r"NLD_[A-Z]+_[A-Z]+",
        "LOCAL": r"\S(.*\S)?",
    }.items()
}
_FIXED = re.compile(r"(?:[A-Z]{2})?\\d\{(\d+)\}")
# How many digits an identifier has, of the schemes that fix it: KVK 8, CBS_GM 4 behind its letters.
LENGTHS = {scheme: int(found[1]) for scheme, pattern in _PATTERNS.items() if (found := _FIXED.fullmatch(pattern.pattern))}
_EXAMPLES = {
    "CBS_GM": "GM0479", "CBS_JZ": "JZ09", "CBS_PV": "PV27", "CBS_GG": "GG7306", "CBS_VT": "VT22", "CBS_VR": "VR11", "CBS_ZK": "ZK26",
    "TOOI": f"{TOOI}gemeente/gm0479", "KVK": "27381312 (8 digits)",
    "RSIN": "822477348 (9 digits, the last of which checks the others)", "OIN": "00000001822477348000 (20 digits)",
    "AGB": "22220001 (8 digits)", "OCID": "ocds-abc123-1", "TENDERNED": "123456", "WIKIDATA": "Q9978", "ROO": "71428",
    "OWMS": f"{OWMS}Zaanstad", "EU_ATU": f"{ATU}NLD_GEM_ZST", "LOCAL": "B-12",
}  # fmt: skip
_URIS: dict[str, Callable[[str], str]] = {
    "CBS_GM": lambda id: f"{TOOI}gemeente/{id.lower()}",
    "CBS_PV": lambda id: f"{TOOI}provincie/{id.lower()}",
    "TOOI": lambda id: id,
    "OWMS": lambda id: id,
    "EU_ATU": lambda id: id,
    "WIKIDATA": lambda id: f"http://www.wikidata.org/entity/{id}",  # http and /entity/: that is the name, not the page
    "ROO": lambda id: f"https://organisaties.overheid.nl/{id}",
}


def well_formed(scheme: str, id: str) -> bool:
    """Returns True if the identifier has the form and the check digit of its scheme. A registry need not have it."""
    return fault(scheme, id) is None


def fault(scheme: str, id: str) -> str | None:
    """Returns what is wrong with the form or the check digit of an identifier, as the end of a
    sentence, or None.

    An OIN is 8 digits that name a registry, then its number, then zeros: 00000001, an RSIN and 000;
    or 00000003, a KVK number and 0000 (Logius, OIN-stelsel, "Samenstelling OIN"). An RSIN passes
    the eleven-test. KVK numbers and AGB codes are 8 digits without a check digit (Handelsregister;
    Vektis, AGB-register). python-stdnum has the eleven-test (`nl.bsn`), and nothing for KVK, OIN or
    AGB.
    """
    pattern = _PATTERNS.get(scheme)
    if pattern is None:
        return "belongs to no registry that is known here"
    if pattern.fullmatch(id) is None:
        return f"does not look like {_EXAMPLES[scheme]}"
    if scheme == "RSIN" and not eleven_test(id):
        return "has a wrong check digit"
    if scheme == "OIN" and id.startswith("00000001") and not (id.endswith("000") and eleven_test(id[8:17])):
        return "begins with 00000001, so it should have an RSIN and then 000, and has not"
    if scheme == "OIN" and id.startswith("00000003") and not id.endswith("0000"):
        return "begins with 00000003, so it should have a KVK number and then 0000, and has not"
    return None


def uri(scheme: str, id: str) -> str | None:
    """Returns the URI of an identifier, or None if its scheme has no URIs or the identifier is not well formed."""
    make = _URIS.get(scheme)
    return make(id) if make and well_formed(scheme, id) else None


def example(scheme: str) -> str:
    """Returns an example of an identifier of the scheme, for messages."""
    return _EXAMPLES[scheme]


def eleven_test(digits: str) -> bool:
    """Returns True if nine digits pass the check that RSINs and citizen service numbers (BSN) share."""
    weighted = sum(int(d) * w for d, w in zip(digits, (9, 8, 7, 6, 5, 4, 3, 2, -1), strict=True))
    return weighted % 11 == 0 and digits != "000000000"
