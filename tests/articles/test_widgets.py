"""The widgets of the writing screen."""

import pytest

from articles.forms import ArticleForm
from articles.widgets import MarkdownEditor, PicturePicker
from tests.factories import make_article, make_author, make_image

pytestmark = pytest.mark.django_db


def test_the_editor_brings_our_scripts_and_none_of_markdownx():
    media = str(MarkdownEditor().media)
    assert media.count("markdownx") == 0
    assert 'src="/static/js/admin/writing.js" type="module"' in media


def test_the_editor_names_our_endpoints_alone():
    html = MarkdownEditor().render("body", "<b> & *words*", {"id": "id_body"})
    assert 'data-preview-url="/admin/articles/article/preview/"' in html
    assert 'data-upload-url="/admin/articles/article/upload/"' in html
    assert "&lt;b&gt; &amp; *words*</textarea>" in html
    assert "/markdownx/" not in html
    assert "style=" not in html


def test_the_picker_shows_the_picture_it_holds():
    image = make_image()
    html = PicturePicker().render("hero", image.pk, {"id": "id_hero"})
    assert f'value="{image.pk}"' in html
    assert image.file.url in html


@pytest.mark.parametrize("value", [None, "", "99", "9" * 30, "9" * 5000, "Rush"])
def test_the_picker_bears_having_none(value):
    assert "<img" not in PicturePicker().render("hero", value, {})


def test_authors_stand_in_the_order_of_the_byline():
    authors = [make_author(name) for name in ("Zoë Quinn", "Ana Lima", "Max Perlich")]
    article = make_article(authors=authors)
    html = str(ArticleForm(instance=article)["authors"])
    assert [html.index(author.name) for author in authors] == sorted(html.index(author.name) for author in authors)
