"""Moving: rows that come to refer to something else, are made or go, written down so that it can be turned round.

What a merge or a split did to single rows stands in `Change.moved`, as a list of moves: `{"model": "films.credit",
"id": 7, "before": {"person_id": 3}, "after": {"person_id": 4}}`. A move has the columns that differ; `before` is None
where the row was made, `after` where it went, and the other one then has all its columns. Whoever writes rows plainly
takes them down before and after, and writes the difference down:

    before = taken_down(Credit.objects.filter(pk__in=chosen))
    ...
    change.moved = moves(before, taken_down(Credit.objects.filter(pk__in=chosen)))

`films.undoing.undo` then takes such a change back with all its parts. A film or a person that was made with it (its
part has no `before`) goes again, unless something has come to use it since; rows that are in no snapshot and went
their own way since are left alone.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any, TypedDict

from django.apps import apps
from django.db.models import Field, Model, QuerySet
from django.db.models.fields.files import FieldFile

from films.models import Change, Character, Credit, Film, Person, Role

type Columns = dict[str, Any]
type Rows = dict[tuple[str, int], Columns]  # By the model's label and the row's id.

FIRST = (Film, Person, Character, Credit)
# The others go by their own names.
NAMED = {
    "change": "earlier changes",
    "characteraddress": "former addresses",
    "film_genres": "genres",
    "plausiblecredits": "judgements",
}


class Move(TypedDict):
    """What became of one row; see the module."""

    model: str
    id: int | None
    before: Columns | None
    after: Columns | None


def taken_down(*querysets: QuerySet, only: Collection[str] = ()) -> Rows:
    """Return all columns of these rows, or *only* some, as JSON has them, in one query for each queryset."""
    found: Rows = {}
    for rows in querysets:
        label, names, key = rows.model._meta.label_lower, only or _names(rows.model), rows.model._meta.pk.attname
        for row in rows.order_by("pk").values(*names):
            found[label, row[key]] = {name: _plain(value) for name, value in row.items()}
    return found


def columns(row: Model) -> Columns:
    """Return all columns of *row*, saved or not, as `taken_down` does."""
    return {name: _plain(getattr(row, name)) for name in _names(type(row))}


def moves(before: Rows, after: Rows) -> list[Move]:
    """Return what makes the rows *before* those *after*; what has an id below zero there is to be made."""
    found = (_move(key, before.get(key), after.get(key)) for key in before | after)
    return [move for move in found if move["before"] != move["after"]]


def turned_round(moved: Iterable[Move]) -> list[Move]:
    """Return the moves that take *moved* back."""
    return [{**move, "before": move["after"], "after": move["before"]} for move in moved]


def carry_out(moved: Sequence[Move]) -> list[Move]:
    """Write *moved*, and return it with the ids of what was made, in a number of queries that does not grow with it.

    Call it inside a transaction that has the rows locked. What goes makes room first. Roles are taken off meanwhile
    where they, their credit or their character change, since a trigger holds the three to one film.
    """
    lifted = _lifted(moved)
    by_model = _by_model(moved)
    for model, rows in reversed(by_model):
        _delete(model, [move for move in rows if move["after"] is None])
    for model, rows in by_model:
        if model is not Role:
            _change(model, [move for move in rows if move["before"] is not None and move["after"] is not None])
        _make(model, [move for move in rows if move["before"] is None])
    Role.objects.bulk_create(lifted)
    return list(moved)


def references(model: type[Model]) -> list[tuple[type[Model], Field]]:
    """Return what can refer to rows of *model*, on whichever floor: models, each with the column that does."""
    relations: list[Any] = [
        field for field in model._meta.get_fields(include_hidden=True) if field.auto_created and field.is_relation
    ]
    found = {(each.related_model, each.field) for each in relations if not each.concrete and not each.many_to_many}
    return sorted(found, key=lambda reference: (reference[0]._meta.label_lower, reference[1].name))


def noun(model: type[Model]) -> str:
    """Return what rows of *model* are called when several are told of."""
    return NAMED.get(str(model._meta.model_name), str(model._meta.verbose_name_plural))


def counted(count: int, plural: str) -> str:
    """Return "1 mention", "1 former address" or "3 mentions"."""
    ending = "es" if plural.endswith("sses") else "s"
    return f"{count} {plural.removesuffix(ending) if count == 1 else plural}"


def users(moved: Sequence[Move]) -> list[tuple[type[Model], int]]:
    """Return what would be left referring to a row that goes with *moved*: models, each with how many rows.

    Changes are left out: a history follows.
    """
    found = []
    for model, rows in _by_model(moved):
        gone = [move["id"] for move in rows if move["after"] is None]
        for user, field in references(model) if gone else ():
            if user is not Change:
                kept = user._base_manager.filter(**{f"{field.name}__in": gone}).exclude(
                    pk__in=_let_go(moved, user, field)
                )
                found.append((user, kept.count()))
    return [(user, count) for user, count in found if count]


def _names(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def _plain(value: Any) -> Any:
    if isinstance(value, FieldFile):
        return value.name
    return value.isoformat() if isinstance(value, date) else value


def _move(key: tuple[str, int], before: Columns | None, after: Columns | None) -> Move:
    label, pk = key
    if pk < 0 and after is not None:
        return {"model": label, "id": None, "before": None, "after": {**after, "id": None}}
    if before is not None and after is not None:
        differing = [name for name in after if after[name] != before[name]]
        before, after = ({name: row[name] for name in differing} for row in (before, after))
    return {"model": label, "id": pk, "before": before, "after": after}


def _by_model(moved: Iterable[Move]) -> list[tuple[type[Model], list[Move]]]:
    """Return *moved* by model, what others stand on first: triggers look from a character to its film."""
    found = defaultdict(list)
    for move in moved:
        found[apps.get_model(move["model"])].append(move)
    order = {model: place for place, model in enumerate(FIRST)}
    return sorted(found.items(), key=lambda each: (order.get(each[0], len(FIRST)), each[0]._meta.label_lower))


def _let_go(moved: Iterable[Move], model: type[Model], field: Field) -> list[int | None]:
    """Return the ids of the rows of *model* that refer to something else in *field* after *moved*, or are gone."""
    own = [move for move in moved if move["model"] == model._meta.label_lower]
    return [move["id"] for move in own if move["after"] is None or field.attname in move["after"]]


def _lifted(moved: Sequence[Move]) -> list[Role]:
    """Delete the roles that change, or whose credit or character changes films, and return them as they will be."""
    own = {move["id"]: move for move in moved if move["model"] == Role._meta.label_lower and move["id"]}
    changing = {
        pk: move["after"] for pk, move in own.items() if move["before"] is not None and move["after"] is not None
    }
    held = Role.objects.filter(pk__in=changing)
    held |= Role.objects.filter(credit__in=_let_go(moved, Credit, Credit._meta.get_field("film")))
    held |= Role.objects.filter(character__in=_let_go(moved, Character, Character._meta.get_field("film")))
    roles = [role for role in held.order_by("pk") if role.pk in changing or role.pk not in own]
    Role.objects.filter(pk__in=[role.pk for role in roles]).delete()
    for role in roles:
        _set(role, changing.get(role.pk) or {})
    return roles


def _delete(model: type[Model], gone: Sequence[Move]) -> None:
    """Delete these rows and nothing else: what refers to them does so no longer when all is carried out."""
    if gone:
        rows = model._base_manager.filter(pk__in=[move["id"] for move in gone])
        rows._raw_delete(rows.db)  # `delete` would take along, or stumble over, what is about to change.


def _change(model: type[Model], changing: Sequence[Move]) -> None:
    names = sorted({name for move in changing for name in move["after"] or ()})
    if not names:
        return
    rows = model._base_manager.order_by().only(*names).in_bulk([move["id"] for move in changing])
    for move in changing:
        if move["id"] in rows:
            _set(rows[move["id"]], move["after"] or {})
    model._base_manager.bulk_update(rows.values(), [model._meta.get_field(name).name for name in names])


def _make(model: type[Model], made: Sequence[Move]) -> None:
    """Insert these rows, and write their ids, and what else the database knows better, into their moves."""
    rows = [_set(model(pk=move["id"]), move["after"] or {}) for move in made]
    if not rows:
        return
    dates = [{name: getattr(row, name) for name in _automatic(model) if getattr(row, name)} for row in rows]
    model._base_manager.bulk_create(rows)
    dated = [_set(row, known) for row, known in zip(rows, dates, strict=True) if known]
    if dated:
        model._base_manager.bulk_update(dated, _automatic(model))
    for row, move in zip(rows, made, strict=True):
        move["id"], move["after"] = row.pk, columns(row)


def _automatic(model: type[Model]) -> list[str]:
    """Return the dates that are set by themselves when a row is inserted, also over what is given."""
    fields: list[Any] = list(model._meta.concrete_fields)
    return [
        field.name for field in fields if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    ]


def _set[Row: Model](row: Row, known: Columns) -> Row:
    for name, value in known.items():
        field: Any = row._meta.get_field(name)
        setattr(row, name, field.to_python(value))
    return row
