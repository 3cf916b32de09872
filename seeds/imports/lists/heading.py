"""The columns of a list and their headings: which are read, which resemble one that is read, and which announce personal data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from graph.domain.closed_list import ClosedList
from graph.domain.reference import sortable

LIKE = 0.8
_PERSONAL = (
    "bsn", "burgerservicenummer", "sofinummer", "geboortedatum", "geboortejaar", "geboorteplaats", "geslacht", "leeftijd", "voornaam",
    "achternaam", "roepnaam", "voorletters", "tussenvoegsel", "client", "clienten", "clientnaam", "clientnummer", "clientnr", "patient",
    "patientnummer", "jeugdige", "jeugdigen", "kinderen", "kindnaam", "ouder", "ouders", "ouderlijk", "verzorger", "voogd", "gezinslid",
    "email", "mail", "mailadres", "emailadres", "telefoon", "telefoonnummer", "telefoonnr", "telnr", "tel", "mobiel", "mobielnummer", "gsm",
    "contactpersoon",    "contactpersonen", "contactgegevens", "contact", "contractmanager", "contractbeheerder", "accountmanager",
    "relatiebeheerder",
    "behandelaar", "hulpverlener", "regiehouder", "bestuurder", "bestuurders", "directeur", "wethouder", "ambtenaar", "medewerker",
    "tekenbevoegde", "ondertekenaar", "handtekening", "iban", "rekeningnummer", "bankrekening", "woonadres", "huisadres", "nationaliteit",
    "citizen", "birth", "birthdate", "birthday", "dob", "gender", "firstname", "surname", "phone", "telephone", "mobile", "person", "child",
    "parent", "guardian", "signatory", "alderman",
)  # fmt: skip
_PERSONAL_PHRASES = (
    "e mail",
    "naam kind",
    "kind naam",
    "naam van het kind",
    "first name",
    "last name",
    "account manager",
    "contract manager",
    "contact person",
    "date of birth",
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `about` and `example` explain it in the template, in Dutch. `words` are all that may stand in it, if they are few.

    `also` are other headings that mean exactly the same.
    """

    key: str
    dutch: str
    english: str
    about: str
    example: str
    also: tuple[str, ...] = ()
    words: ClosedList | None = None
    required: bool = False

    @property
    def headings(self) -> tuple[str, ...]:
        return (self.dutch, self.english, *self.also)


def form(heading: str) -> str:
    """Returns the form in which headings are compared: without case, accents, punctuation and line ends."""
    return sortable(heading)


def left_alone(heading: str) -> bool:
    """Returns True for a heading in brackets: the owner of the list says that the column is not to be read."""
    return re.fullmatch(r"\s*[(\[].*[)\]]\s*", heading, re.DOTALL) is not None


def column_of(heading: str, columns: Sequence[Column]) -> Column | None:
    """Returns the column that has exactly this heading."""
    sought = form(heading)
    return next((column for column in columns if sought in map(form, column.headings)), None) if sought else None


def nearest(heading: str, columns: Sequence[Column]) -> str | None:
    """Returns the known heading that resembles a heading, or None."""
    known = {form(each): each for column in columns for each in column.headings}
    close = get_close_matches(form(heading), known, n=1, cutoff=LIKE)
    return known[close[0]] if close else None


def personal(heading: str) -> bool:
    """Returns True if the heading announces data about a person."""
    words = form(heading)
    if any(f" {phrase} " in f" {words} " for phrase in _PERSONAL_PHRASES):
        return True
    return words == "kind" or any(word in _PERSONAL or word.startswith("client") for word in words.split())
