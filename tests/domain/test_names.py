"""Aliases lead to one thing, homonyms are told apart, slips of the pen do no harm, and both stay askable."""

from __future__ import annotations

import pytest

from graph.domain.claim import Dataset, Text
from graph.domain.reference import normal
from seeds.privacy import traces
from tests.domain.conftest import Ask

ORGANIZATIONS = [
    ("region/amsterdam-amstelland", ["Amsterdam-Amstelland", "AA", "Amsterdam- Amstelland"]),
    ("region/zaanstreek-waterland", ["Zaanstreek-Waterland", "ZaWa", "Jeugdzorgregio Zaanstreek-Waterland", "Zaanstreek- Waterland"]),
    ("municipality/ouder-amstel", ["Ouder-Amstel", "Oudeamstel", "Gemeente Ouder-Amstel", "GM0437"]),
    ("region/ijmond", ["IJmond", "Midden-Kennemerland", "IJmond (Midden Kennemerland)"]),
    ("region/alkmaar", ["Alkmaar/Noord-Kennemerland", "Noord-Kennemerland"]),
    ("region/west-friesland", ["West-Friesland", "West Friesland"]),
    ("region/kop-van-noord-holland", ["Kop van Noord-Holland"]),
    ("region/zuid-kennemerland", ["Zuid-Kennemerland", "Zuid Kennemerland"]),
    ("region/gooi-en-vechtstreek", ["Gooi en Vechtstreek"]),
    ("publicbody/regio-gooi-en-vechtstreek", ["Gemeenschappelijke Regeling Regio Gooi en Vechtstreek"]),
    ("region/stadsregio-amsterdam", ["Stadsregio Amsterdam", "SRA"]),
    ("collaboration/noordje", ["Een thuis voor Noordje", "Noordje"]),
    ("collaboration/ben-nh", ["BEN NH", "Bovenregionaal expertisenetwerk Noord-Holland", "Bovenregionaal Expertise Netwerk Noord Holland"]),
    ("collaboration/omvorming-jeugdzorgplus", ["Omvorming Jeugdzorg Plus"]),
    ("provider/jeugdbescherming-regio-amsterdam", ["Jeugdbescherming Regio Amsterdam", "JBRA"]),
    ("provider/wsg", ["WSG"]),
    ("provider/william-schrikker-stichting", ["William Schrikker Stichting"]),
    ("provider/leger-des-heils", ["Leger des Heils", "LdH"]),
    ("provider/de-jeugd-gezinsbeschermers", ["De Jeugd-Gezinsbeschermers", "De Jeugd- Gezinsbeschermers"]),
    ("provider/s-heeren-loo", ["’s Heerenloo", "'s Heerenloo"]),
    ("publicbody/veilig-thuis", ["Veilig Thuis", "Veilig thuis", "VT"]),
    ("publicbody/raad-voor-de-kinderbescherming", ["Raad voor de Kinderbescherming"]),
    ("collaboration/ret", ["Regionaal Expertteam", "RET"]),
    ("collaboration/rot", ["Regionaal Ondersteuningsteam", "ROT"]),
    ("collaboration/ontwikkelagenda", ["Meerjarige Ontwikkelagenda", "Regionale Ontwikkelagenda", "regionale ontwikkelagenda"]),
    ("collaboration/ontwikkelagenda", ["Ontwikkelagenda"]),
    ("collaboration/actieplan-kwetsbare-kinderen", ["Actieplan Samen voor kwetsbare kinderen", "Actieplan Samen voor kwetsbare gezinnen"]),
    ("collaboration/crisis-lvb", ["Crisisregisseur jeugd (L)VB", "crisisregisseur LVB Jeugd"]),
    ("collaboration/toekomstscenario", ["toekomstscenario kind- gezinsbescherming Zaanstreek-Waterland"]),
    ("collaboration/toekomstscenario", ["Toekomstscenario Zaanstreek-Waterland"]),
    ("collaboration/spuk", ["Spuk", "regeling Specifieke uitkeringen"]),
    ("collaboration/sjso", ["SJSO"]),
    ("collaboration/k-eet", ["K-EET", "Ketenaanpak eetstoornissen"]),
    ("governancebody/bj42", ["BJ42", "Bestuurlijk netwerk van de 42 jeugdzorgregio’s"]),
]
FUNCTIONS = [
    ("jeugdzorgplus", ["JeugdzorgPlus", "Jeugdzorg Plus"]),
    ("gi", ["GI", "Gecertificeerde instellingen", "jeugdbescherming en jeugdreclassering"]),
    ("zawa-a", ["segment A", "A-segment", "lokale basis"]),
    ("zawa-b", ["segment B", "B"]),
    ("zawa-c", ["segment C", "C-segment"]),
    ("zawa-v", ["segment V", "segment Verblijf", "V-segment"]),
    ("dyslexie", ["dyslexie", "ernstige dyslexie", "Dyslexiezorg"]),
    ("crisis-lvb", ["crisisregeling gehandicaptenzorg", "Crisisplaatsing jeugd (L)VB"]),
    ("sjso", ["Specialistische jeugdhulp op speciaal onderwijs"]),
]
IN_WORDS = [  # papers and instruments have no page of their own: both names stand in what is said
    "Norm voor Opdrachtgeverschap", "NvO", "Individuele Betaalovereenkomst", "BOK", "IBO", "Verzoek om Toewijzing", "VOT",
    "Uitgangspunten inkoop Specialistische Jeugdhulp 2022", "De uitgangspunten Specialistische jeugdhulp 2022 van Zaanstreek-Waterland",
]  # fmt: skip


