"""Saved questions of one's own: offered wherever the shipped ones are, and refused at the start with all that is wrong."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson
import pytest
from httpx2 import ASGITransport, AsyncClient, Response

from api.answer import Answers, Question
from api.cli.doctor import examine
from api.documents.own_questions import with_own
from api.documents.saved import SavedQuestions, shipped
from api.http.app import Application, application
from api.serve.warm_up import WarmUp
from api.settings import Settings
from graph.engines.availability import Availability
from graph.engines.bolt import Store
from graph.engines.cypher import WarmUpPolicy
from graph.errors import WrongSetting
from queries import operation
from tests.api.conftest import TODAY, NeverAsked
from tests.house.readme import ROOT

HEAD = '''"""
NL: Hoe heet Zaanstad?
De naam van een gemeente. Voor ons.

EN: What is Zaanstad called?
The name of a municipality. For us.
"""
'''
EXAMPLE = '{"municipality": "Zaanstad"}'
OURS = HEAD + "query NameOfOurs($municipality: Ref!) { municipality(ref: $municipality) { slug name } }\n"
LIST = "{ savedQuestions { name title documentId variables } }"


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    def of(example: str = EXAMPLE, **files: str | bytes) -> Path:
        for name, text in files.items():
            (tmp_path / f"{name}.graphql").write_bytes(text if isinstance(text, bytes) else text.encode())
            (tmp_path / f"{name}.variables.json").write_text(example, "utf-8")
        return tmp_path

    return of


def asked(app: Application, runner: asyncio.Runner, method: str = "POST", path: str = "/graphql", **request: Any) -> Response:
    async def send() -> Response:
        async with AsyncClient(transport=ASGITransport(app=app), base_url="http://test") as client:
            return await client.request(method, path, **request)

    return runner.run(send())


def refusal(folder: Path) -> str:
    with pytest.raises(WrongSetting) as found:
        with_own(folder)
    assert found.value.message.startswith("REGIOGRAAF_OPERATIONS cannot be used: ")
    assert found.value.message.endswith(".")
    assert found.value.remedy
    return found.value.message


def test_the_example_of_the_manual_is_a_question(folder: Callable[..., Path], loaded: Store, runner: asyncio.Runner) -> None:
    manual = (ROOT / "api/OPERATING.md").read_text("utf-8")
    (document,) = re.findall(r"^```graphql\n(.+?NL: .+?)^```$", manual, re.MULTILINE | re.DOTALL)
    (example,) = re.findall(r"^```json\n(.+\n)```$", manual, re.MULTILINE)
    *_, ours = with_own(folder(example, ours=document)).values()
    answer = runner.run(Answers(loaded, lambda: TODAY, "engine")(Question(ours.document, None, orjson.loads(ours.variables))))
    assert answer["data"] == {"municipality": {"name": "Zaanstad"}}


def test_without_a_folder_the_shipped_ones_are_all_there_are() -> None:
    assert with_own(None) == shipped()


def test_ours_come_after_the_shipped_ones_and_only_files_of_graphql_count(folder: Callable[..., Path]) -> None:
    place = folder(ours=OURS)
    (place / "README.md").write_text("not a question", "utf-8")
    found = with_own(place)
    assert [question.name for question in found.values()] == [*(q.name for q in shipped().values()), "NameOfOurs"]
    assert "NameOfOurs" not in {question.name for question in shipped().values()}


@pytest.mark.parametrize("text", [OURS, OURS.replace("\n", "\r\n")], ids=["LF", "CRLF"])
def test_the_id_is_the_digest_of_the_bytes_of_the_file(folder: Callable[..., Path], text: str) -> None:
    *_, ours = with_own(folder(ours=text)).values()
    assert ours.document_id == f"sha256:{sha256(text.encode()).hexdigest()}"
    assert (ours.titles["EN"], ours.variables) == ("What is Zaanstad called?", '{"municipality":"Zaanstad"}')


def test_ours_are_listed_offered_on_the_pages_and_asked_by_id_where_nothing_else_is_answered(
    folder: Callable[..., Path], loaded: Store, runner: asyncio.Runner
) -> None:
    saved = with_own(folder(ours=OURS))
    *_, ours = saved.values()
    app = application(Answers(loaded, lambda: TODAY, "engine", saved=saved), saved_only=True)
    offered = asked(app, runner, "GET", "/graphql/saved.json").json()
    assert len(offered) == len(saved)
    (shown,) = (question for question in offered if question["name"] == "NameOfOurs")
    assert (shown["documentId"], shown["nl"]["title"], shown["inSentences"]) == (ours.document_id, "Hoe heet Zaanstad?", False)
    for sent in (
        {"documentId": ours.document_id},
        {"query": ours.document},
        {"extensions": {"persistedQuery": {"sha256Hash": shown["documentId"][7:]}}},
    ):
        answer = asked(app, runner, json={**sent, "variables": shown["variables"]}).json()
        assert answer["data"] == {"municipality": {"slug": "zaanstad", "name": "Zaanstad"}}
    assert asked(app, runner, json={"query": "{ __typename }"}).json()["errors"][0]["extensions"]["code"] == "NOT_SAVED"


def test_two_servers_of_one_process_each_list_their_own_with_other_etags(folder: Callable[..., Path], runner: asyncio.Runner) -> None:
    def listed(saved: SavedQuestions) -> Response:
        app = application(Answers(NeverAsked(), lambda: TODAY, "engine", saved=saved), kept_bytes=1 << 20)
        return asked(app, runner, "GET", params={"query": LIST})

    shipped_only, with_ours = listed(shipped()), listed(with_own(folder(ours=OURS)))
    names = [[question["name"] for question in answer.json()["data"]["savedQuestions"]] for answer in (shipped_only, with_ours)]
    assert names[1] == [*names[0], "NameOfOurs"]
    assert shipped_only.headers["etag"] != with_ours.headers["etag"]
    other = application(Answers(NeverAsked(), lambda: TODAY, "engine"))
    *_, ours = with_own(folder(ours=OURS)).values()
    (error,) = asked(other, runner, json={"documentId": ours.document_id}).json()["errors"]
    assert error["extensions"]["code"] == "PERSISTED_QUERY_NOT_FOUND"


def test_ours_are_warmed_up(folder: Callable[..., Path], loaded: Store, runner: asyncio.Runner) -> None:
    def texts(saved: SavedQuestions) -> int:
        answers = Answers(loaded, lambda: TODAY, "engine", saved=saved)
        runner.run(WarmUp(answers, WarmUpPolicy(1, 2, awaited=True), 600, Availability("the store")).run())
        return len(answers.texts)

    assert texts(with_own(folder(ours=OURS))) == texts(shipped()) + 1


WRONG = {
    "no name": ("{ meta { engine } }", "one query with a name"),
    "no description": ("query Ours { meta { engine } }", 'its description has no paragraph "NL: title" with a line below it, "EN: title"'),
    "empty": ("", "line 1: Syntax Error"),
    "no paragraph in English": (OURS.replace("EN: ", "DE: "), 'its description has no paragraph "EN: title"'),
    "an empty title": (OURS.replace("What is Zaanstad called?", " "), 'its description has no paragraph "EN: title"'),
    "no line below a title": (OURS.replace("\nThe name of a municipality. For us.", ""), 'its description has no paragraph "EN: title"'),
    "a field that is not there": (OURS.replace("slug", "slugg"), "line 8: Cannot query field 'slugg'"),
    "bad syntax": (OURS.rstrip()[:-1], "line 8: Syntax Error"),
    "a mutation beside it": (OURS + "mutation { x }", "one query with a name"),
    "two operations": (OURS + "query Second { meta { engine } }", "one query with a name"),
    "too costly": (HEAD + "query Dear { " + " ".join(f"g{n}: gaps {{ status }}" for n in range(200)) + " }", "The question costs "),
    "a shipped name": (OURS.replace("NameOfOurs", "Coverage"), "its name Coverage is that of a shipped question"),
    "a copy of a shipped one": (operation("state-of-the-data"), "is that of a shipped question"),
    "not UTF-8": (OURS.encode("utf-16"), "it is not UTF-8"),
}  # fmt: skip
WRONG_EXAMPLES = {
    "not JSON": ('{"municipality": "Zaanstad"', "its variables are not JSON: "),
    "a list": ("[1]", "its variables are not a JSON object"),
    "without its variable": ("{}", "'$municipality'"),
}


@pytest.mark.parametrize("case", WRONG_EXAMPLES)
def test_an_example_that_is_wrong_is_named_with_what_is_wrong(folder: Callable[..., Path], case: str) -> None:
    example, expected = WRONG_EXAMPLES[case]
    assert expected in refusal(folder(example, wrong=OURS))


def test_a_question_without_an_example_is_refused(folder: Callable[..., Path]) -> None:
    place = folder(ours=OURS)
    (place / "ours.variables.json").unlink()
    assert "there is no ours.variables.json beside it" in refusal(place)


@pytest.mark.parametrize("case", WRONG)
def test_a_file_that_is_wrong_is_named_with_what_is_wrong(folder: Callable[..., Path], case: str) -> None:
    text, expected = WRONG[case]
    told = refusal(folder(wrong=text))
    assert "wrong.graphql: " in told
    assert expected in told
    assert "\n" not in told


def test_all_problems_are_told_at_once(folder: Callable[..., Path]) -> None:
    told = refusal(folder(a=OURS, b=OURS, c="", d=OURS.replace("slug name", "slugg nane").replace("NameOfOurs", "Other")))
    assert "a.graphql: " not in told
    assert "b.graphql: its name NameOfOurs is that of a.graphql; c.graphql: line 1: Syntax" in told
    assert "'slugg'" in told
    assert "'nane'" in told


def test_a_folder_that_is_no_folder_of_questions_is_refused(folder: Callable[..., Path], tmp_path: Path) -> None:
    assert "No such file or directory" in refusal(tmp_path / "nowhere")
    assert "has no file *.graphql" in refusal(tmp_path)
    assert "Not a directory" in refusal(folder(ours=OURS) / "ours.graphql")
    (tmp_path / "folder.graphql").mkdir()
    assert "folder.graphql: Is a directory" in refusal(tmp_path)


def test_doctor_examines_them_too(
    folder: Callable[..., Path], capsys: pytest.CaptureFixture[str], runner: asyncio.Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_URI", "bolt://127.0.0.1:1")
    monkeypatch.setenv("REGIOGRAAF_OPERATIONS", str(folder(ours=OURS)))
    assert not runner.run(examine(Settings(), list))
    assert "ok    saved questions: 1 of your own in " in capsys.readouterr().out
    folder(wrong="")
    assert not runner.run(examine(Settings(), list))
    assert "WRONG saved questions: REGIOGRAAF_OPERATIONS cannot be used: wrong.graphql: " in capsys.readouterr().out
