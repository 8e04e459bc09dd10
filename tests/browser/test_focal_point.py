"""Choosing where the eye should rest, in a real browser."""

import pytest
from playwright.sync_api import expect

from films.models import Image
from tests.factories import make_image

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]


@pytest.mark.usefixtures("files_on_disk")
def test_a_focal_point_is_chosen_by_click_and_by_arrow_keys(desk):
    image = make_image()
    desk.goto(f"/admin/films/image/{image.pk}/change/")
    ring, across, down = (
        desk.get_by_role("button", name="Focal point"),
        *map(desk.locator, ("#id_focal_x", "#id_focal_y")),
    )
    picture = desk.locator(".focal__picture")
    box = picture.bounding_box()
    picture.click(position={"x": box["width"] * 0.2, "y": box["height"] * 0.75})
    expect(across).to_have_value("20")
    expect(down).to_have_value("75")
    expect(ring).to_be_focused()
    desk.keyboard.press("ArrowRight")
    desk.keyboard.press("Shift+ArrowUp")
    expect(across).to_have_value("21")
    expect(down).to_have_value("65")
    expect(desk.get_by_role("status").filter(has_text="21 % from the left, 65 % from the top.")).to_be_visible()
    expect(desk.locator(".focal__part").first).to_have_css("object-position", "21% 65%")
    across.fill("30")
    expect(desk.locator(".focal__part").first).to_have_css("object-position", "30% 65%")
    with desk.expect_navigation():
        desk.get_by_role("button", name="Save", exact=True).click()
    assert Image.objects.values_list("focal_x", "focal_y").get() == (30, 65)
