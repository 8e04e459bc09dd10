"""All that a database holds, to compare before and after."""

from django.apps import apps

from articles.models import Event, SearchEntry
from films.models import Change
from films.moving import taken_down


def dump(*, changes=()):
    """Return every row of every table by model and id, but for when it was last saved; of changes, those given.

    What the search finds is made by triggers, under whatever id. The record of an article tells what was undone, too.
    """
    models = {*apps.get_models(include_auto_created=True)} - {Change, Event, SearchEntry}
    rows = taken_down(*(model._base_manager.all() for model in models), Change.objects.filter(pk__in=changes))
    found = {key: {name: row[name] for name in row if name != "updated_at"} for key, row in rows.items()}
    entries = SearchEntry.objects.values("kind", "subject", "names", "about", "prose", "text")
    return found | {(entry["kind"], entry["subject"]): entry for entry in entries}
