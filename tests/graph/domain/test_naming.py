"""Names with what stands beside them: a kind, a province. What the graph holds is what a reader makes of the same name."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.domain.naming import MUNICIPALITY, PROVINCE, YOUTH_REGION, forms, kind_of, naming, short_names
from graph.domain.reference import normal, spelled
from tests.graph.worlds import examples

NAMES = st.sampled_from([
    "Zaanstad", "Bergen (NH.)", "Bergen (L.)", "Nuenen, Gerwen en Nederwetten", "’s-Hertogenbosch", "Súdwest-Fryslân", "Utrecht",
    "Hengelo (O.)",
])  # fmt: skip
BESIDE = st.sampled_from(
    ["Gemeente {}", "de gemeente {}", "gem. {}", "{} (gemeente)", "{}, gemeente", "{} gemeente", "{} (GM)", "Municipality of {}"]
)
UNSEEN = st.sampled_from(["\xad", "\u200b", "\u200d", "\ufeff", "\u2060", "\u200e", "\ufe0f"])


@examples(300)
@given(NAMES, BESIDE)
def test_a_name_with_its_kind_has_a_form_that_the_graph_holds(name: str, beside: str) -> None:
    assert naming(beside.format(name)).kind == MUNICIPALITY
    assert naming(beside.format(name)).form in set(forms(MUNICIPALITY, name))


@examples(300)
@given(
    NAMES,
    st.sampled_from(["{} (NH)", "{} (N.H.)", "{} (Noord-Holland)", "{}, Noord-Holland", "{} NH", "Gemeente {} (NH.)", "{} (gemeente, NH)"]),
)
def test_a_name_with_a_province_has_a_form_that_the_graph_holds_for_that_province_only(name: str, beside: str) -> None:
    bare = name.partition(" (")[0]
    form = naming(beside.replace("(gemeente, NH)", "(NH) (gemeente)").format(bare)).form
    assert form in set(forms(MUNICIPALITY, bare, ["PV27"]))
    assert form not in set(forms(MUNICIPALITY, bare, ["PV31"]))


@examples(500)
@given(NAMES, st.lists(st.tuples(st.integers(0, 8), UNSEEN), max_size=4))
def test_what_nobody_sees_changes_no_name(name: str, unseen: list[tuple[int, str]]) -> None:
    written = name
    for at, sign in unseen:
        written = written[:at] + sign + written[at:]
    for form in (written, unicodedata.normalize("NFD", written), written.replace(" ", "\xa0")):
        assert (normal(form), spelled(form), naming(form)) == (normal(name), spelled(name), naming(name))


@pytest.mark.parametrize(("text", "form"), [
    ("Noord-Holland (PV)", "provincie:noord holland"), ("Provincie Noord-Holland", "provincie:noord holland"),
    ("Utrecht (provincie)", "provincie:utrecht"), ("Jeugdzorgregio Alkmaar", "jeugdregio:alkmaar"),
    ("Alkmaar (jeugdregio)", "jeugdregio:alkmaar"),
    ("Bergen (L)", "gemeente:bergen (pv31)"), ("Hengelo (Gld)", "gemeente:hengelo (pv25)"), ("Waterland", None), ("Gemeente", None),
    ("Alkmaar (Noord-Kennemerland)", None), ("Nuenen, Gerwen en Nederwetten", None), ("segment B", None), ("gemeentelijke dienst", None),
])  # fmt: skip
def test_what_stands_beside_a_name_is_read(text: str, form: str | None) -> None:
    assert naming(text).form == form


def test_a_municipality_has_short_names_and_nothing_else_has() -> None:
    assert list(short_names(MUNICIPALITY, "Bergen (NH.)")) == ["bergen"]
    assert list(short_names(MUNICIPALITY, "Nuenen, Gerwen en Nederwetten")) == ["nuenen c.a."]
    assert list(short_names(MUNICIPALITY, "Zaanstad")) == []
    assert list(short_names(YOUTH_REGION, "Friesland (Fryslân)")) == []
    assert set(forms(YOUTH_REGION, "Friesland (Fryslân)")) == {"jeugdregio:friesland fryslan"}


def test_only_what_people_name_by_its_kind_has_a_word_for_it() -> None:
    assert [kind_of("Municipality", None), kind_of("Region", "PROVINCE"), kind_of("Region", "YOUTH_REGION")] == [
        MUNICIPALITY, PROVINCE, YOUTH_REGION,
    ]  # fmt: skip
    assert [kind_of("Region", "SUBREGION"), kind_of("Region", None), kind_of("Provider", None)] == [None, None, None]


@pytest.mark.parametrize(("written", "name"), [
    ("Dijk & Waard", "Dijk en Waard"), ("Gooi&Vechtstreek", "Gooi en Vechtstreek"), ("Nuenen ca", "Nuenen c.a."),
    ("Nuenen, c.a", "Nuenen c.a."),
])  # fmt: skip
def test_an_ampersand_and_c_a_are_words(written: str, name: str) -> None:
    assert normal(written) == normal(name)
