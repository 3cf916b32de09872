"""Languages are keys: one that is added in one place is there in names, labels, sentences, the check and the schema."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from graph.domain.claim import Text
from graph.domain.languages import ByLanguage, chain, spoken
from graph.engines.bolt import Store
from tests.seeds.world import DYSLEXIA, TOWN, write

PURCHASE = """\
type: Collaboration
slug: purchase
claims:
  - {id: P.name, name: {nl: Inkoop, en: Purchase}, source: register}
  - {id: P.kind, kind: JOINT_PROCUREMENT, source: register}
  - {id: P.scale, scale: REGIONAL, source: register}
  - {id: P.exists, exists: true, from: 2021-01-01, source: register}
  - {id: P.covers, covers: region/north, source: register}
  - {id: P.delivers, delivers: function/dyslexia, source: register}
"""
NORTH = """\
type: Region
slug: north
claims:
  - {id: N.name, name: {nl: Noord, en: North}, source: register}
  - {id: N.kind, kind: YOUTH_REGION, source: register}
  - {id: N.incomplete, incomplete: {nl: Er zijn er meer, fy: Der binne mear}, list: municipalities, source: register}
"""
FRISIAN = {
    "municipalities/town.yaml": TOWN.replace("{nl: Stad}", "{nl: Stad, fy: Stêd}")
    + "  - {id: T.member, memberOf: region/north, from: 2020-06~, source: register}\n"
    + "  - {id: T.exists, exists: true, from: 1990-01-01, until: 2029-12-31, source: register}\n",
    "regions/north.yaml": NORTH,
    "collaborations/purchase.yaml": PURCHASE,
    "care-functions/dyslexia.yaml": DYSLEXIA,
}


def test_a_text_is_spoken_in_its_language_or_else_in_the_fallback() -> None:
    assert [language.code for language in chain("EN")] == ["EN", "NL"]
    assert (Text("Stad", "Town")["EN"], Text("Stad")["EN"], Text("Stad", "Town")["NL"]) == ("Town", "Stad", "Stad")
    assert (spoken(["Stad", "Town", "Land", "Country"], "EN"), spoken(["Stad", "Town", "Land", "Country"], "NL", 1)) == ("Town", "Land")
    assert (ByLanguage({"NL": "ja"})["EN"], ByLanguage({"NL": "ja", "EN": "yes"})["EN"]) == ("ja", "yes")
    with pytest.raises(KeyError):
        ByLanguage({"EN": "yes"})["NL"]


def test_a_third_language_is_added_in_one_place_and_seen_everywhere(empty_store: Store, tmp_path: Path) -> None:
    at = empty_store.address
    address = json.dumps([at.uri, at.user, at.password, at.database, at.engine])
    command = [sys.executable, "-m", "tests.graph.domain.third_language", str(write(tmp_path, FRISIAN)), address]
    run = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, cwd=Path(__file__).parents[3])
    assert run.returncode == 0, run.stderr
    answer = json.loads(run.stdout)
    data = answer["data"]
    assert answer["problems"] == []  # the check accepts its words
    assert data["municipality"]["name"] == "Stêd"
    assert data["region"] == {"name": "North", "municipalities": {"remark": "Der binne mear"}}  # English serves as its fallback
    memberships = data["municipality"]["memberships"]
    assert [facet["label"] for facet in memberships["facets"]] == ["*niet bekend", "*jeugdregio", "*niet bekend", "*deelnemer", "2029"]
    assert memberships["nodes"] == [{"roleLabel": "*deelnemer", "memberDuring": {"start": {"label": "*omstreeks *juni 2020"}}}]
    said = "*het is niet zeker of dyslexia in Stad op 1 *juni 2023 geregeld is. *het kan gaan om *Purchase"
    assert data["coverage"]["explanation"].startswith(said)
    assert [step["label"] for step in data["coverage"]["via"][0]["steps"]] == ["*is lid van", "*valt onder"]
    assert data["diff"]["nodes"][0]["sentence"].startswith("**Stêd *hoort *sinds *omstreeks *juni 2020 *bij de jeugdregio North")
    assert data["timeline"][0]["label"] == "*Begin van Stêd"
    assert data["path"] == [{"steps": [{"label": "*neemt deel aan"}]}]
    assert all(question["description"] for question in data["savedQuestions"])
    assert data["__type"]["enumValues"][2] == {
        "name": "FY", "description": "Frisian, or English if there is no Frisian text. NL: Fries.",
    }  # fmt: skip
