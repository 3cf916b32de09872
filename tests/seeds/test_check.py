"""Each thing that the check finds, in a folder in which only that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import RegiograafError
from seeds import claims_folder
from seeds.check import check, dataset
from seeds.problem import ClaimsRefused
from tests.seeds.world import DYSLEXIA, NORTH, REGISTER, TOWN, VISION, write, wrong

CONFLICT = """\
id: C-01
subject: region/north
predicate: member
kind: MEMBERS
status: OPEN
claims: [N.a, N.b]
explanation: {nl: Twee, en: Two}
"""
TWO_MEMBERS = """\
  - id: N.a
    member: municipality/town
    source: register
  - id: N.b
    member: municipality/town
    from: 2020
    source: register
"""


def north(tmp_path: Path, *lines: str) -> list[str]:
    """What is wrong when an entry is added to the region, from line 7 on."""
    return wrong(tmp_path, {"regions/north.yaml": NORTH + "".join(f"{line}\n" for line in lines)})


def test_the_packaged_claims_have_nothing_wrong() -> None:
    assert [str(problem) for problem in check(claims_folder())] == []


def test_a_good_folder_has_nothing_wrong(tmp_path: Path) -> None:
    conflict = {"regions/north.yaml": NORTH + TWO_MEMBERS, "conflicts/C-01.yaml": CONFLICT, "notes.md": "# Weggelaten\n"}
    assert wrong(tmp_path, conflict) == []


def test_faults_in_several_files_are_all_reported_in_order(tmp_path: Path) -> None:
    assert wrong(
        tmp_path,
        {
            "regions/north.yaml": NORTH + "  - id: N.x\n    exists: maybe\n    from: 31-12-2020\n    source: register\n",
            "municipalities/town.yaml": TOWN.replace("register", "registr"),
            "sources/vision.yaml": VISION.replace("DOCUMENT", "PAPER") + "read: 2021\n",
        },
    ) == [
        "municipalities/town.yaml:6 UNKNOWN_SOURCE",
        "regions/north.yaml:8 WRONG_VALUE",
        "regions/north.yaml:9 BAD_DATE",
        "sources/vision.yaml:2 WORD_NOT_IN_LIST",
        "sources/vision.yaml:5 BAD_DATE",
    ]


def test_a_problem_says_where_and_of_what_it_is_and_what_to_do(tmp_path: Path) -> None:
    folder = write(tmp_path, {"municipalities/town.yaml": TOWN.replace("register", "registr")})
    assert [str(problem) for problem in check(folder)] == [
        'claims/municipalities/town.yaml:6  municipality/town  There is no source "registr".  Did you mean "register"?'
    ]


def test_nothing_is_given_when_anything_is_wrong(tmp_path: Path) -> None:
    folder = write(tmp_path, {"municipalities/town.yaml": TOWN.replace("register", "registr")})
    with pytest.raises(ClaimsRefused, match="1 problem;") as refused:
        dataset(folder)
    assert isinstance(refused.value, RegiograafError)
    assert [problem.code for problem in refused.value.problems] == ["UNKNOWN_SOURCE"]


def test_all_is_given_when_nothing_is_wrong(tmp_path: Path) -> None:
    assert set(dataset(write(tmp_path, {})).claims) == {"N.name", "T.name", "D.name"}


# ── files ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (NORTH + "   - id: x\n", 7),
        (NORTH + "  - id: x\n    name: {nl: a: b}\n", 8),
        (NORTH + "  - id: x\n    summary: een: twee\n", 8),
        (NORTH + "  - id: x\n    section: 'open\n", 9),
        (NORTH + "\t- id: x\n", 7),
        (NORTH.encode() + b"# \xff\n", 7),
        (NORTH + "# \x01\n", 7),
        (NORTH + "---\na: b\n", 7),
        (NORTH.replace("N.name", "&x N.name") + "  - id: *x\n", 4),
        ("", 1),
    ],
)
def test_what_is_not_yaml_is_refused_with_its_line(tmp_path: Path, text: str | bytes, line: int) -> None:
    assert wrong(tmp_path, {"regions/north.yaml": text}) == [f"regions/north.yaml:{line} YAML_SYNTAX"]


def test_a_file_that_is_not_yaml_does_not_make_its_references_dangle(tmp_path: Path) -> None:
    town = TOWN + "  - id: T.in\n    memberOf: region/north\n    source: vision\n    page: 1\n"
    changed = {"municipalities/town.yaml": town, "regions/north.yaml": "a: 'b", "sources/vision.yaml": "a: 'b"}
    assert wrong(tmp_path, changed) == ["regions/north.yaml:1 YAML_SYNTAX", "sources/vision.yaml:1 YAML_SYNTAX"]


def test_a_key_that_stands_twice_is_refused(tmp_path: Path) -> None:
    assert north(tmp_path, "    source: vision") == ["regions/north.yaml:7 DUPLICATE_KEY"]


def test_a_file_that_nothing_reads_is_refused(tmp_path: Path) -> None:
    changed = {"regions/south.yml": NORTH, "south.yaml": NORTH, "towns/town.yaml": TOWN}
    assert wrong(tmp_path, changed) == [f"{name}:1 MISPLACED_FILE" for name in ("regions/south.yml", "south.yaml", "towns/town.yaml")]


def test_a_thing_in_the_folder_of_others_is_refused(tmp_path: Path) -> None:
    changed = {"regions/village.yaml": TOWN.replace("town", "village").replace("T.", "V.")}
    assert wrong(tmp_path, changed) == ["regions/village.yaml:1 MISPLACED_FILE"]


def test_a_slug_that_is_not_the_name_of_the_file_is_refused(tmp_path: Path) -> None:
    assert wrong(tmp_path, {"regions/south.yaml": NORTH.replace("N.", "S.").replace("north", "zuid")}) == [
        "regions/south.yaml:2 SLUG_MISMATCH"
    ]
    assert "sources/vision.yaml:1 SLUG_MISMATCH" in wrong(tmp_path, {"sources/vision.yaml": VISION.replace("vision", "plan")})


def test_an_entity_that_has_two_files_is_refused(tmp_path: Path) -> None:
    changed = {"regions/old/north.yaml": NORTH.replace("N.", "O.")}
    assert wrong(tmp_path, changed) == ["regions/old/north.yaml:1 DUPLICATE_ENTITY"]


def test_a_header_without_its_keys_is_refused(tmp_path: Path) -> None:
    assert wrong(tmp_path, {"regions/north.yaml": "type: Region\nslug: north\nnote: x\n"}) == [
        "regions/north.yaml:1 MISSING_KEY",
        "regions/north.yaml:1 NO_NAME",
        "regions/north.yaml:3 UNKNOWN_KEY",
    ]


def test_an_entity_without_a_name_is_refused(tmp_path: Path) -> None:
    assert wrong(tmp_path, {"regions/north.yaml": NORTH.replace("name: {", "description: {")}) == ["regions/north.yaml:1 NO_NAME"]


# ── entries ───────────────────────────────────────────────────────────────────────────────────────


def test_an_unknown_key_is_refused_and_the_nearest_named(tmp_path: Path) -> None:
    folder = write(tmp_path, {"regions/north.yaml": NORTH + "    sectoin: 3.1\n"})
    assert [(p.line, p.code, p.remedy) for p in check(folder)] == [(7, "UNKNOWN_KEY", 'Did you mean "section"?')]


def test_an_unknown_predicate_is_refused(tmp_path: Path) -> None:
    assert north(tmp_path, "  - id: N.x", "    membr: municipality/town", "    source: register") == [
        "regions/north.yaml:8 UNKNOWN_PREDICATE"
    ]
    assert north(tmp_path, "  - id: N.x", "    source: register") == ["regions/north.yaml:7 UNKNOWN_PREDICATE"]


def test_an_entry_that_says_two_things_is_refused(tmp_path: Path) -> None:
    assert north(tmp_path, "    exists: true") == ["regions/north.yaml:7 TWO_PREDICATES"]


def test_a_predicate_of_other_things_is_refused(tmp_path: Path) -> None:
    assert north(tmp_path, "  - id: N.x", "    runs: true", "    source: register") == ["regions/north.yaml:8 PREDICATE_NOT_ALLOWED"]


def test_an_entry_without_an_id_is_refused(tmp_path: Path) -> None:
    assert north(tmp_path, "  - exists: true", "    source: register") == ["regions/north.yaml:7 MISSING_KEY"]


@pytest.mark.parametrize(
    "said",
    [
        "name: Noord", "name: {nl: ''}", "exists: yes", "figure: veel", "figure: 1.500", "figure: {nl: 1}", "member: north", "member: []",
        "figure: [1, 2]", "alternateName: {nl: Noord}",
    ],
)  # fmt: skip
def test_a_value_that_the_predicate_does_not_take_is_refused(tmp_path: Path, said: str) -> None:
    assert north(tmp_path, "  - id: N.x", f"    {said}", "    source: register") == ["regions/north.yaml:8 WRONG_VALUE"]


def test_a_comma_that_cuts_a_text_in_two_is_seen(tmp_path: Path) -> None:
    assert north(tmp_path, "  - id: N.x", "    practice: {nl: Eerst dit, dan dat}", "    source: register") == [
        "regions/north.yaml:8 UNKNOWN_KEY"
    ]


@pytest.mark.parametrize("said", ["kind: YOUTH", "identifier: 'CBS:GM0479'", "identifier: GM0479"])
def test_a_word_that_is_not_in_its_list_is_refused(tmp_path: Path, said: str) -> None:
    assert north(tmp_path, "  - id: N.x", f"    {said}", "    source: register") == ["regions/north.yaml:8 WORD_NOT_IN_LIST"]


@pytest.mark.parametrize("said", ["rank: BEST", "method: GUESSED"])
def test_a_rank_or_method_that_is_not_in_its_list_is_refused(tmp_path: Path, said: str) -> None:
    assert north(tmp_path, f"    {said}") == ["regions/north.yaml:7 WORD_NOT_IN_LIST"]


def test_a_text_without_dutch_is_refused(tmp_path: Path) -> None:
    assert north(tmp_path, "  - id: N.x", "    practice: {en: Only}", "    source: register") == ["regions/north.yaml:8 SECOND_LANGUAGE"]


def test_our_own_words_in_one_language_are_refused(tmp_path: Path) -> None:
    assert north(tmp_path, "    summary: {nl: Alleen}") == ["regions/north.yaml:7 SECOND_LANGUAGE"]


def test_a_rank_without_a_reason_is_refused(tmp_path: Path) -> None:
    assert north(tmp_path, "    rank: PREFERRED") == ["regions/north.yaml:7 MISSING_REASON"]


@pytest.mark.parametrize("said", ["role: MEMBER", "status: OPEN", "planned: true"])
def test_a_qualifier_of_another_predicate_is_refused(tmp_path: Path, said: str) -> None:
    assert north(tmp_path, f"    {said}") == ["regions/north.yaml:7 QUALIFIER_NOT_ALLOWED"]


def test_a_qualifier_is_checked_like_a_value(tmp_path: Path) -> None:
    lines = "  - id: N.x", "    member: municipality/town", "    role: BOSS", "    takesPart: no", "    onBehalfOf: function/dyslexia"
    assert north(tmp_path, *lines, "    source: register") == [
        "regions/north.yaml:9 WORD_NOT_IN_LIST",
        "regions/north.yaml:10 WRONG_VALUE",
        "regions/north.yaml:11 WRONG_TYPE_OF_THING",
    ]


def test_an_id_that_stands_twice_is_refused(tmp_path: Path) -> None:
    assert north(tmp_path, "  - id: T.name", "    exists: true", "    source: register") == ["regions/north.yaml:7 DUPLICATE_ID"]


def test_a_list_whose_values_give_one_id_is_refused(tmp_path: Path) -> None:
    village = TOWN.replace("Municipality", "Region").replace("T.", "R.")
    north = NORTH + "  - id: N.x\n    member:\n      - region/town\n      - municipality/town\n    source: register\n"
    assert wrong(tmp_path, {"regions/town.yaml": village, "regions/north.yaml": north}) == ["regions/north.yaml:10 DUPLICATE_ID"]


@pytest.mark.parametrize(
    "code",
    [
        "CBS_GM:GM479",
        "CBS_JZ:JZ9",
        "CBS_PV:PV270",
        "TOOI:gm0479",
        "KVK:1234567",
        "RSIN:822477349",
        "OIN:123",
        "AGB:1",
        "WIKIDATA:Q0",
        "ROO:1",
    ],
)
def test_a_malformed_code_is_refused(tmp_path: Path, code: str) -> None:
    assert north(tmp_path, "  - id: N.x", f"    identifier: ['{code}']", "    source: register") == ["regions/north.yaml:8 MALFORMED_CODE"]


def test_a_code_that_two_things_have_is_refused(tmp_path: Path) -> None:
    code = "    identifier: 'CBS_GM:GM0479'\n    source: register\n"
    changed = {"regions/north.yaml": NORTH + f"  - id: N.x\n{code}", "municipalities/town.yaml": TOWN + f"  - id: T.x\n{code}"}
    assert wrong(tmp_path, changed) == ["regions/north.yaml:7 SHARED_IDENTIFIER"]


# ── sources ───────────────────────────────────────────────────────────────────────────────────────


def test_a_claim_without_a_source_is_refused(tmp_path: Path) -> None:
    assert north(tmp_path, "  - id: N.x", "    exists: true") == ["regions/north.yaml:7 UNCITED"]


def test_a_claim_from_a_document_without_the_place_in_it_is_refused(tmp_path: Path) -> None:
    assert north(tmp_path, "  - id: N.x", "    exists: true", "    source: vision") == ["regions/north.yaml:9 UNCITED"]


@pytest.mark.parametrize("said", ["page: iv", "paragraph: 2-3", "link: www.zaanstad.nl", "section: ''"])
def test_a_place_in_a_source_that_leads_nowhere_is_refused(tmp_path: Path, said: str) -> None:
    assert north(tmp_path, f"    {said}") == ["regions/north.yaml:7 WRONG_VALUE"]


def test_an_unknown_source_is_refused_once_for_each_file(tmp_path: Path) -> None:
    more = "  - id: N.x\n    exists: true\n    source: other\n"
    assert wrong(tmp_path, {"regions/north.yaml": NORTH.replace("register", "other") + more}) == ["regions/north.yaml:6 UNKNOWN_SOURCE"]


def test_a_document_without_a_date_is_refused(tmp_path: Path) -> None:
    assert wrong(tmp_path, {"sources/vision.yaml": VISION.replace("published: 2021-01-28\n", "")}) == [
        "sources/vision.yaml:1 UNDATED_SOURCE"
    ]


def test_the_bounds_of_a_source_need_a_reason_and_an_order(tmp_path: Path) -> None:
    bounds = VISION.replace("published: 2021-01-28", "written: {earliest: 2022, latest: 2021}")
    assert wrong(tmp_path, {"sources/vision.yaml": bounds}) == [
        "sources/vision.yaml:4 MISSING_REASON",
        "sources/vision.yaml:4 REVERSED_PERIOD",
    ]


def test_a_source_has_authority_for_predicates_in_whole_numbers(tmp_path: Path) -> None:
    register = REGISTER + "authority:\n  exist: 3\n  member: high\n"
    assert wrong(tmp_path, {"sources/register.yaml": register}) == [
        "sources/register.yaml:5 UNKNOWN_KEY",
        "sources/register.yaml:6 WRONG_VALUE",
    ]


LEFT_OUT = "leftOut:\n  - section: Contact\n    text: {nl: Gegevens van iemand, en: Details of somebody}\n    reason: PERSONAL_DATA\n"


@pytest.mark.parametrize(("written", "as_", "problem"), [
    ("reason: PERSONAL_DATA", "reason: SECRET", "8 WORD_NOT_IN_LIST"),
    ("    reason: PERSONAL_DATA\n", "", "6 MISSING_KEY"),
    ("section: Contact", "section: ''", "6 WRONG_VALUE"),
    ("section: Contact", "place: Contact", "6 MISSING_KEY"),
    ("    text: {nl: Gegevens van iemand, en: Details of somebody}\n", "", "6 MISSING_KEY"),
    (", en: Details of somebody", "", "7 SECOND_LANGUAGE"),
    ("{nl: Gegevens van iemand, en: Details of somebody}", "Gegevens", "7 WRONG_VALUE"),
    ("Gegevens van iemand", "bel 020-1234567", "7 PERSONAL_DATA"),
    ("  - section: Contact\n", "  - Contact\n  - section: Contact\n", "6 WRONG_VALUE"),
    (LEFT_OUT, "leftOut: none\n", "5 WRONG_VALUE"),
])  # fmt: skip
def test_what_is_left_out_has_a_place_a_text_and_a_reason(tmp_path: Path, written: str, as_: str, problem: str) -> None:
    assert wrong(tmp_path, {"sources/vision.yaml": VISION + LEFT_OUT}) == []
    changed = LEFT_OUT.replace(written, as_)
    assert changed != LEFT_OUT
    assert f"sources/vision.yaml:{problem}" in wrong(tmp_path, {"sources/vision.yaml": VISION + changed})


# ── references ────────────────────────────────────────────────────────────────────────────────────


def test_a_reference_that_leads_nowhere_is_refused_on_its_own_line(tmp_path: Path) -> None:
    lines = "  - id: N.x", "    member:", "      - municipality/town", "      - municipality/twon", "      - city/other"
    assert north(tmp_path, *lines, "    source: register") == [
        "regions/north.yaml:10 DANGLING_REFERENCE",
        "regions/north.yaml:11 DANGLING_REFERENCE",
    ]


def test_a_thing_of_the_wrong_type_is_refused(tmp_path: Path) -> None:
    assert north(tmp_path, "  - id: N.x", "    member: function/dyslexia", "    source: register") == [
        "regions/north.yaml:8 WRONG_TYPE_OF_THING"
    ]


def test_a_thing_that_refers_to_itself_is_refused(tmp_path: Path) -> None:
    assert north(tmp_path, "  - id: N.x", "    memberOf: region/north", "    source: register") == ["regions/north.yaml:8 SELF_REFERENCE"]


# ── time ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("said", ["from: 31-12-2020", "from: 2021-13", "until: 2021-02-30", "from: open", "until: 1 juni 2023", "from: ''"])
def test_what_is_not_a_date_is_refused(tmp_path: Path, said: str) -> None:
    assert [code.split()[1] for code in north(tmp_path, "  - id: N.x", "    exists: true", f"    {said}", "    source: register")] in (
        ["BAD_DATE"],
        ["WRONG_VALUE"],
    )


def test_a_reversed_period_is_refused(tmp_path: Path) -> None:
    lines = "  - id: N.x", "    exists: true", "    from: 2023-06-01", "    until: 2023-05", "    source: register"
    assert north(tmp_path, *lines) == ["regions/north.yaml:10 REVERSED_PERIOD"]


def test_a_period_that_ends_in_the_month_in_which_it_begins_is_good(tmp_path: Path) -> None:
    assert north(tmp_path, "  - id: N.x", "    exists: true", "    from: 2023-06", "    until: 2023-06-01", "    source: register") == []


@pytest.mark.parametrize("word", ["heden", "now", ".."])
def test_an_open_end_in_another_word_is_refused(tmp_path: Path, word: str) -> None:
    lines = "  - id: N.x", "    exists: true", f"    until: {word}", "    source: register"
    assert north(tmp_path, *lines) == ["regions/north.yaml:9 OPEN_END_WORD"]


def test_a_claim_that_ended_before_its_source_was_written_needs_no_beginning(tmp_path: Path) -> None:
    assert north(tmp_path, "  - id: N.x", "    exists: true", "    until: 2020-12-31", "    source: vision", "    page: 1") == []


def test_dates_of_what_has_none_are_refused(tmp_path: Path) -> None:
    assert north(tmp_path, "    from: 2020") == ["regions/north.yaml:7 NOT_DATED"]


EXISTS = "  - id: T.exists\n    exists: true\n    from: 2016-01-01\n    until: 2021-12-31\n    source: register\n"


@pytest.mark.parametrize("when", ["until: 2015-12-31", "from: 2022-01-01"])
def test_a_membership_outside_the_existence_of_the_member_is_refused(tmp_path: Path, when: str) -> None:
    member = NORTH + f"  - id: N.x\n    member: municipality/town\n    {when}\n    source: register\n"
    assert wrong(tmp_path, {"municipalities/town.yaml": TOWN + EXISTS, "regions/north.yaml": member}) == [
        "regions/north.yaml:7 IMPOSSIBLE_PERIOD"
    ]


@pytest.mark.parametrize(
    "when", ["until: 2016-01-01", "from: 2021-12-31", "section: zonder data", "from: 2022-01-01\n    takesPart: false"]
)
def test_a_membership_that_overlaps_the_existence_of_the_member_is_good(tmp_path: Path, when: str) -> None:
    member = NORTH + f"  - id: N.x\n    member: municipality/town\n    {when}\n    source: register\n"
    assert wrong(tmp_path, {"municipalities/town.yaml": TOWN + EXISTS, "regions/north.yaml": member}) == []


def test_an_impossible_membership_may_stand_in_a_conflict(tmp_path: Path) -> None:
    members = NORTH + TWO_MEMBERS.replace("from: 2020", "from: 2022-01-01")
    changed = {"municipalities/town.yaml": TOWN + EXISTS, "regions/north.yaml": members, "conflicts/C-01.yaml": CONFLICT}
    assert wrong(tmp_path, changed) == []


# ── conflicts ─────────────────────────────────────────────────────────────────────────────────────

KINDS = "".join(f"  - id: N.{id}\n    kind: {kind}\n    source: register\n" for id, kind in (("a", "PROVINCE"), ("b", "SUBREGION")))


def test_two_values_from_one_source_are_refused(tmp_path: Path) -> None:
    assert wrong(tmp_path, {"regions/north.yaml": NORTH + KINDS}) == ["regions/north.yaml:10 TWO_VALUES"]


def test_two_values_may_stand_in_a_conflict(tmp_path: Path) -> None:
    assert wrong(tmp_path, {"regions/north.yaml": NORTH + KINDS, "conflicts/C-01.yaml": CONFLICT}) == []


def test_of_two_values_one_may_be_set_aside(tmp_path: Path) -> None:
    aside = "    rank: DEPRECATED\n    rankReason: {nl: Fout, en: Wrong}\n"
    assert wrong(tmp_path, {"regions/north.yaml": NORTH + KINDS + aside}) == []


def test_two_sources_may_say_two_things(tmp_path: Path) -> None:
    two = KINDS.replace("SUBREGION\n    source: register", "SUBREGION\n    source: vision\n    page: 1")
    assert wrong(tmp_path, {"regions/north.yaml": NORTH + two}) == []


def test_a_conflict_of_one_claim_is_refused(tmp_path: Path) -> None:
    changed = {"conflicts/C-01.yaml": CONFLICT.replace("N.a, N.b", "N.name")}
    assert wrong(tmp_path, changed) == ["conflicts/C-01.yaml:6 CONFLICT_TOO_SMALL"]


def test_a_conflict_of_claims_that_are_not_there_is_refused(tmp_path: Path) -> None:
    changed = {"conflicts/C-01.yaml": CONFLICT.replace("N.a, N.b", "N.name, N.nane").replace("region/north", "region/nort")}
    assert wrong(tmp_path, changed) == ["conflicts/C-01.yaml:2 DANGLING_REFERENCE", "conflicts/C-01.yaml:6 DANGLING_REFERENCE"]


def test_a_conflict_names_the_claims_of_a_list_and_not_the_list(tmp_path: Path) -> None:
    members = NORTH + "  - id: N.all\n    member: [municipality/town]\n    source: register\n"
    changed = {"regions/north.yaml": members, "conflicts/C-01.yaml": CONFLICT.replace("N.a, N.b", "N.name, N.all")}
    assert wrong(tmp_path, changed) == ["conflicts/C-01.yaml:6 DANGLING_REFERENCE"]
    assert wrong(tmp_path, {**changed, "conflicts/C-01.yaml": CONFLICT.replace("N.a, N.b", "N.name, N.all/town")}) == []


def test_the_words_of_a_conflict_are_checked(tmp_path: Path) -> None:
    bad = (
        CONFLICT.replace("MEMBERS", "MEMBER")
        .replace("OPEN", "DONE")
        .replace("predicate: member", "predicate: members")
        .replace(", en: Two", "")
    )
    assert wrong(tmp_path, {"regions/north.yaml": NORTH + TWO_MEMBERS, "conflicts/C-01.yaml": bad}) == [
        "conflicts/C-01.yaml:3 WORD_NOT_IN_LIST",
        "conflicts/C-01.yaml:4 WORD_NOT_IN_LIST",
        "conflicts/C-01.yaml:5 WORD_NOT_IN_LIST",
        "conflicts/C-01.yaml:7 SECOND_LANGUAGE",
    ]


def test_personal_data_is_refused_in_values_comments_and_notes(tmp_path: Path) -> None:
    changed = {
        "regions/north.yaml": NORTH + "    section: bel 020-1234567\n",
        "care-functions/dyslexia.yaml": DYSLEXIA + "# vraag het jan@voorbeeld.nl\n",
        "notes.md": "# Weggelaten\n\nBSN 111222333\n",
    }
    assert wrong(tmp_path, changed) == [
        "care-functions/dyslexia.yaml:7 PERSONAL_DATA",
        "notes.md:3 PERSONAL_DATA",
        "regions/north.yaml:7 PERSONAL_DATA",
    ]
