"""A third language, added before the program is read: `python -m tests.graph.domain.third_language FOLDER ADDRESS` prints what it changes.

It is added in one place: Frisian falls back to English, and every table has the Dutch words in it with a mark before them.
"""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from graph.domain import languages
from graph.domain.closed_list import ClosedList
from graph.domain.languages import ByLanguage, Language

languages.LANGUAGES += (Language("FY", "Frisian", "Fries", "Frisian, or English if there is no Frisian text.", fallback="EN"),)

from api.answer import Answers, Question  # noqa: E402  everything else is read when the language is there
from graph.build.records import records  # noqa: E402
from graph.engines.bolt import Store  # noqa: E402
from graph.engines.cypher import Address  # noqa: E402
from graph.load.load import load  # noqa: E402
from seeds.check import check, dataset  # noqa: E402

DAY = date(2023, 6, 1)
QUESTION = """{
  municipality(ref: "town") { name(lang: FY) memberships { facets { field label(lang: FY) } nodes {
    roleLabel(lang: FY) memberDuring { start { label(lang: FY) } } } } }
  region(ref: "north") { name(lang: FY) municipalities { remark(lang: FY) } }
  coverage(municipality: "town", function: "dyslexia") { explanation(lang: FY) via { steps { label(lang: FY) } } }
  diff(from: "2020-01-01", to: "2021-12-31", first: 1) { nodes { sentence(lang: FY) } }
  timeline(entity: "town") { label(lang: FY) }
  path(from: "town", to: "north") { steps { label(lang: FY) } }
  savedQuestions { description(lang: FY) }
  __type(name: "Language") { enumValues { name description } }
}"""


def marked(dutch: Any) -> Any:
    """Words with a mark, as if somebody had translated them."""
    if isinstance(dutch, dict):
        return {key: marked(value) for key, value in dutch.items()}
    if isinstance(dutch, list | tuple):
        return type(dutch)(marked(value) for value in dutch)
    return f"*{dutch}" if isinstance(dutch, str) and any(sign.isalpha() for sign in dutch) else dutch


def translate() -> None:
    """Gives every table of words the new language."""
    values = [value for name, module in list(sys.modules.items()) if name.startswith("graph.") for value in vars(module).values()]
    tables = {id(value): value for value in values if isinstance(value, ByLanguage)}
    tables |= {id(word.names): word.names for value in values if isinstance(value, ClosedList) for word in value.values()}
    for table in tables.values():
        table["FY"] = marked(table["NL"])


async def main(folder: Path, address: Address) -> None:
    translate()
    async with Store(address, query_seconds=120) as store:
        await load(store, records(dataset(folder)), "2026-01-01T00:00:00+00:00")
        answer = await Answers(store, lambda: DAY, address.engine)(Question(QUESTION, None, {}))
    print(json.dumps({"problems": [str(problem) for problem in check(folder)], **answer}, default=str))


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), Address(*json.loads(sys.argv[2]))))
