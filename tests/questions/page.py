"""One page: what it asks, the Cypher that must come of it, and the answer."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from api.answer import Answers, Question
from graph.engines.bolt import Store
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
    return [Page(file, file.read_text("utf-8")) for file in sorted(FOLDER.glob("*.md"))]


class Recording:
    """A store that remembers what it was asked."""

    def __init__(self, store: Store) -> None:
        self.store, self.asked, self.upkeep = store, list[Cypher](), 0

    async def read(self, cypher: Cypher) -> list[Any] | None:
        self.asked.append(cypher)
        return await self.store.read(cypher)

    async def rows(self, cypher: Cypher) -> list[list[Any]]:
        self.upkeep += 1
        return await self.store.rows(cypher)


async def asked(page: Page, store: Store) -> tuple[Any, Recording]:
    """The answer to a page's question, and what was asked of the store for it."""
    recording = Recording(store)
    answer = await Answers(recording, lambda: TODAY, "engine")(page.question)
    answer.pop("extensions", None)  # what it costs is no part of the answer
    return answer, recording


def shown(recording: Recording) -> str:
    return BETWEEN.join(f"// {c.name}\n{c.text}" for c in recording.asked)
