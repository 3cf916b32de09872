"""The benchmark: everything is started, answers are proved equal, then all are loaded in turn, round after round."""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import orjson
from platformdirs import user_cache_path

from tests.bench import cached, growth, measure, overload, store, table
from tests.bench.contenders import CACHED, OURS, ROOT, STATIC, Contender, is_ours, prepared, running
from tests.bench.equal import same
from tests.bench.nation import Rows, rows
from tests.bench.workload import ALONE, NAMES, Workload, workloads
from tests.neo4j.server import Running

RIVALS = ("yoga", "apollo", "batched")
CONNECTIONS = (1, 16, 64)
COMPARED = 10
PARTS = ("rivals", "cached", "overload")
BIG, LONGER = 500_000, 5  # bytes of an answer from which 64 at a time saturate everybody, and get so many times the seconds
SLOW = 1.5  # seconds of one answer from which a rival is loaded one at a time only


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--peers", type=Path, required=True, help="the folder of the rivals; it is only read")
    parser.add_argument("--seconds", type=int, default=3, choices=range(1, 11), metavar="1-10")
    parser.add_argument("--rounds", type=int, default=2, choices=range(1, 11), metavar="1-10")
    parser.add_argument("--scale", type=int, default=1)
    parser.add_argument("--only", default=",".join(NAMES + ALONE), help="questions, such as Q1,Q2")
    parser.add_argument("--peer", default=",".join(RIVALS), help="rivals, such as yoga,batched; empty for none")
    parser.add_argument(
        "--also", default=[], action="append", metavar="NAME=FOLDER", help="another checkout of Regiograaf, run beside this one"
    )
    parser.add_argument("--parts", default=",".join(PARTS), help=f"of {', '.join(PARTS)}")
    parser.add_argument("--times", type=int, default=1, help="the same questions on so many times the data too, such as 10")
    parser.add_argument("--tables", type=Path, default=Path("bench.md"), help="where all tables go")
    parser.add_argument("--connections", default=",".join(map(str, CONNECTIONS)))
    parser.add_argument("--cache", type=Path, default=user_cache_path("regiograaf-tests") / "bench", help="where the filled stores stay")
    parser.add_argument("--out", type=Path, default=Path("bench.jsonl"))
    return parser.parse_args()


def main() -> None:
    """Measures, writes one line of JSON for each measurement, prints the tables."""
    given = _arguments()
    rivals = [name for name in given.peer.split(",") if name] if "rivals" in given.parts else []
    made = rows(given.peers, given.scale)[0]
    asked = workloads(tuple(given.only.split(",")), given.peers, made)
    given.out.unlink(missing_ok=True)
    copy = prepared(given.peers, given.cache) if rivals else given.peers
    ours = store.filled("ours", given.cache, given.scale, lambda at: store.load_ours(at, given.peers, given.scale))
    with ExitStack() as stack:
        logs = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        checkouts = {OURS: ROOT, **{f"{OURS}-{name}": Path(folder) for name, _, folder in (also.partition("=") for also in given.also)}}
        stores = dict.fromkeys((*checkouts, STATIC), stack.enter_context(store.started(ours)))
        if rivals:
            python = copy / ".venv/bin/python"
            theirs = store.filled("theirs", given.cache, given.scale, lambda at: store.load_theirs(at, copy, python, given.scale))
            stores |= dict.fromkeys(rivals, stack.enter_context(store.started(theirs)))
        started = [stack.enter_context(running(n, copy, at.uri, logs, checkouts.get(n, ROOT))) for n, at in stores.items()]
        stage = _Stage(given, stores, started, logs)
        facts = {w.name: stage.prove(w) for w in asked}
        parts = [table.report(stage.rounds(asked, facts))] if "rivals" in given.parts else []
        parts += list(stage.others(asked, made))
        if given.times > 1:
            parts.append(growth.report(given, stage.contenders[OURS], stores[OURS], logs, stage.note))
    given.tables.write_text("\n\n".join(parts) + "\n", "utf-8")
    print("\n" + "\n\n".join(parts))