@pytest.mark.parametrize(("key", "aliases"), ORGANIZATIONS, ids=[key for key, _ in ORGANIZATIONS])
def test_every_name_of_an_organisation_leads_to_it(ask: Ask, key: str, aliases: list[str]) -> None:
    uri = "urn:regiograaf:" + key.replace("/", ":")
    assert [ask(f'{{ organization(ref: "{name}") {{ uri }} }}')["uri"] for name in aliases] == [uri] * len(aliases)


@pytest.mark.parametrize(("slug", "aliases"), FUNCTIONS, ids=[slug for slug, _ in FUNCTIONS])
def test_every_name_of_a_care_function_leads_to_it(ask: Ask, slug: str, aliases: list[str]) -> None:
    asked = '{{ coverage(municipality: "Zaanstad", function: "{}") {{ function {{ slug }} }} }}'
    assert [ask(asked.format(name))["function"]["slug"] for name in aliases] == [slug] * len(aliases)


@pytest.mark.parametrize("name", IN_WORDS)
def test_papers_and_instruments_are_told_by_their_names(said: Dataset, name: str) -> None:
    assert any(isinstance(c.value, Text) and name in c.value["NL"] for c in said.claims.values())


@pytest.mark.parametrize(("name", "candidates"), [
    ("Waterland", ["municipality/waterland", "region/waterland"]),
    ("Haarlemmermeer", ["municipality/haarlemmermeer", "region/haarlemmermeer"]),
    ("Alkmaar", ["municipality/alkmaar", "region/alkmaar"]),
])  # fmt: skip
def test_a_homonym_is_ambiguous_only_where_its_type_is_not_given(ask: Ask, refused: Ask, name: str, candidates: list[str]) -> None:
    error = refused(f'{{ organization(ref: "{name}") {{ name }} }}')
    assert (error["code"], error["candidates"]) == ("AMBIGUOUS", candidates)
    found = ask(f'{{ municipality(ref: "{name}") {{ __typename }} region(ref: "{name}") {{ __typename }} }}')
    assert {name: value["__typename"] for name, value in found.items()} == {"municipality": "Municipality", "region": "Region"}


def test_amsterdam_is_the_municipality_and_nothing_else(ask: Ask, refused: Ask) -> None:
    assert ask('{ organization(ref: "Amsterdam") { __typename slug } }') == {"__typename": "Municipality", "slug": "amsterdam"}
    assert refused('{ region(ref: "Amsterdam") { name } }')["code"] == "NOT_FOUND"


