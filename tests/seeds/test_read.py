"""How files become claims."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from pathlib import Path

from graph.domain.claim import Claim, Dataset, EntityRef, Locator, Text
from seeds import claims_folder
from seeds.document import Scalar, YamlMap, parse
from seeds.read import read
from tests.seeds.world import NORTH, TOWN, VISION, WORLD, write


def dataset(root: Path, changed: dict[str, str]) -> Dataset:
    found, problems = read(write(root, changed))
    assert problems == []
    return found


def claim(root: Path, *lines: str) -> Claim:
    """The claim N.x that an entry of the region becomes."""
    return dataset(root, {"regions/north.yaml": NORTH + "  - id: N.x\n" + "".join(f"    {line}\n" for line in lines)}).claims["N.x"]


def test_an_entry_becomes_a_claim_with_its_place(tmp_path: Path) -> None:
    found = claim(
        tmp_path,
        "member: municipality/town",
        "role: LEAD",
        "roleLabel: {nl: Trekker, en: Lead}",
        "takesPart: true",
        "from: 2022-12~",
        "until: 2023-12-31",
        "source: vision",
        "section: '3.10'",
        "page: 7",
        "rank: DEPRECATED",
        "rankReason: {nl: Oud, en: Old}",
        "method: MANUAL",
        "summary: {nl: Zo, en: So}",
    )
    assert found.subject == "region/north"
    assert (found.predicate, found.value) == ("member", EntityRef("municipality/town"))
    assert found.qualifiers == {"role": "LEAD", "roleLabel": Text("Trekker", "Lead"), "takesPart": True}
    assert found.locator == Locator(section="3.10", page=7)
    assert (found.rank, found.rank_reason, found.method, found.summary) == ("DEPRECATED", Text("Oud", "Old"), "MANUAL", Text("Zo", "So"))
    assert found.place == "claims/regions/north.yaml:7"
    assert (found.period.valid_from, found.period.valid_to) == (date(2022, 11, 1), date(2024, 1, 1))


def test_each_value_of_a_list_becomes_a_claim(tmp_path: Path) -> None:
    town = TOWN + "  - id: T.ids\n    identifier: ['KVK:01234567', 'CBS_GM:GM0479']\n    source: register\n"
    town += "  - id: T.also\n    alternateName: [De Stad, Stéd e.o.]\n    nameKind: SHORT\n    source: register\n"
    town += "  - id: T.in\n    memberOf: [region/north]\n    source: register\n"
    found = dataset(tmp_path, {"municipalities/town.yaml": town}).claims
    assert {key: claim.value for key, claim in found.items() if key.startswith("T.") and "/" in key} == {
        "T.ids/KVK:01234567": "KVK:01234567",
        "T.ids/CBS_GM:GM0479": "CBS_GM:GM0479",
        "T.also/de-stad": "De Stad",
        "T.also/sted-e-o": "Stéd e.o.",
        "T.in/north": EntityRef("region/north"),
    }


def test_a_claim_without_a_start_is_certain_from_when_its_source_was_written(tmp_path: Path) -> None:
    period = claim(tmp_path, "exists: true", "source: vision", "page: 1").period
    assert (period.valid_from, period.spoken_from, period.start_basis, period.end_known) == (None, date(2021, 1, 28), "ATTESTED", False)


def test_an_open_end_is_known_and_an_end_left_out_is_not(tmp_path: Path) -> None:
    assert claim(tmp_path, "exists: true", "until: open", "source: register").period.end_known
    assert not claim(tmp_path, "exists: true", "source: register").period.end_known


def test_numbers_dates_words_and_codes_become_what_the_predicate_asks(tmp_path: Path) -> None:
    assert (
        claim(
            tmp_path, "figure: 7.5", "measure: PROVIDERS", "label: {nl: Aantal, en: Count}", "approximate: true", "source: register"
        ).value
        == 7.5
    )
    assert claim(tmp_path, "kind: PROVINCE", "source: register").value == "PROVINCE"
    assert claim(tmp_path, "identifier: LOCAL:007", "source: register").value == "LOCAL:007"
    assert claim(tmp_path, "exists: false", "source: register").value is False


def test_the_functions_of_a_lot_are_keys_with_spaces_between_them(tmp_path: Path) -> None:
    lot = "type: Procurement\nslug: buy\nclaims:\n  - {id: P.name, name: {nl: Inkoop}, source: register}\n"
    lot += "  - {id: P.lot, lot: {nl: Perceel}, functions: [function/dyslexia, function/crisis], source: register}\n"
    found = dataset(tmp_path, {"procurements/buy.yaml": lot})
    assert found.claims["P.lot"].qualifiers == {"functions": "function/dyslexia function/crisis"}


def test_a_source_keeps_its_bounds_and_its_authority(tmp_path: Path) -> None:
    bounds = VISION.replace("published: 2021-01-28", "written: {earliest: 2023-06-07, latest: 2023-09-22, reason: {nl: Zo, en: So}}")
    source = dataset(tmp_path, {"sources/vision.yaml": bounds + "read: 2026-11-21\nauthority: {exists: 3}\n"}).sources["vision"]
    assert source.attested is not None
    assert (source.attested.earliest, source.attested.latest) == (date(2023, 6, 7), date(2023, 9, 22))
    assert (source.written_reason, source.read, source.authority) == (Text("Zo", "So"), date(2026, 11, 21), {"exists": 3})


def test_a_conflict_is_read(tmp_path: Path) -> None:
    text = "id: C-1\nsubject: region/north\npredicate: name\nkind: NAMING\nstatus: OPEN\n"
    text += "claims: [N.name, T.name]\nexplanation: {nl: a, en: b}\n"
    conflict = dataset(tmp_path, {"conflicts/C-1.yaml": text}).conflicts["C-1"]
    assert (conflict.subject, conflict.claims, conflict.explanation) == ("region/north", ("N.name", "T.name"), Text("a", "b"))


def test_every_scalar_is_a_text_with_its_line() -> None:
    root = parse(b"a: 007\nb: no\nc: 2021-01-28\n").root
    assert isinstance(root, YamlMap)
    assert [field.value for field in root.entries.values()] == [Scalar("007", 1), Scalar("no", 2), Scalar("2021-01-28", 3)]


def test_the_packaged_claims_are_found_through_the_package() -> None:
    assert str(claims_folder()) == str(files("seeds") / "claims")


def test_two_hundred_files_are_read_at_once(tmp_path: Path) -> None:
    entries = "".join(
        f"  - id: X{{0}}.{n}\n    figure: {n}\n    measure: PROVIDERS\n    from: 2020-01-01\n    source: register\n" for n in range(7)
    )
    town = TOWN.replace("town", "town-{0}").replace("T.name", "X{0}.name").replace("{nl: Stad}", "{{nl: Stad}}") + entries
    folder = write(tmp_path, {**WORLD, **{f"municipalities/town-{n}.yaml": town.format(n) for n in range(200)}})
    found, problems = read(folder)
    assert (len(found.claims), problems) == (1603, [])
