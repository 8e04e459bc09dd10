"""Telling colleagues of a review, by mail.

The mails go out in the request that made them, once all is written: nothing is lost with a worker that stops, and no
queue has to run beside the site. A mail server that is slow costs at most its time-out (`MAILERS`, five seconds for
each answer it owes), one that fails costs the mail; what was done stays done.
"""

import logging
from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage, mailers
from django.db import transaction
from django.urls import reverse

logger = logging.getLogger(__name__)


def tell(people, review, *, by, subject, message):
    """Mail active colleagues, once all is written: one mail each, so that nobody learns the others' addresses."""
    others = [person for person in people if person and person != by and person.is_active and person.is_staff]
    subject = " ".join(f"{subject}: {review.revision.title}".split())
    text = f"{message}\n\n{review.revision.title}, revision {review.revision.number}\n{_address_of(review)}"
    mails = [EmailMessage(subject, text, to=[address]) for address in sorted({each.email for each in others} - {""})]
    if mails:
        transaction.on_commit(partial(_send, mails), robust=True)


def _send(mails):
    """Send *mails* over one connection; a mail server that fails costs the mail, never what was done."""
    try:
        with mailers.default as connection:
            for mail in mails:
                _send_one(mail, connection)
    except Exception:
        logger.exception("The mail server could not be reached: nobody was told of a review.")


def _send_one(mail, connection):
    try:
        connection.send_messages([mail])
    except Exception:
        logger.exception("A mail about a review could not be sent.")


def _address_of(review):
    """Return the whole address of the review's page, on the first of the site's own hosts."""
    scheme, host = "https" if settings.HTTPS else "http", settings.ALLOWED_HOSTS[0].removeprefix(".")
    return f"{scheme}://{host}{reverse('admin:articles_article_review', args=[review.revision.article_id])}"