def test_a_subregion_a_region_and_a_municipality_share_a_word_and_no_more(ask: Ask) -> None:
    found = ask(
        '{ sub: region(ref: "Waterland", asOf: "2023-10-01") { kind municipalities { totalCount } }'
        ' whole: region(ref: "Zaanstreek-Waterland", asOf: "2023-10-01") { kind municipalities { totalCount } } }'
    )
    assert found["sub"] == {"kind": "SUBREGION", "municipalities": {"totalCount": 4}}
    assert found["whole"] == {"kind": "YOUTH_REGION", "municipalities": {"totalCount": 7}}


def test_the_region_and_the_body_of_gooi_en_vechtstreek_are_two(ask: Ask) -> None:
    found = ask(
        '{ a: organization(ref: "Gooi en Vechtstreek") { __typename } b: organization(ref: "Regio Gooi en Vechtstreek") { __typename } }'
    )
    assert found == {"a": {"__typename": "Region"}, "b": {"__typename": "PublicBody"}}


def test_both_titles_of_the_action_plan_lead_to_one_plan(ask: Ask) -> None:
    found = ask(
        '{ collaboration(ref: "Actieplan Samen voor kwetsbare gezinnen", asOf: "2022-06-01") {'
        " name alternateNames { name } uses { slug } } }"
    )
    assert "kinderen" in found["name"]
    assert [n["name"] for n in found["alternateNames"]] == ["Actieplan Samen voor kwetsbare gezinnen"]
    assert {d["slug"] for d in found["uses"]} == {"plan-kwetsbare-kinderen", "plan-kwetsbare-gezinnen"}


def test_both_titles_of_the_vision_are_kept(said: Dataset) -> None:
    titles = [said.claims[key].value for key in ("DOC-05.document", "DOC-05.heading")]
    assert [next(w for w in ("jeugdhulpstelsel", "jeugdzorgstelsel") if isinstance(t, Text) and w in t["NL"]) for t in titles] == [
        "jeugdhulpstelsel", "jeugdzorgstelsel",
    ]  # fmt: skip
    assert set(said.conflicts["C-15"].claims) == {"DOC-05.document", "DOC-05.heading"}


@pytest.mark.parametrize(("slip", "meant"), [
    ("Zaanstreek- Waterland", "Zaanstreek-Waterland"), ("Amsterdam- Amstelland", "Amsterdam-Amstelland"), ("’s Heerenloo", "'s Heerenloo"),
    ("Inkoopdocumenten 2022 – 2026", "Inkoopdocumenten 2022-2026"), ("GI’s", "gi's"),
])  # fmt: skip
def test_a_broken_line_or_a_curly_quote_makes_no_other_name(slip: str, meant: str) -> None:
    assert normal(slip) == normal(meant)


def test_a_slip_of_the_pen_is_read_with_a_note(said: Dataset) -> None:
    summary = said.claims["ORG-01.purpose"].summary
    assert summary is not None
    assert "contacteren" in summary["NL"]


def test_organisations_and_letters_are_not_taken_for_people() -> None:
    assert traces("William Schrikker Stichting, Blijf Groep, Horizon, Levvel, Parlan, Noordje, kenmerk 1663105-203241-J") == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("'s", {"’s Heerenloo"}),
        ("’S HEER", {"’s Heerenloo"}),
        ("s heeren", {"’s Heerenloo"}),
        ("jeugd-gezin", {"De Jeugd-Gezinsbeschermers"}),
        ("Jeugd–Gézin", {"De Jeugd-Gezinsbeschermers"}),
        ("jeugd gezin", {"De Jeugd-Gezinsbeschermers"}),
        ("jeugd'gezin", set()),
    ],
)
def test_punctuation_of_a_part_of_a_name_counts_where_there_is_some(ask: Ask, text: str, names: set[str]) -> None:
    found = ask(f'{{ providers(filter: {{nameContains: "{text}"}}) {{ nodes {{ name }} }} }}')
    assert {node["name"] for node in found["nodes"]} == names
