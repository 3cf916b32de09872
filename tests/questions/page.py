"""One page: a question, the Cypher that it must compile to, and the answer."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from api.answer import Answers, Question
from graph.ask.ask import Reader
from graph.engines.cypher import Cypher

FOLDER = Path(__file__).parent
TODAY = date(2026, 11, 21)  # the day on which every page is asked
_BLOCK = re.compile(r"^```(graphql|json variables|cypher|json)\n(.*?)^```\n", re.DOTALL | re.MULTILINE)
BETWEEN = "\n// ── next root field ──\n"


@dataclass(frozen=True)
class Page:
    """A page as it stands in its file."""

    file: Path
    text: str

    @property
    def blocks(self) -> dict[str, str]:
        return dict(_BLOCK.findall(self.text))

    @property
    def question(self) -> Question:
        return Question(self.blocks["graphql"], None, json.loads(self.blocks.get("json variables", "null")))

    @property
    def answer(self) -> Any:
        return json.loads(self.blocks["json"])

    @property
    def cypher(self) -> str:
        return self.blocks["cypher"].removesuffix("\n")

    def with_results(self, cypher: str, answer: Any) -> str:
        """The page with its Cypher and answer replaced, or added at its end."""
        prose = _BLOCK.sub(lambda m: m[0] if m[1] in ("graphql", "json variables") else "", self.text)
        prose = re.sub(r"^## (Cypher|Answer)\n+", "", prose, flags=re.MULTILINE).rstrip("\n")
        shown = json.dumps(answer, ensure_ascii=False, indent=2)
        return f"{prose}\n\n## Cypher\n\n```cypher\n{cypher}\n```\n\n## Answer\n\n```json\n{shown}\n```\n"


def pages() -> list[Page]:
    """Returns all pages, by name."""
    return [Page(file, file.read_text("utf-8")) for file in sorted(FOLDER.glob("*.md"))]


class Recording:
    """A store that keeps the queries that it runs."""

    def __init__(self, store: Reader) -> None:
        self.store, self.asked, self.upkeep = store, list[Cypher](), 0

    async def read(self, cypher: Cypher) -> list[Any] | None:
        self.asked.append(cypher)
        return await self.store.read(cypher)

    async def rows(self, cypher: Cypher) -> list[list[Any]]:
        self.upkeep += 1
        return await self.store.rows(cypher)


async def asked(page: Page, store: Reader) -> tuple[Any, Recording]:
    """Returns the answer to a page's question, and the store with the queries that it took."""
    recording = Recording(store)
    answer = await Answers(recording, lambda: TODAY, "engine")(page.question)
    answer.pop("extensions", None)  # the price is no part of the answer
    return answer, recording


def shown(recording: Recording) -> str:
    """Returns the queries as a page shows them, each text once: root fields of one form have the same."""
    names: dict[str, list[str]] = {}
    for cypher in recording.asked:
        names.setdefault(cypher.text, []).append(cypher.name)
    return BETWEEN.join(f"// {called[0]}{f' × {len(called)}' if len(called) > 1 else ''}\n{text}" for text, called in names.items())
