"""Ranking: how well a name, an alias or a code matches a search. Pure; `graph.compile.search` has
the same rule in Cypher.

Texts are compared in their spelling: lower case without accents or punctuation, with two spaces
before each word (`  zaanstreek  waterland`). A score is a whole number of thousandths, so that
every engine computes the same:

1000       an exact match: a reference that it can be, or the same spelling
800 … 900  the text begins with the search: 800 + 200 · q / (q + t), where q and t are the numbers of letters and digits of both
600 … 700  every word of the search begins a word of the text: 600 + 100 · q / (q + t)
  1 … 500  similar: 1000 · shared / (trigrams + t), for the trigrams of the search with the spaces before each word,
           of which at least 3 of every 5 occur in the text

Another name loses 10, a former name or a slug 20, a misspelling 30; similar texts lose nothing.
Similar texts count only if nothing matches better: a search for Noordje does not mean
Noord-Holland. A word with a digit, or of at most three letters, has to match exactly: RET is not
ROT, GM0478 is not GM0479.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.domain.notation import BSN, read
from graph.domain.reference import spelled
from graph.domain.words import TEXT_KINDS
from graph.errors import BadInput

# The order in which equally good texts of one entity are shown, and the deduction for a kind.
KINDS = tuple(TEXT_KINDS)
OFF = {"OFFICIAL": 10, "SHORT": 10, "ABBREVIATION": 10, "FORMER": 20, "SLUG": 20, "MISSPELLING": 30}
CONFIDENCE = {"NAME": 95, "OFFICIAL": 90, "SHORT": 90, "ABBREVIATION": 90, "FORMER": 85, "SLUG": 85, "MISSPELLING": 75}  # in hundredths
UNSPELLED = ("IDENTIFIER", "KEY", "URI")  # these match as a whole or not at all
NAMES = ("NAME", "OFFICIAL", "SHORT", "ABBREVIATION", "FORMER")  # these may be suggested
EXACT, BEGINS, WORDS, ALIKE = 1000, 800, 600, 500
LONGEST = 200
SURE = 3
_COMMON = " enatirodslghvkmubpwjczfxyq0123456789"  # the characters of Dutch texts, the most frequent first


@dataclass(frozen=True, slots=True)
class Sought:
    """A search, prepared for the query.

    `keys` are the references that it can be, as `graph.domain.notation` reads it. `seeds` are
    trigrams of which every matching text has at least one, so that a trigram index finds all
    candidates. `hints` are the same for every text that has at least half of the trigrams.
    """

    keys: tuple[str, ...]
    spelled: str
    words: tuple[str, ...]
    sure: tuple[str, ...]
    grams: tuple[str, ...]
    least: int
    seeds: tuple[str, ...]
    hints: tuple[str, ...]

    @property
    def letters(self) -> int:
        return letters(self.spelled)


@dataclass(frozen=True, slots=True)
class Called:
    """A text that refers to an entity: its normal form, its spelling (empty for the kinds in `UNSPELLED`) and its kind."""

    entity: str
    text: str
    key: str
    spelled: str
    kind: str


@dataclass(frozen=True, slots=True)
class Hit:
    """An entity that matches, with its best text and the score of that in thousandths."""

    entity: str
    score: int
    text: str
    kind: str


def letters(spelled: str) -> int:
    return len(spelled.replace(" ", ""))


def sought(text: str, argument: str = "query") -> Sought:
    """Prepares a search. Raises BadInput if it is too long or has no letter or digit."""
    if len(text) > LONGEST:
        raise BadInput(f"A search has at most {LONGEST} characters; this one has {len(text)}.", "Search for a part of the name.", argument)
    notation = read(text)
    if notation.is_secret:
        raise BadInput(BSN, "Look for the organisation by its name or code.", argument)
    form = spelled(notation.name or text)
    if not form:
        raise BadInput("There is no letter or digit to search for.", "Give a part of a name or a code, for example zaans.", argument)
    words = tuple(dict.fromkeys(f"  {word}" for word in form.split()))
    grams = tuple(dict.fromkeys(word[at : at + 3] for word in words for at in range(len(word) - 2)))
    sure = tuple(word for word in words if letters(word) <= SURE or any(sign.isdigit() for sign in word))
    least = -(-3 * len(grams) // 5)
    rarest = sorted(grams, key=lambda gram: (-sum(_COMMON.index(sign) for sign in gram), gram))
    seeds = (max(sure, key=len),) if sure else tuple(rarest[: len(grams) - least + 1])
    hints = tuple(rarest[: len(grams) - -(-len(grams) // 2) + 1])
    return Sought(notation.references, form, words, sure, grams, least, seeds, hints)


def score(sought: Sought, called: Called) -> int | None:
    """Returns the score of a text in thousandths, or None if it does not match."""
    off, text = OFF.get(called.kind, 0), called.spelled
    if called.key in sought.keys or sought.spelled == text:
        return EXACT - off
    shared, all_letters = sum(gram in text for gram in sought.grams), letters(text)
    if shared < sought.least or not all(word in text for word in sought.sure):
        return None
    if text.startswith(sought.spelled):
        return BEGINS + 200 * sought.letters // (sought.letters + all_letters) - off
    if all(word in text for word in sought.words):
        return WORDS + 100 * sought.letters // (sought.letters + all_letters) - off
    return 1000 * shared // (len(sought.grams) + all_letters)


def rank(sought: Sought, candidates: Iterable[Called]) -> list[Hit]:
    """Returns all entities that match, each with its best text: the best first, then by key.

    Similar texts are left out if anything matches better.
    """
    best: dict[str, tuple[int, int, str]] = {}
    for called in candidates:
        points = score(sought, called)
        if points is not None:
            place = (-points, KINDS.index(called.kind), called.text)
            best[called.entity] = min(best.get(called.entity, place), place)
    hits = [Hit(entity, -minus, text, KINDS[kind]) for entity, (minus, kind, text) in best.items()]
    if any(hit.score > ALIKE for hit in hits):
        hits = [hit for hit in hits if hit.score > ALIKE]
    return sorted(hits, key=lambda hit: (-hit.score, hit.entity))
