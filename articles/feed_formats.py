"""The two formats of feeds: Atom (RFC 4287) and JSON Feed 1.1."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils.feedgenerator import Atom1Feed

from articles.feed_entries import FeedEntry

JSON_FEED = "https://jsonfeed.org/version/1.1"
NOTHING_YET = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Channel:
    """What a feed says of itself; `page` is the page that it feeds from, `address` its own, both absolute."""

    title: str
    description: str
    page: str
    address: str
    author: str
    language: str


def atom(channel: Channel, entries: Sequence[FeedEntry]) -> HttpResponse:
    """Return the feed as Atom."""
    feed = _Atom(
        title=channel.title,
        subtitle=channel.description,
        description=channel.description,
        link=channel.page,
        feed_url=channel.address,
        feed_guid=channel.address,
        author_name=channel.author,
        language=channel.language,
    )
    for entry in entries:
        feed.add_item(entry.title, entry.address, entry.summary, updateddate=entry.updated, entry=entry)
    return HttpResponse(feed.writeString("utf-8"), content_type=_Atom.content_type)


def json_feed(channel: Channel, entries: Sequence[FeedEntry]) -> JsonResponse:
    """Return the feed as JSON Feed."""
    feed = {
        "version": JSON_FEED,
        "title": channel.title,
        "home_page_url": channel.page,
        "feed_url": channel.address,
        "description": channel.description,
        "language": channel.language,
        "authors": [{"name": channel.author}],
        "items": [_item(entry) for entry in entries],
    }
    return JsonResponse(feed, content_type="application/feed+json", json_dumps_params={"ensure_ascii": False})


def _item(entry: FeedEntry) -> dict[str, Any]:
    item = {
        "id": entry.id,
        "url": entry.address,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.html,
        "image": entry.image,
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "authors": [{"name": name, "url": url} for name, url in entry.authors],
        "tags": list(entry.categories),
    }
    return {name: value for name, value in item.items() if value}


class _Atom(Atom1Feed):
    """Django's Atom feed with what it leaves out: the text beside its summary, and several authors."""

    def latest_post_date(self):
        """Return when the newest text came out; one date where there is none, so that an empty feed stays the same."""
        return super().latest_post_date() if self.items else NOTHING_YET

    def add_item_elements(self, handler, item):
        entry = item["entry"]
        for name, text in [
            ("title", entry.title),
            ("id", entry.id),
            ("published", entry.published.isoformat()),
            ("updated", entry.updated.isoformat()),
        ]:
            handler.addQuickElement(name, text)
        handler.addQuickElement("link", "", {"rel": "alternate", "type": "text/html", "href": entry.address})
        for name, address in entry.authors:
            self._add_author(handler, name, address)
        for category in entry.categories:
            handler.addQuickElement("category", "", {"term": category})
        if entry.summary:
            handler.addQuickElement("summary", entry.summary)
        handler.addQuickElement("content", entry.html, {"type": "html"})

    def _add_author(self, handler, name, address):
        handler.startElement("author", {})
        handler.addQuickElement("name", name)
        handler.addQuickElement("uri", address)
        handler.endElement("author")
