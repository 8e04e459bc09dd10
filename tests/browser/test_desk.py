"""The desk in a browser: every kind of page, at two widths, light and dark, without a complaint from anybody."""

from types import SimpleNamespace

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.conftest import PASSWORD
from tests.factories import make_credit, make_live, make_superuser, make_user

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.django_db(transaction=True)]

LOOKS = [(1280, "light"), (1280, "dark"), (360, "light"), (360, "dark")]


def log_in(page, user):
    page.goto("/admin/")
    page.get_by_label("Username").fill(user.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/admin/")


def assert_whole(page):
    """Nothing was refused, and nothing runs out at the side."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert (page.url, wide, page.complaints) == (page.url, 0, [])


def assert_in_order(page):
    """The page is whole, and axe finds nothing serious."""
    assert_whole(page)
    found = Axe().run(page).response["violations"]
    page.complaints.clear()  # Axe tries inline styles of its own, and is refused.
    serious = {
        (page.url, violation["id"], node["html"])
        for violation in found
        if violation["impact"] in {"serious", "critical"}
        for node in violation["nodes"]
    }
    assert serious == set()


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_every_kind_of_page_is_in_order(new_page, width, scheme):
    page = new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    user, other = make_superuser(password=PASSWORD, first_name="Ana"), make_user()
    group = Group.objects.create(name="Night desk")
    # Width and colours do not meddle with each other: axe, which is slow, sees each of them once.
    check = assert_in_order if (width, scheme) in LOOKS[::3] else assert_whole
    page.goto("/admin/login/")
    check(page)
    log_in(page, user)
    for path in [
        "",
        "auth/",
        "auth/user/",
        "auth/user/?q=nobody-at-all",
        "auth/user/add/",
        f"auth/user/{other.pk}/change/",
        f"auth/user/{other.pk}/password/",
        f"auth/user/{other.pk}/history/",
        f"auth/user/{other.pk}/delete/",
        f"auth/group/{group.pk}/change/?_popup=1",
        "axes/accesslog/",
        "axes/accessattempt/",
        "password_change/",
    ]:
        page.goto(f"/admin/{path}")
        check(page)


@pytest.mark.parametrize(("width", "scheme"), LOOKS[::3])
def test_every_list_and_form_fits_its_window(new_page, width, scheme):
    page = new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    log_in(page, make_superuser(password=PASSWORD))
    make_live(film=make_credit(None, None, "Jim Raynor").film)
    for model, model_admin in admin.site._registry.items():
        at = reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_changelist")
        page.goto(at)
        assert_whole(page)
        if model_admin.has_add_permission(SimpleNamespace(user=make_superuser())):
            page.goto(f"{at}add/")
            assert_whole(page)


def test_errors_stand_on_top_and_beside_the_field(desk):
    desk.goto("/admin/auth/group/add/")
    desk.get_by_role("button", name="Save", exact=True).click()
    summary = desk.get_by_role("alert")
    summary.get_by_role("link", name="Name").click()
    assert desk.evaluate("document.activeElement.id || location.hash") in {"id_name", "#id_name"}
    assert desk.locator("#id_name_error").inner_text() == "This field is required."
    assert_in_order(desk)


def test_rows_are_chosen_and_deleted_together(desk):
    for name in ["Writers", "Editors"]:
        Group.objects.create(name=name)
    desk.goto("/admin/auth/group/")
    expect(desk.get_by_role("button", name="Run")).to_be_hidden()
    desk.get_by_role("row", name="Writers").get_by_role("checkbox").check()
    desk.get_by_label("Action:").select_option("delete_selected")
    desk.get_by_role("button", name="Run").click()
    assert_in_order(desk)
    desk.get_by_role("button", name="Yes, delete").click()
    assert "Successfully deleted 1 group." in desk.get_by_role("status").inner_text()
    assert [group.name for group in Group.objects.all()] == ["Editors"]


def test_menu_opens_and_closes_by_keyboard(desk):
    more = desk.get_by_text("More", exact=True)
    more.focus()
    desk.keyboard.press("Enter")
    groups = desk.get_by_role("navigation").get_by_role("link", name="Groups")
    expect(groups).to_be_visible()
    assert_in_order(desk)
    desk.keyboard.press("Escape")
    expect(groups).to_be_hidden()
    expect(more).to_be_focused()


def test_colours_follow_the_choice_over_the_system(desk):
    ground = "getComputedStyle(document.body).backgroundColor"
    light = desk.evaluate(ground)
    desk.locator("summary", has_text="Your account:").click()
    toggle = desk.get_by_role("button", name="Colours:")
    assert toggle.inner_text() == "Colours: as the system"
    toggle.click()
    assert toggle.inner_text() == "Colours: dark"
    desk.reload()
    assert desk.evaluate(ground) != light


def test_filters_start_folded_on_a_narrow_screen(new_page):
    page = new_page(viewport={"width": 360, "height": 800})
    log_in(page, make_superuser(password=PASSWORD))
    page.goto("/admin/auth/user/")
    assert page.locator(".filter-box").get_attribute("open") is None
    page.goto("/admin/auth/user/?is_staff__exact=1")
    assert page.locator(".filter-box").get_attribute("open") == ""


def test_logging_out_from_the_menu_leads_to_the_farewell(desk):
    desk.locator("summary", has_text="Your account:").click()
    desk.get_by_role("button", name="Log out").click()
    assert desk.get_by_role("heading", level=1).inner_text() == "You are logged out"
    assert_in_order(desk)
