"""The moments that are made from the claims are those that the API gives."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from api.answer import Answers, Question
from api.export.moments import claims_of, everything, timeline
from api.export.network import Network
from graph.domain.languages import LANGUAGES
from graph.engines.bolt import Store
from tests.api.conftest import TODAY

ABOUT = (
    "region/zaanstreek-waterland", "municipality/purmerend", "contract/zawa-2022", "contract/joint-2018", "collaboration/dyslexie",
    "provider/leger-des-heils", "municipality/weesp", "function/gi", "procurement/zawa-2022",
)  # fmt: skip
FIELDS = "kind date { edtf } certainty isPlanned nl: label(lang: NL) en: label(lang: EN) claims { id }"


@pytest.fixture(scope="session", params=["embedded"])
def engine(request: pytest.FixtureRequest) -> str:
    """The embedded engine alone: both engines give the same answers, which other tests hold."""
    return str(request.param)


@pytest.mark.parametrize("about", ABOUT)
def test_the_timeline_from_the_claims_is_the_timeline_of_the_api(
    about: str, whole: Network, loaded: Store, runner: asyncio.Runner
) -> None:  # fmt: skip
    answers = Answers(loaded, lambda: TODAY, "engine")
    asked = Question(f'{{ timeline(entity: "{about}") {{ {FIELDS} }} }}')
    answer: Any = runner.run(answers(asked))
    told = [
        {
            "kind": m.kind, "date": {"edtf": m.date.edtf}, "certainty": m.certainty, "isPlanned": m.planned,
            **{language.key: m.label(language.code) for language in LANGUAGES},
        }
        for m in timeline(whole, about)
    ]  # fmt: skip
    claims = [{claim["id"].partition("@")[0].removeprefix("claim/") for claim in one.pop("claims")} for one in answer["data"]["timeline"]]
    assert told == answer["data"]["timeline"]
    assert all(found <= set(claims_of(m)) for found, m in zip(claims, timeline(whole, about), strict=True))


def test_the_moments_of_all_things_have_those_of_each(whole: Network) -> None:
    keys = [moment.key for moment in everything(whole)]
    assert len(keys) == len(set(keys))
    assert {moment.key for about in ABOUT for moment in timeline(whole, about)} <= set(keys)
