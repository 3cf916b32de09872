"""`regiograaf explain`: Cypher that can be pasted, what the store reports about it, and where the time goes."""

from __future__ import annotations

import asyncio
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from api.cli.explain import explain, explanation_of, question_of
from api.cli.explain_text import in_columns, plain
from graph.engines.bolt import Store
from graph.engines.cypher import Cypher
from graph.engines.printed import WIDTH, literal, printed
from graph.engines.profile import Operator
from graph.errors import BadInput, NotFound
from tests.api.conftest import TODAY
from tests.conftest import engine

__all__ = ["engine"]  # on both engines

TWO = '{ one: municipality(ref: "zaanstad") { name } other: regions(first: 2) { nodes { name } } }'
STEPS = ["parse", "validate", "plan", "one: store, to the first record", "one: store, streaming", "one: driver and wire", "one: shape"]


def explanation(store: Store, runner: asyncio.Runner, text: str, variables: str = "{}", day: date | None = None) -> Any:
    async def work() -> Any:
        return await explanation_of(store, await question_of(store, text, variables, day), day or TODAY)

    return runner.run(work())


def test_every_root_field_has_its_cypher_and_every_step_its_time(loaded: Store, runner: asyncio.Runner) -> None:
    explained = explanation(loaded, runner, TWO)
    text = in_columns(explained)
    assert "── one: municipality ─" in text
    assert "── other: regions ─" in text
    assert ':param p0 => ["zaanstad"]' in text
    for step in STEPS:
        assert re.search(rf"^{re.escape(step)} .*\d", text, re.MULTILINE), step
    assert re.search(r"^write JSON .*\d", text, re.MULTILINE)


def test_an_explanation_fits_in_a_hundred_columns(loaded: Store, runner: asyncio.Runner) -> None:
    text = in_columns(explanation(loaded, runner, "dyslexie Aalsmeer 2023-06-01"))
    assert [line for line in text.split("\n") if len(line) > WIDTH] == []


def test_neo4j_reports_operators_and_db_hits_and_the_embedded_engine_says_that_it_does_not(loaded: Store, runner: asyncio.Runner) -> None:
    explained = explanation(loaded, runner, TWO)
    one, text = plain(explained)["fields"][0], in_columns(explained)
    assert one["records"] == 1
    if loaded.address.engine == "embedded":
        assert one["dbHits"] is None
        assert one["operators"] is None
        assert "counts no db hits" in text
        assert "Dataset[key]" in one["plan"]
    else:
        assert one["plan"] is None
        assert one["dbHits"] == sum(_hits(one["operators"])) > 0
        assert "NodeUniqueIndexSeek" in text


def _hits(operator: dict[str, Any]) -> list[int]:
    return [operator["dbHits"], *(hits for child in operator["children"] for hits in _hits(child))]


def test_the_printed_cypher_can_be_run_again_with_the_same_answer(loaded: Store, runner: asyncio.Runner) -> None:
    (field, _) = explanation(loaded, runner, TWO).fields
    lines = printed(field.cypher).split("\n")
    text = "\n".join(line for line in lines if not line.startswith(":param")).removesuffix(";")
    again = runner.run(loaded.profile(Cypher(text, {"p0": ["zaanstad"]})))
    assert again.records == field.profiles[0].records


def test_words_a_file_and_a_document_can_be_explained(loaded: Store, runner: asyncio.Runner, tmp_path: Path) -> None:
    file = tmp_path / "question.graphql"
    file.write_text("query($ref: Ref!, $asOf: Date) { region(ref: $ref, asOf: $asOf) { name context { asOf } } }", "utf-8")
    (region,) = explanation(loaded, runner, str(file), '{"ref": "ijmond"}', date(2020, 1, 1)).fields
    assert region.value["context"]["asOf"] == "2020-01-01"
    (coverage,) = explanation(loaded, runner, "dyslexie Aalsmeer", day=date(2023, 6, 1)).fields
    assert coverage.value["context"]["asOf"] == "2023-06-01"
    (named,) = explanation(loaded, runner, "dyslexie Aalsmeer 2022-06-01", day=date(2023, 6, 1)).fields
    assert named.value["context"]["asOf"] == "2022-06-01"


def test_the_error_of_a_root_field_is_raised_after_the_explanation(
    loaded: Store, runner: asyncio.Runner, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(NotFound):
        runner.run(explain(loaded, ('{ municipality(ref: "nowhere") { name } }', "{}", None), TODAY, as_json=True))
    assert '"code": "NOT_FOUND"' in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "variables", "code"),
    [
        ("{ nothing }", "{}", "GRAPHQL_VALIDATION_FAILED"),
        ("{ meta {", "{}", "GRAPHQL_PARSE_FAILED"),
        ("query($r: Ref!) { region(ref: $r) { name } }", "{}", "BAD_VARIABLES"),
        ("{ meta { engine } }", "[1]", "BAD_JSON"),
        ("{ meta { engine } }", "{", "BAD_JSON"),
        ("missing.graphql", "{}", "BAD_INPUT"),
        ("nothing", "{}", "BAD_INPUT"),
        ("word " * 100, "{}", "BAD_INPUT"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused_with_code_and_remedy(
    loaded: Store, runner: asyncio.Runner, text: str, variables: str, code: str
) -> None:
    with pytest.raises(BadInput) as refused:
        explanation(loaded, runner, text, variables)
    assert refused.value.code == code
    assert refused.value.remedy


def test_a_day_that_does_not_exist_is_refused(loaded: Store, runner: asyncio.Runner) -> None:
    with pytest.raises(BadInput, match="2023-02-30"):
        runner.run(explain(loaded, (TWO, "{}", "2023-02-30"), TODAY, as_json=False))


def test_values_are_printed_as_cypher() -> None:
    given = {"text": 'a "b" \\ é', "day": date(2023, 6, 1), "numbers": [1, 2.5, None, True]}
    assert literal(given) == '{`text`: "a \\"b\\" \\\\ \\u00e9", `day`: date("2023-06-01"), `numbers`: [1, 2.5, null, true]}'


def test_a_text_is_broken_at_no_blank_within_quotes() -> None:
    words = "'" + "x " * 80 + "'"
    text = f"RETURN {'a, ' * 50}{words} AS w"
    broken = printed(Cypher(text))
    assert words in broken
    assert broken.removeprefix("// query\n").removesuffix(";").replace("\n", " ") == text
    assert broken.count("\n") > 2


def test_the_db_hits_of_a_step_are_its_own_and_those_below_it() -> None:
    leaf = {"operatorType": "Argument@neo4j", "dbHits": 1, "rows": 1, "args": {"Details": "n"}, "children": []}
    joined = Operator.of({"operatorType": "Apply", "dbHits": 2, "rows": 3, "args": {}, "children": [leaf, {**leaf, "dbHits": 4}]})
    assert joined.all_db_hits == 7
    assert [step.name for step in joined.walk()] == ["Apply", "Argument", "Argument"]
