"""The picture of a brief in a real browser: from the page, a file, by drop and by paste; its focal point by keys."""

import base64
import time

import pytest
from playwright.sync_api import expect

from curation.harvest import intake, store
from curation.models import Article, Harvest, Picture
from tests.curation.harvest import sites
from tests.curation.harvest.test_pictures import drawn

from .test_desk import sign_in, until

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("calm", "refusing")]

STORY = "http://news.example.org/knee"
PAGE = b"""<!doctype html><html><head><title>A model of one knee</title>
<meta property="og:site_name" content="The Loop">
<meta property="og:image" content="/a.jpg"><meta name="twitter:image" content="/b.jpg">
<script type="application/ld+json">{"@type": "NewsArticle", "image": "/c.jpg"}</script></head>
<body><article><h1>A model of one knee</h1><p>The knee is one person's.</p></article></body></html>"""
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


@pytest.fixture(autouse=True)
def _place(settings, tmp_path, source):
    settings.MEDIA_ROOT = tmp_path / "media"
    pictures = {"/a.jpg": drawn(colour="teal"), "/b.jpg": SVG, "/c.jpg": drawn((1400, 900), "maroon")}
    source.answers |= {path: sites.answer(body=data) for path, data in pictures.items()}
    source.answers["/knee"] = sites.page(PAGE)


@pytest.fixture
def draft(curator):
    article = intake.paste(STORY, by=curator).article
    store.run(Harvest.objects.get().pk)
    return article


@pytest.fixture
def opened(page, curator, draft):
    """The article's page, once the pictures of its source were asked for."""
    sign_in(page, curator, at=f"/admin/curation/article/{draft.pk}/change/")
    section(page).get_by_role("button", name="JSON-LD").get_by_text("1400 × 900").wait_for()
    return draft


def section(page):
    return page.locator("#picture")


def saved(**values):
    """Wait until autosave has written these."""
    until(lambda: Article.objects.filter(**values).exists())


def is_shown(page, picture):
    expect(page.locator("#picture-stage")).to_have_attribute("data-picture", str(picture.pk))
    expect(section(page).locator(".picture-frame img")).to_be_visible()
    until(lambda: section(page).locator(".picture-frame img").evaluate("(one) => one.naturalWidth") > 0)


def test_a_picture_of_the_page_is_chosen_by_the_keyboard_and_credited_with_one_click(page, opened):
    refused = section(page).get_by_role("button", name="Twitter")
    expect(refused).to_contain_text("never a drawing (SVG)")
    refused.press("Enter")
    page.get_by_text("It is no picture that is taken").first.wait_for()
    assert Article.objects.get().picture is None
    section(page).get_by_role("button", name="JSON-LD").press("Enter")
    is_shown(page, Picture.objects.get(width=1400))
    saved(picture__width=1400)
    expect(section(page).get_by_role("button", name="JSON-LD")).to_have_attribute("aria-pressed", "true")
    expect(section(page).get_by_text("1400 × 900, JPEG")).to_be_visible()
    section(page).get_by_role("button", name="Credit The Loop").press("Enter")
    saved(picture_credit="The Loop")


def test_the_focal_point_moves_by_keys_and_by_the_mouse_and_every_crop_follows(page, opened):
    section(page).get_by_role("button", name="Open Graph").click()
    is_shown(page, Picture.objects.get(width=800))
    handle = section(page).get_by_role("button", name="Focal point: 50 % from the left")
    for key in ("ArrowRight", "ArrowRight", "ArrowUp", "ArrowUp", "ArrowUp"):
        section(page).locator("[data-focal]").press(key)
    expect(handle).to_have_count(0)
    saved(focus_x=60, focus_y=35)
    place = "(one) => getComputedStyle(one).objectPosition"
    crops = {key: section(page).locator(f".crop-{key} img").evaluate(place) for key in ("article", "list", "social")}
    assert crops == {"article": "60% 35%", "list": "60% 35%", "social": "50% 50%"}
    frame = section(page).locator(".picture-frame").bounding_box()
    grip = section(page).locator("[data-focal]").bounding_box()
    page.mouse.move(grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2)
    page.mouse.down()
    page.mouse.move(frame["x"] + frame["width"] * 0.2, frame["y"] + frame["height"] * 0.8, steps=5)
    page.mouse.up()
    saved(focus_x=20, focus_y=80)
    assert section(page).locator(".crop-list img").evaluate(place) == "20% 80%"
    page.mouse.click(frame["x"] + frame["width"] * 0.9, frame["y"] + frame["height"] * 0.11)
    saved(focus_x=90, focus_y=10)
    page.get_by_label("Focus, % from the left").fill("35")
    saved(focus_x=35)
    assert section(page).locator(".crop-list img").evaluate(place) == "35% 10%"
    shapes = (
        section(page).locator(".crop-frame").evaluate_all("all => all.map((one) => one.clientWidth / one.clientHeight)")
    )
    assert [round(shape, 1) for shape in shapes] == [2.1, 1.6, 1.5, 3.0, 1.9]


