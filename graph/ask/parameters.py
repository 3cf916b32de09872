"""Turns the values of callers into parameters: references in their normal form, cursors opened, pages bounded, ids taken apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.answers.claim_change import VERSION
from graph.answers.shape import read_cursor
from graph.compile.plan import Plan
from graph.compile.rows import MAX_PAGE, DayRange
from graph.dates.instant import sortable
from graph.domain.model import PREDICATES, TYPE_OF_PREFIX
from graph.domain.notation import BSN, MAX_IDENTIFIERS, read
from graph.domain.ranking import sought
from graph.domain.reference import folded, normal
from graph.errors import BadInput

OTHER_IDS = {
    "membership": "Membership", "claim": "Claim", "source": "Source", "conflict": "Conflict", "figure": "Figure", "moment": "ChangeEvent",
}  # fmt: skip
MAX_LIST = 100
MAX_MONTHS = 600
MAX_HOPS = 10


@dataclass(frozen=True, slots=True)
class Sent:
    """A value as a caller sent it, for the parameter of a kind (`graph.question.Parameter`), at an argument."""

    kind: str
    value: Any
    argument: str


def parameters(plan: Plan, sent: Mapping[str, Sent], day: date, suffix: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """All that a plan's Cypher and shaping function need. `suffix` is what ids carry when the day was asked for, else empty."""
    out: dict[str, Any] = {"asOf": day, "asOf_suffix": suffix, **facts}
    sources = {reference.parameter for reference in plan.references if reference.label == "Source"}
    for name, item in sent.items():
        if item.kind == "Cursor":
            out[name] = _cursor(item, plan.cursors.get(name))
        elif item.kind == "Page":
            out |= {name: (size := _page(item)), f"more_{name}": size + 1}
        elif item.kind == "ID":
            out[name], at = identified(item.value)[1:]
            out[f"of_{name}"] = out[name].partition("~")[2]
            out[f"day_{name}"], out[f"day_{name}_suffix"] = at or day, f"@{at}" if at else suffix
        elif item.kind == "Search":
            out |= _search(name, item)
        elif item.kind == "Identifiers":
            out |= _identifiers(name, item, plan.schemes[name])
        elif item.kind == "Ref":
            out[name] = _references(item, known_by_slug=name in sources)
        elif item.kind in ("Group", "Codes", "Moment"):
            out[name], at = item.value
            if item.kind == "Codes":
                out[f"normal_{name}"] = list(dict.fromkeys(normal(code) for code in out[name]))
            elif item.kind == "Moment":
                (out[name],) = out[name]
                out[f"of_{name}"] = out[name].partition("~")[2]
            out[f"day_{name}"], out[f"day_{name}_suffix"] = date.fromisoformat(at) if at else day, f"@{at}" if at else suffix
        elif item.kind == "Year":
            out[f"{name}_from"], out[f"{name}_to"] = _year(item)
        elif item.kind == "Since":
            out |= _since(name, item)
        elif item.kind == "Places":
            out[name] = item.value
        else:
            out[name] = _plain(item)
            if item.kind == "Date":
                out[f"{name}_suffix"] = f"@{out[name]}"
    for day_range in plan.day_ranges:
        _checked(day_range, out[day_range.first], out[day_range.last])
    return out


def _year(item: Sent) -> tuple[date, date]:
    """The first and the last day of a year."""
    if not 1000 <= item.value <= 9999:
        raise BadInput(f"{item.value} is not a year of four digits.", "Write it as 2023.", item.argument)
    return date(item.value, 1, 1), date(item.value, 12, 31)


def _search(name: str, item: Sent) -> dict[str, Any]:
    """Returns a search in the forms in which names are looked for."""
    found = sought(item.value, item.argument)
    return {f"{name}_{part}": _listed(getattr(found, part)) for part in (*found.__slots__, "letters")}


def _since(name: str, item: Sent) -> dict[str, str]:
    """Returns a version of the data without an instant, or the instant that is meant so that it sorts. Raises BadInput for others."""
    text = item.value.strip()
    if VERSION.fullmatch(text):
        return {name: text, f"{name}_instant": ""}
    try:
        return {name: text, f"{name}_instant": sortable(text)}
    except ValueError:
        raise BadInput(
            f'"{text[:40]}" is neither a version of the data nor an instant.',
            "Give the dataVersion of an answer, or an instant with its offset, such as 2026-11-27T00:00:00+01:00.",
            item.argument,
            "BAD_SINCE",
        ) from None


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _references(item: Sent, *, known_by_slug: bool) -> list[str]:
    """Returns all references that the texts can be. Raises BadInput if one of them is announced as a citizen service number."""
    texts = item.value if isinstance(item.value, list) else [item.value]
    if len(texts) > MAX_LIST:
        raise _too_many(item, MAX_LIST)
    if known_by_slug:
        return [normal(text) for text in texts]
    notations = [read(text) for text in texts]
    if any(notation.is_secret for notation in notations):
        raise BadInput(BSN, "Point at an organisation by its name, code or key.", item.argument)
    return list(dict.fromkeys(key for notation in notations for key in notation.references))


