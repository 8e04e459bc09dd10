"""What is done after the answer went out: a worker runs it (docs/deploy.md), or at home the request itself."""

import logging
from datetime import timedelta
from functools import partial

from django.db import transaction
from django.tasks import task
from django.utils import timezone

from films import renditions
from films.models import Image

logger = logging.getLogger(__name__)

LATER = timedelta(minutes=10)  # What fails then, too, waits for the nightly command.


def ask_for_renditions(image, *, crops_only=False):
    """Have the renditions of *image* made once it is certain that it is there; its crops go until they are right."""
    work = make_crops if crops_only else make_renditions
    if crops_only:
        renditions.forget_crops(image)
    # Robust: an upload that is kept is no failure because its renditions must wait.
    transaction.on_commit(partial(work.enqueue, image.pk), robust=True)


@task
def make_renditions(number, attempt=1):
    """Make the renditions of the picture with that *number*, if it still stands."""
    _tried(make_renditions, renditions.make, number, attempt)


@task
def make_crops(number, attempt=1):
    """Make the crops of the picture with that *number*, if it still stands."""
    _tried(make_crops, renditions.make_crops, number, attempt)


def _tried(work, make, number, attempt):
    """Do it; where the storage fails, once more later."""
    image = Image.objects.filter(pk=number).first()
    if image is None:
        return
    try:
        make(image)
    except Exception:  # Each storage has errors of its own.
        if attempt > 1:
            raise
        logger.exception("The renditions of picture %s failed; they are tried once more", number)
        _later(work).enqueue(number, attempt=attempt + 1)


def _later(work):
    """Return *work* for a later time where the queue can wait, else for now."""
    return work.using(run_after=timezone.now() + LATER) if work.get_backend().supports_defer else work
