"""The desk's writing field works under the desk's policy: no style sheet is written into the page."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.forms import Form
from django.http import HttpResponse
from django.template import RequestContext, Template
from django.urls import include, path
from django_prose_editor.fields import ProseEditorFormField

EXTENSIONS = {"Bold": True, "Italic": True, "BulletList": True, "ListItem": True, "Link": True}
PAGE = Template(
    "{% load static %}<!doctype html><title>Desk</title>{% csp_nonce_attr form.media %}"
    "<link rel=stylesheet href=\"{% static 'desk/editor.css' %}\">{{ form.body }}"
)


def writing(request, *, own_styles=True):
    extensions = EXTENSIONS | ({"OwnStyles": True} if own_styles else {})

    class Writing(Form):
        body = ProseEditorFormField(config={"extensions": extensions}, preset="configurable", initial="<p>Hello</p>")

    return HttpResponse(PAGE.render(RequestContext(request, {"form": Writing()})))


desk = [
    path("writing/", writing, name="writing"),
    path("stock/", writing, {"own_styles": False}, name="stock"),
]
urlpatterns = [
    path("desk/", include((desk, "admin"), namespace="desk")),
    path("admin/", admin.site.urls),
    path("", include("medigy.urls")),
]


@pytest.fixture(autouse=True)
def _pages(settings, page):
    settings.ROOT_URLCONF = __name__
    page.route("**/favicon.ico", lambda route: route.fulfill(status=204))


@pytest.mark.browser
def test_one_can_write_in_it_and_nothing_is_refused(page):
    page.goto("/desk/writing/")
    page.locator(".ProseMirror p").click()
    page.keyboard.press("End")
    page.keyboard.type(", reader")
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+b")
    page.wait_for_function("document.querySelector('textarea').value === '<p><strong>Hello, reader</strong></p>'")
    assert page.locator("style").count() == 0
    assert page.locator(".ProseMirror").evaluate("editor => getComputedStyle(editor).whiteSpace") == "break-spaces"


@pytest.mark.browser
def test_without_our_extension_the_policy_refuses_its_style_sheet(page):
    page.goto("/desk/stock/")
    page.locator(".ProseMirror p").wait_for()
    assert page.locator("style").count() == 1
    assert [said for said in page.complaints if "style" in said]
    page.complaints.clear()


@pytest.mark.browser
@pytest.mark.parametrize("place", ["", "people/", "people/invite/", "people/{pk}/"])
def test_the_desk_breaks_no_policy(page, live_server, client, place):
    ada = User.objects.create_superuser("ada", "ada@example.org", "correct-horse-9")
    client.force_login(ada)
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([session])
    page.goto(f"/admin/{place.format(pk=ada.pk)}")
    assert page.locator("main h1").first.is_visible()