class _Stage:
    """A run with everything started."""

    def __init__(self, given: argparse.Namespace, stores: dict[str, Running], contenders: Sequence[Contender], logs: Path) -> None:
        self.given, self.stores, self.logs = given, stores, logs
        self.contenders = {c.name: c for c in contenders}

    def prove(self, work: Workload) -> dict[str, Any]:
        """Compares the answers, then lets everybody answer all requests once, which also fills the plan caches."""
        size, slow = 0, set()
        others = [c for n, c in self.contenders.items() if n not in (OURS, STATIC)]
        rivals = [c for c in others if is_ours(c.name) or work.name not in ALONE]
        for at in range(min(COMPARED, len(work.ours))):
            ours = _data(self.contenders[OURS], work.ours[at])
            size = max(size, len(orjson.dumps(ours)))
            for rival in rivals:
                other = _data(rival, (work.ours if is_ours(rival.name) else work.theirs)[at])
                if ours != other if is_ours(rival.name) else not same(work.name, ours, other):
                    raise SystemExit(f"{work.name}: {rival.name} and Regiograaf differ; nothing was measured. {work.ours[at][-200:]!r}")
        for who in (self.contenders[OURS], *rivals):
            bodies, began = work.ours if is_ours(who.name) else work.theirs, time.monotonic()
            count = next((i for i, body in enumerate(bodies * 5, 1) if who.post(body) and time.monotonic() - began > 3), len(bodies) * 5)
            if (time.monotonic() - began) / count > SLOW:
                slow.add(who.name)
        print(f"{work.name}: {min(COMPARED, len(work.ours))} sets of variables, equal answers of {[r.name for r in rivals]}", flush=True)
        return {"answer": size, "slow": slow}

    def rounds(self, asked: list[Workload], facts: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
        """Everybody in turn, so that what else the machine does hits all of them."""
        results = []
        for number in range(self.given.rounds):
            for work in asked:
                for connections in map(int, self.given.connections.split(",")):
                    for found in self._turn(work, connections, facts[work.name]):
                        found |= {"round": number, "question": work.name, "connections": connections}
                        results.append(found)
                        self.note(found)
        return results

    def note(self, found: dict[str, Any]) -> None:
        """Writes a measurement down, with how busy the machine was."""
        found["load"] = os.getloadavg()[0]
        with self.given.out.open("a", encoding="utf-8") as out:
            out.write(json.dumps(found) + "\n")
        print(_line(found) if "rate" in found else json.dumps(found), flush=True)

    def others(self, asked: list[Workload], made: Rows) -> Iterator[str]:
        """What has no rival: kept answers, and too much at once."""
        given, ours = self.given, self.stores[OURS]
        if "cached" in given.parts:
            with running(CACHED, given.peers, ours.uri, self.logs) as server:
                servers = {**self.contenders, CACHED: server}
                try:
                    found = cached.measured(asked, servers, ours.pid, self.logs, given.rounds, given.seconds, self.note)
                    yield cached.report(found)
                except cached.NoCache as reason:
                    yield f"**Kept answers**: not measured, the server keeps none ({reason})."
        if "overload" in given.parts:
            big, small = workloads(("Q5", "Q1"), given.peers, made)
            size = len(orjson.dumps(_data(self.contenders[OURS], big.ours[0])))
            found = overload.measured(self.contenders, big, small, size, self.logs, given.rounds, self.note)
            after = overload.left(self.contenders[OURS], ours.uri, overload.heavy(made))
            self.note(after)
            yield overload.report(found, after)

    def _turn(self, work: Workload, connections: int, facts: dict[str, Any]) -> Any:
        long = LONGER if connections > 16 and facts["answer"] > BIG else 1
        seconds, answer = self.given.seconds * long, {"answer": facts["answer"]}
        ours = self._file(f"{work.name}.ours", work.ours)
        for name, who in self.contenders.items():
            plain = name == STATIC or is_ours(name)
            if not plain and (work.name in ALONE or (name in facts["slow"] and connections > 1)):
                continue
            bodies = ours if plain else self._file(f"{work.name}.theirs", work.theirs)
            path = f"/{facts['answer']}" if name == STATIC else who.path
            yield measure.loaded(who, path, bodies, connections, seconds, self.stores[name].pid) | answer | {"contender": name}
        if connections == 1:
            yield measure.alone(self.stores[OURS].uri, ours, seconds, self.stores[OURS].pid) | answer | {"contender": table.RAW}

    def _file(self, name: str, bodies: list[bytes]) -> Path:
        path = self.logs / name
        path.write_bytes(b"\n".join(bodies) + b"\n")
        return path


def _data(who: Contender, body: bytes) -> dict[str, Any]:
    status, answer = who.post(body)
    found: dict[str, Any] = orjson.loads(answer)
    if status != 200 or found.get("errors"):
        raise SystemExit(f"{who.name} answers {status}: {answer[:600]!r} to {body[-200:]!r}")
    data: dict[str, Any] = found["data"]
    return data


def _line(found: dict[str, Any]) -> str:
    return (
        f"{found['question']} ×{found['connections']:<3}{found['contender']:11}{found['rate']:9.1f}/s  p50 {found['p50']:8.2f}"
        f"  p99 {found['p99']:8.2f} ms  CPU {found['server_cpu']:7.2f} + {found['store_cpu']:7.2f} ms  {found['rss_mib']:4} MiB"
        f"  failed {found['failed']}"
    )
