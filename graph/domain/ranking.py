"""Ranking: how well a name, an alias or a code answers to what someone typed. Pure; `graph.compile.search` says the same in Cypher.

Texts are compared as they are spelled: small letters without accents, words without what stands between them, each word with two
spaces before it (`  zaanstreek  waterland`). A score is a whole number of thousandths, so that every engine finds the same:

1000       the text itself: the same key, or spelled the same
800 … 900  the text begins so: 800 + 200 · q / (q + t), where q and t count the letters and digits of what is typed and of the text
600 … 700  every word that is typed begins a word of the text: 600 + 100 · q / (q + t)
  1 … 500  alike: 1000 · shared / (grams + t), where a gram is a piece of three signs of a typed word with its spaces before it,
           and at least 3 of every 5 grams occur in the text

That a text is another name (10), a former one or a slug (20) or a misspelling (30) takes that off, but not where texts are only alike.
What is only alike answers only where nothing answers better: who types Noordje does not mean Noord-Holland.
A word that has a digit, or has at most three letters, is never taken for another: RET is not ROT, GM0478 is not GM0479.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.domain.reference import normal, sortable
from graph.domain.words import TEXT_KINDS
from graph.errors import BadInput

# In which order the texts of one thing are told where they answer equally well; and what a kind takes off.
KINDS = tuple(TEXT_KINDS)
OFF = {"OFFICIAL": 10, "SHORT": 10, "ABBREVIATION": 10, "FORMER": 20, "SLUG": 20, "MISSPELLING": 30}
UNSPELLED = ("IDENTIFIER", "KEY", "URI")  # these are found as a whole or not at all
NAMES = ("NAME", "OFFICIAL", "SHORT", "ABBREVIATION", "FORMER")  # what may be suggested
EXACT, BEGINS, WORDS, ALIKE = 1000, 800, 600, 500
LONGEST = 200
SURE = 3
_COMMON = " enatirodslghvkmubpwjczfxyq0123456789"  # the letters of Dutch, the most frequent first


@dataclass(frozen=True, slots=True)
class Sought:
    """What someone typed, as it is looked for.

    `seeds` are pieces of which every text that answers has at least one, so that an index of pieces finds all candidates;
    `hints` are those of every text in which at least half of the grams occur.
    """

    key: str
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
    """A text by which a thing may be called: its key as a reference, how it is spelled (empty where it is `UNSPELLED`), its kind."""

    entity: str
    text: str
    key: str
    spelled: str
    kind: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that answers, with its best text and the score of that in thousandths."""

    entity: str
    score: int
    text: str
    kind: str


def spelled(text: str) -> str:
    """How a text is spelled where it is compared; empty where it has no letter or digit."""
    return "".join(f"  {word}" for word in sortable(normal(text)).split())


def letters(spelled: str) -> int:
    return len(spelled.replace(" ", ""))


def sought(text: str, argument: str = "query") -> Sought:
    """What is typed, ready to be looked for. Raises BadInput where it is too long or has no letter or digit."""
    if len(text) > LONGEST:
        raise BadInput(f"A search has at most {LONGEST} characters; this one has {len(text)}.", "Search for a part of the name.", argument)
    form = spelled(text)
    if not form:
        raise BadInput("There is no letter or digit to search for.", "Give a part of a name or a code, for example zaans.", argument)
    words = tuple(dict.fromkeys(f"  {word}" for word in form.split()))
    grams = tuple(dict.fromkeys(word[at : at + 3] for word in words for at in range(len(word) - 2)))
    sure = tuple(word for word in words if letters(word) <= SURE or any(sign.isdigit() for sign in word))
    least = -(-3 * len(grams) // 5)
    rarest = sorted(grams, key=lambda gram: (-sum(_COMMON.index(sign) for sign in gram), gram))
    seeds = (max(sure, key=len),) if sure else tuple(rarest[: len(grams) - least + 1])
    hints = tuple(rarest[: len(grams) - -(-len(grams) // 2) + 1])
    return Sought(normal(readable(text)), form, words, sure, grams, least, seeds, hints)


def readable(text: str) -> str:
    """A text that every engine takes: half characters (lone surrogates) become question marks."""
    return text.encode("utf-8", "replace").decode()


def score(sought: Sought, called: Called) -> int | None:
    """How well a text answers, in thousandths; None where it does not."""
    off, text = OFF.get(called.kind, 0), called.spelled
    if sought.key == called.key or sought.spelled == text:
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
    """Everything that answers, each thing once by its best text; the best first, and among equals by key.

    Where something answers better, what is only alike is left out.
    """
    best: dict[str, tuple[int, int, str]] = {}
    for called in candidates:
        found = score(sought, called)
        if found is not None:
            place = (-found, KINDS.index(called.kind), called.text)
            best[called.entity] = min(best.get(called.entity, place), place)
    hits = [Hit(entity, -minus, text, KINDS[kind]) for entity, (minus, kind, text) in best.items()]
    if any(hit.score > ALIKE for hit in hits):
        hits = [hit for hit in hits if hit.score > ALIKE]
    return sorted(hits, key=lambda hit: (-hit.score, hit.entity))