def test_a_file_is_chosen_and_the_one_before_comes_back_with_its_words(page, opened):
    section(page).get_by_role("button", name="Open Graph").click()
    saved(picture__width=800)
    page.get_by_label("Alternative text").fill("A knee of glass")
    saved(picture_alt="A knee of glass")
    file = {"name": "own.png", "mimeType": "image/png", "buffer": drawn((1300, 700), "navy", "PNG")}
    page.get_by_label("A file of your own").set_input_files(file)
    saved(picture__width=1300, picture_alt="")
    is_shown(page, Picture.objects.get(width=1300))
    expect(section(page).get_by_text("1300 × 700, PNG")).to_be_visible()
    section(page).get_by_role("button", name="Back to the one before").click()
    saved(picture__width=800, picture_alt="A knee of glass")
    is_shown(page, Picture.objects.get(width=800))


def test_the_empty_zone_opens_the_chooser_and_what_is_wrong_stands_under_it(page, opened):
    zone, said = section(page).locator(".picture-none"), section(page).locator(".picture-whole [data-said]")
    with page.expect_file_chooser() as opening:
        zone.click()
    opening.value.set_files({"name": "own.svg", "mimeType": "image/svg+xml", "buffer": SVG})
    expect(said).to_have_class("picture-said is-fault")
    above, below = zone.bounding_box(), said.bounding_box()
    assert 0 <= below["y"] - (above["y"] + above["height"]) < 24
    with page.expect_file_chooser() as opening:
        zone.click()
    opening.value.set_files({"name": "own.png", "mimeType": "image/png", "buffer": drawn((1300, 700), "navy", "PNG")})
    saved(picture__width=1300)
    expect(section(page).locator("[data-said]")).to_have_count(1)
    expect(said).to_contain_text("The picture is in the brief.")
    expect(section(page).locator(".picked-name")).to_contain_text("own.png")


DROP = """([data, type, name]) => {
  const bytes = Uint8Array.from(atob(data), (one) => one.charCodeAt(0)), given = new DataTransfer();
  if (name) given.items.add(new File([bytes], name, { type }));
  const zone = document.querySelector("#picture");
  for (const kind of ["dragover", "drop"])
    zone.dispatchEvent(new DragEvent(kind, { dataTransfer: given, bubbles: true, cancelable: true }));
}"""
PASTE = """([data, type, name]) => {
  const bytes = Uint8Array.from(atob(data), (one) => one.charCodeAt(0)), given = new DataTransfer();
  given.items.add(new File([bytes], name, { type }));
  document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: given, bubbles: true, cancelable: true }));
}"""


def sent(page, script, data, kind="image/png", name="image.png"):
    page.evaluate(script, [base64.b64encode(data).decode(), kind, name])


def test_a_picture_is_dropped_or_pasted_and_what_is_none_is_refused_in_words(page, opened):
    sent(page, DROP, drawn((900, 600), "olive", "PNG"))
    saved(picture__width=900)
    is_shown(page, Picture.objects.get(width=900))
    sent(page, PASTE, drawn((1000, 600), "purple", "PNG"))
    saved(picture__width=1000)
    sent(page, DROP, SVG, "image/svg+xml", "drawing.png")
    expect(section(page).get_by_role("status").last).to_contain_text("SVG drawing or a web page")
    sent(page, DROP, b"", "", "")
    expect(section(page).get_by_role("status").last).to_contain_text("That was neither a file nor")
    assert Article.objects.get().picture.width == 1000


