"""A colleague's time here: invited, comes in by the link in a browser of their own, works, and is closed."""

from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from curation.models import Article
from tests.factories import PASSWORD, make_article, make_person

from .test_desk import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("calm")]


def test_a_colleague_is_invited_comes_in_works_and_leaves_the_work_to_another(page, chromium):
    make_person("Curator", first_name="Ines", username="ines")
    sign_in(page, make_person("Administrator", first_name="Ada"), "/admin/")
    page.get_by_role("link", name="Invite a colleague").click()
    page.get_by_label("Name").fill("Mae Ward")
    page.get_by_label("E-mail").fill("mae@example.org")
    page.get_by_role("radio", name="Curator Pastes links").check()
    page.get_by_role("button", name="Make the link").click()
    link = page.get_by_label("The link for Mae Ward").input_value()

    hers = chromium.new_context(base_url=page.site).new_page()
    hers.goto(urlsplit(link).path)
    expect(hers.get_by_text("Ada lets you in to the newsroom of Medigy as curator.")).to_be_visible()
    hers.get_by_label("Name to sign in with").fill("mae")
    hers.get_by_label("New password", exact=False).first.fill(PASSWORD)
    hers.get_by_label("New password confirmation").fill(PASSWORD)
    hers.get_by_role("button", name="Open the newsroom").click()
    expect(hers.get_by_role("heading", level=1)).to_be_visible()
    mae = User.objects.get(username="mae")
    article = make_article(owner=mae, title="A brief of hers")
    hers.goto("/admin/")
    expect(hers.get_by_role("link", name="A brief of hers", exact=True).first).to_be_visible()

    page.goto("/admin/people/")
    page.get_by_role("link", name="Mae Ward").click()
    page.get_by_role("link", name="Close the account").click()
    page.get_by_label("Who goes on with them").select_option(label="Ines")
    page.get_by_role("button", name="Close the account and hand over").click()
    expect(page.get_by_text("1 brief changed hands")).to_be_visible()
    assert Article.objects.get(pk=article.pk).owner.username == "ines"
    hers.goto("/admin/")
    expect(hers.get_by_role("heading", name="Good to see you.")).to_be_visible()
    hers.context.close()
