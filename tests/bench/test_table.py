"""Tables are made from what a run's file holds, and from nothing else."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench import run, table
from tests.bench.markdown import Result, Rounds, ratio, spread

RATES = st.lists(st.floats(0.5, 5e4), min_size=1, max_size=5)
MACHINE = {"cores": 2, "memory_mib": 8192}
LOADED = {
    "requests": 90,
    "seconds": 3.0,
    "p50": 2.0,
    "p95": 3.0,
    "p99": 5.0,
    "server_cpu": 1.5,
    "store_cpu": 2.5,
    "rss_mib": 100,
    "failed": 0,
}
ASKED = {"requests": 200, "p50": 100.0, "p95": 900.0, "p99": 2000.0, "refused": 0}
PAGE = {"page_ms": 20.0, "page_cpu": 9.0, "questions_ms": 10.0, "questions_cpu": 6.0, "page_bytes": 28_000, "questions_bytes": 90_000}
COSTS = {"saved_ms": 900.0, "saved_cpu": 500.0, "after_ms": 2900.0, "after_cpu": 1500.0, "once_more_ms": 905.0, "once_more_cpu": 505.0}
DRILL = {"questions": 50, **COSTS, "planned": ["Coverage"], "texts": 250, "held": 999}
TOOK = {
    "scale": 1,
    "load_seconds": 90.0,
    "cpu_seconds": 60.0,
    "store_cpu_seconds": 80.0,
    "peak_mib": 480,
    "first_sign_seconds": 2.0,
    "claims": 5,
}


def loaded(part: str, question: str, contenders: Sequence[str], n: int | str = 1, **more: object) -> list[Result]:
    """Two rounds of each contender, of which the second is twice as fast."""
    return [
        {
            "part": part,
            "round": r,
            "question": question,
            "connections": n,
            "contender": c,
            **LOADED,
            "rate": 30.0 * (r + 1),
            "answer": 9,
            **more,
        }
        for r in range(2)
        for c in contenders
    ]


MEASUREMENTS: list[Result] = [
    *loaded("rivals", "Q1", ("regiograaf", "regiograaf-1234567", "yoga", "static", "driver")),
    *(m for n in (1, 16) for kind in ("200 from the cache", "304") for m in loaded("cached", "Q1", (kind, f"static {kind}"), n)),
    *(
        {"part": "overload", "round": 0, "contender": c, "beside": b, **ASKED, "load_requests": 50, "load_short": 2}
        for c in ("regiograaf", "static")
        for b in (False, True)
    ),
    {"part": "overload", "whole": 900.0, "median": 9.0, "most": 30.0, "times": 10},
    *loaded("growth", "Q1", ("here",), times=10, db_hits=100.0),
    *loaded("growth", "Q1", ("there",), times=10, db_hits=150.0),
    {"part": "load", "contender": "regiograaf", **TOOK},
    *loaded("embedded", "saved questions", ("regiograaf", "regiograaf-1234567", "static"), 16, engine_mib=400),
    *({"part": "embedded", "question": q, "connections": "alone", "contender": "regiograaf", **ASKED} for q in ("Coverage", "WhoCovers")),
    *({"part": "pages", "round": n, "page": "/kaart", "questions": 5, **PAGE} for n in range(3)),
    {"part": "pages", "round": 0, "page": "/begrippen", "questions": 0, **PAGE},
    {"part": "first", "plans": 1000, "never": ASKED, "again": ASKED, **DRILL},
]  # fmt: skip


def made(measurements: list[Result], before: float = 0.1) -> Result:
    return {
        "when": "2026-11-28T06:00:00+00:00", "commit": "1234567890", "dirty": False, "machine": MACHINE, "versions": {"neo4j": "5.26.12"},
        "load_before": [before] * 3, "load_after": [1.5] * 3, "arguments": {"rounds": 2, "seconds": 3}, "measurements": measurements,
    }  # fmt: skip


def test_every_part_has_a_report() -> None:
    assert {*run.PARTS, *run.NATION} == set(table.REPORTS) == {m["part"] for m in MEASUREMENTS}


def test_the_tables_of_a_file_are_those_of_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "run.json"
    file.write_text(json.dumps(made(MEASUREMENTS)), "utf-8")
    monkeypatch.setattr("sys.argv", ["table", str(file)])
    table.main()
    assert capsys.readouterr().out.strip() == table.tables(made(MEASUREMENTS)).strip()


def test_a_table_has_as_many_cells_in_every_line() -> None:
    blocks = [block.splitlines() for block in table.tables(made(MEASUREMENTS)).split("\n\n") if block.startswith("|")]
    assert len(blocks) > len(table.REPORTS)
    assert [block for block in blocks if len({line.count("|") for line in block}) > 1] == []


def test_the_tables_say_what_was_measured() -> None:
    text = table.tables(made(MEASUREMENTS))
    assert "commit 1234567, on 2 cores with 8 GiB; neo4j 5.26.12. Rounds: 2, each of 3 s." in text
    assert "Ours ÷ regiograaf-1234567, 1 at a time" in text
    assert "| Q1 | 100 | 1.50 (1.50–1.50) |" in text  # ten times the data
    assert "| `/kaart` | 2.00 (2.00–2.00) | 5 |" in text
    assert "| `/begrippen` | – | 0 |" in text
    assert "| 1000 | 900 (500) | 2900 (1500) | 905 (505) | 1 of 50 Coverage | 250 | 999 |" in text


def test_a_run_that_was_cut_off_has_tables_of_what_it_has() -> None:
    for count in range(len(MEASUREMENTS) + 1):
        assert table.tables(made(MEASUREMENTS[:count])).startswith("Run of 2026-11-28 06:00 UTC")


def test_the_noise_is_the_swing_of_fixed_bytes() -> None:
    assert "came 2.00 times as fast in one round as in another" in table.noise(made(MEASUREMENTS))
    assert "nobody knows" in table.noise(made([]))
    assert "other work ran" in table.noise(made(MEASUREMENTS, before=1.1))
    assert "other work ran" not in table.noise(made(MEASUREMENTS, before=0.9))


@given(RATES, st.floats(0.1, 10))
def test_a_swing_is_the_greatest_over_the_least_however_fast_the_machine(rates: list[float], factor: float) -> None:
    def results(by: float) -> list[Result]:
        return [{"part": "rivals", "question": "Q1", "connections": 1, "contender": "static", "rate": rate * by} for rate in rates]

    assert table.swings(results(1)) == [max(rates) / min(rates) for _ in rates[1:2]]
    assert table.swings(results(factor)) == pytest.approx(table.swings(results(1)))
    assert table.swings([r | {"contender": "regiograaf"} for r in results(1)]) == []


@given(RATES, RATES)
def test_a_ratio_is_that_of_each_round(over: list[float], under: list[float]) -> None:
    pairs = list(zip(over, under, strict=False))
    found = ratio([{"rate": rate} for rate in over], [{"rate": rate} for rate in under], "rate")
    assert found == spread([a / b for a, b in pairs])


def test_of_whoever_gave_no_answer_there_are_no_times() -> None:
    none = Rounds(m | {"requests": 0} for m in loaded("rivals", "Q1", ("yoga",)))
    assert (none.times("Q1", 1, "yoga"), none.cpu("Q1", 1, "yoga"), none.ratio("Q1", 1, "yoga", "apollo", "rate")) == ("–", "–", "–")