def _identifiers(name: str, item: Sent, scheme: str | None) -> dict[str, Any]:
    """Each text as it is read: its keys and its spelling as a name, with its place, and itself."""
    if len(item.value) > MAX_IDENTIFIERS:
        raise _too_many(item, MAX_IDENTIFIERS)
    read_ = [read(text, scheme) for text in item.value]
    return {
        f"{name}_keys": [[place, key] for place, n in enumerate(read_) for key in n.keys],
        f"{name}_names": [[place, n.spelled] for place, n in enumerate(read_) if n.spelled],
        f"{name}_texts": [n.input for n in read_],
    }


def _too_many(item: Sent, most: int) -> BadInput:
    return BadInput(f"{len(item.value)} values are too many at once.", f"Give at most {most}.", item.argument, "TOO_MANY")


def _checked(days: DayRange, first: date, last: date) -> None:
    if last < first:
        wrong = f"The period ends ({last}) before it starts ({first})."
    elif days.apart and last == first:
        wrong = f"The period starts and ends on the same day ({first})."
    else:
        return
    raise BadInput(
        wrong, f"Let the second day come after the first{'' if days.apart else ', or be the same'}.", days.argument, "BAD_PERIOD"
    )


def _plain(item: Sent) -> Any:
    values = item.value if isinstance(item.value, list) else [item.value]
    if len(values) > MAX_LIST:
        raise _too_many(item, MAX_LIST)
    match item.kind:
        case "Date":
            return date.fromisoformat(item.value)
        case "Name" if not any(map(str.isalnum, folded(item.value))):
            raise BadInput(f'"{item.value}" has no letter or digit to look for.', "Give a part of a name.", item.argument)
        case "Name":
            return folded(item.value)
        case "Text":
            if not item.value.strip():
                raise BadInput("There is no text to look for.", "Give a word or a part of one.", item.argument)
            return item.value.strip().lower()
        case "Predicate" if item.value not in PREDICATES:
            raise BadInput(f'No claim says "{item.value}" of anything.', f"Use one of {', '.join(PREDICATES)}.", item.argument)
        case "Months":
            if not 0 <= item.value <= MAX_MONTHS:
                raise BadInput(f"{item.value} months cannot be looked ahead.", f"Give a number from 0 to {MAX_MONTHS}.", item.argument)
            return int(item.value)  # JSON may write 12 as 12.0
        case "Hops":
            if not 1 <= item.value <= MAX_HOPS:
                raise BadInput(f"A chain cannot have {item.value} steps.", f"Give a number from 1 to {MAX_HOPS}.", item.argument)
            return int(item.value)
        case _:
            return item.value


def _page(item: Sent) -> int:
    if not 1 <= item.value <= MAX_PAGE:
        raise BadInput(
            f"A page cannot have {item.value} entries.", f"Ask for 1 to {MAX_PAGE} and go on with the cursor.", item.argument, "PAGE_SIZE"
        )
    return int(item.value)


def _cursor(item: Sent, tag: str | None) -> list[Any] | None:
    if item.value is None:
        return None
    found = read_cursor(item.value)
    if tag is None or found is None or found[0] != tag or len(found) != 2 + tag.count(",") or not all(isinstance(v, str) for v in found):
        raise BadInput(
            f'"{item.value}" is not a cursor of this list in this order.', "Take the cursor from an answer to the same question.",
            item.argument, "BAD_CURSOR",
        )  # fmt: skip
    return found[1:]


def type_of(text: str) -> str:
    """The type that an id is of, by how it begins; `Node`, which is the type of nothing, where it is none of ours."""
    prefix = text.partition("/")[0]
    return TYPE_OF_PREFIX[prefix].label if prefix in TYPE_OF_PREFIX else OTHER_IDS.get(prefix, "Node")


def of_moment(text: str) -> bool:
    """Returns True if an id is of a moment, which is no node of the graph."""
    return text.startswith("moment/")


def identified(text: str, argument: str = "id") -> tuple[str, str, date | None]:
    """The type that an id is of, its key, and the day that it carries. Raises BadInput where it is none of ours."""
    whole, _, at = text.partition("@")
    prefix, _, rest = whole.partition("/")
    try:
        day = date.fromisoformat(at) if at else None
    except ValueError:
        day, rest = None, ""
    type_ = type_of(text)
    if type_ != "Node" and rest:
        return type_, rest if prefix in OTHER_IDS else whole, day
    raise BadInput(
        f'"{text}" is not an id of Regiograaf.', "Use the field id of an answer, for example municipality/zaanstad.", argument, "BAD_ID"
    )
