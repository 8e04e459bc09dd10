"""Credits of two people, or of two films, that become one's: where both have one line, the lines fall together."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from films import names
from films.changes import LINE
from films.merging.checks import CHECK, hold_check
from films.merging.foreseen import Together
from films.merging.plan import Plan
from films.models import Credit, Department, Role
from films.moving import Columns

MARKS = ("voice", "archive_footage")  # True of the one line as soon as it is of either.
SAID = ("credited_as", "note", "joiner")

type Told = Callable[[Columns], str]
type Parts = defaultdict[int, list[Columns]]  # By the line's id.


def join_credits(plan: Plan, owner: str, survivor: int, loser: int, *, other: str, about: Told) -> list[Columns]:
    """Plan that the loser's credits are the survivor's, and return those that go on as lines of their own.

    *owner* is the column that says whose a credit is, *other* the other one; *about* tells where it stands. Of two
    lines that fall together the survivor's manner stays, and what it does not say is filled; its parts come first, the
    smaller billing counts. What it gains so has not been checked with it.
    """
    theirs = plan.read(Credit.objects.filter(**{owner: loser}))
    mine = plan.read(Credit.objects.filter(**{owner: survivor}, **{f"{other}__in": {row[other] for row in theirs}}))
    parts = _parts(plan, [*theirs, *mine])
    standing = {_place(row, other): row for row in mine}
    moved = []
    for row in theirs:
        twin = standing.get(_place(row, other))
        if twin:
            checked = twin["verified_on"]
            _fall_together(plan, twin, row, parts)
            lost = bool(checked and not twin["verified_on"])
            plan.together.append(_told_together(twin, parts[twin["id"]], about(row), lost=lost))
        else:
            row[owner] = survivor
            moved.append(row)
    plan.tell("credits", [f"{about(row)}: {_said(parts[row['id']]) or _job(row)}" for row in moved])
    return moved


def _place(row: Columns, other: str) -> tuple[int, str, str]:
    """Return what makes a line the one it is: in the cast the person and the film, in the crew the job too."""
    return row[other], row["department"], "" if row["department"] == Department.CAST else row["job"]


def _parts(plan: Plan, rows: Sequence[Columns]) -> Parts:
    """Return the roles of these lines, in order, by line."""
    found: Parts = defaultdict(list)
    for role in plan.read(Role.objects.filter(credit__in=[row["id"] for row in rows])):
        found[role["credit_id"]].append(role)
    return defaultdict(list, {pk: sorted(roles, key=lambda role: role["position"]) for pk, roles in found.items()})


def _fall_together(plan: Plan, kept: Columns, gone: Columns, parts: Parts) -> None:
    """Plan that *kept* is the one line for both."""
    was, theirs = (_stated(row, parts) for row in (kept, gone))
    _unite_parts(plan, kept["id"], parts[kept["id"]], parts[gone["id"]])
    for name in (*SAID, *MARKS):
        kept[name] = kept[name] or gone[name]
    kept["billing"] = min((row["billing"] for row in (kept, gone) if row["billing"] is not None), default=None)
    hold_check(kept, gone, was=was, theirs=theirs, now=_stated(kept, parts))
    plan.remove(Credit, gone)


def _stated(row: Columns, parts: Parts) -> tuple[list[object], list[tuple[str, int | None]]]:
    """Return what of a line is held to a source when it is checked."""
    said = [row[name] for name in LINE if name not in CHECK]
    return said, [(names.called(role["label"]), role["character_id"]) for role in parts[row["id"]]]


def _unite_parts(plan: Plan, credit: int, mine: list[Columns], theirs: Sequence[Columns]) -> None:
    """Plan that the parts of both are those of *credit*, in order; one that both have stands once."""
    known = {names.called(role["label"]): role for role in mine}
    for role in theirs:
        same = known.get(names.called(role["label"]))
        if same:
            same["character_id"] = same["character_id"] or role["character_id"]
            plan.remove(Role, role)
        else:
            role["credit_id"], role["position"] = credit, max((each["position"] for each in mine), default=0) + 1
            mine.append(role)


def _told_together(kept: Columns, roles: Sequence[Columns], about: str, *, lost: bool) -> Together:
    both = "both are in the cast" if kept["department"] == Department.CAST else f"both stand for “{_job(kept)}”"
    said = [f"part {_said(roles)}" if roles else "", f"credited as {as_}" if (as_ := kept["credited_as"]) else ""]
    said.append("to be checked again" if lost else "")
    return Together(about, both, "; ".join(filter(None, said)) or "one line")


def _said(roles: Sequence[Columns]) -> str:
    return " / ".join(role["label"] for role in roles)


def _job(row: Columns) -> str:
    return row["job"] or str(Department(row["department"]).label)