GIVE = """([event, kinds]) => {
  const given = new DataTransfer(), zone = document.querySelector("#picture");
  for (const [kind, words] of Object.entries(kinds)) given.setData(kind, words);
  const made = event === "paste"
    ? new ClipboardEvent("paste", { clipboardData: given, bubbles: true, cancelable: true })
    : new DragEvent("drop", { dataTransfer: given, bubbles: true, cancelable: true });
  zone.dispatchEvent(made);
}"""
CDN = "http://news.example.org"


def test_an_address_of_a_picture_is_dropped_pasted_or_typed(page, opened, source):
    sizes = {"/one.png": 910, "/two.png?a=1&b=2": 920, "/three.png": 930, "/four.png": 940}
    source.answers |= {path: sites.answer(body=drawn((width, 600), "olive")) for path, width in sizes.items()}
    page.evaluate(GIVE, ["drop", {"text/uri-list": f"# from a page\r\n{CDN}/one.png\r\n"}])
    saved(picture__width=910)
    html = f'<a href="{CDN}/knee" style="color:red"><img alt="x" src="{CDN}/two.png?a=1&amp;b=2"></a>'
    page.evaluate(GIVE, ["drop", {"text/uri-list": f"{CDN}/knee", "text/html": html}])
    saved(picture__width=920)
    page.evaluate(GIVE, ["paste", {"text/plain": f"{CDN}/three.png"}])
    saved(picture__width=930)
    page.get_by_label("Or a picture by its link").fill(f"{CDN}/four.png")
    page.get_by_label("Or a picture by its link").press("Enter")
    saved(picture__width=940)
    expect(page.get_by_label("Or a picture by its link")).to_have_value("")
    page.evaluate(GIVE, ["drop", {"text/uri-list": f"{CDN}/knee"}])
    expect(section(page).get_by_role("status").last).to_contain_text("Its address leads to a page, not to a picture.")
    page.evaluate(GIVE, ["drop", {"text/plain": "only words"}])
    expect(section(page).get_by_role("status").last).to_contain_text("That was neither a file nor")
    assert Article.objects.get().picture.width == 940


def test_a_slow_sending_shows_how_far_it_is_and_can_be_cancelled(page, opened):
    page.route("**/picture/upload/", lambda route: time.sleep(0))  # never answered
    sent(page, DROP, drawn((900, 600), "olive", "PNG"))
    bar = section(page).get_by_role("progressbar", name="Sending the file")
    expect(bar).to_be_hidden()
    expect(bar).to_be_visible(timeout=5000)
    section(page).get_by_role("button", name="Cancel").click()
    expect(bar).to_be_hidden()
    expect(section(page).get_by_role("status").last).to_contain_text("Cancelled")


def test_a_picture_found_among_ours_takes_the_place_of_the_one_before(page, opened):
    section(page).get_by_role("button", name="Open Graph").click()
    saved(picture__width=800)
    page.get_by_placeholder("Find a picture").fill("c.jpg")
    page.locator(".choices [role=option]").first.wait_for()
    page.keyboard.press("Enter")
    saved(picture__width=1400)
    is_shown(page, Picture.objects.get(width=1400))


def test_without_scripts_a_file_and_an_offer_are_sent_by_their_forms(chromium, live_server, curator, draft, page):
    sign_in(page, curator)
    context = chromium.new_context(
        base_url=live_server.url, java_script_enabled=False, storage_state=page.context.storage_state()
    )
    plain = context.new_page()
    plain.goto(f"/admin/curation/article/{draft.pk}/change/")
    file = {"name": "own.png", "mimeType": "image/png", "buffer": drawn((1300, 700), "navy", "PNG")}
    plain.get_by_label("A file of your own").set_input_files(file)
    plain.get_by_role("button", name="Upload").click()
    plain.get_by_text("The picture is in the brief.").wait_for()
    assert Article.objects.get().picture.width == 1300
    plain.locator(".picture-offers summary").click()
    plain.get_by_role("button", name="Open Graph").click()
    plain.get_by_text("The picture is in the brief.").wait_for()
    assert Article.objects.get().picture.width == 800
    context.close()
