"""The project's public face: the names that others call lead to where the work is done."""

import pytest
from django.utils.module_loading import import_string


@pytest.mark.parametrize(
    ("name", "home"),
    [
        ("curation.links.article_slug", "curation.text.links"),
        ("curation.links.brand", "curation.text.links"),
        ("curation.links.check", "curation.text.links"),
        ("curation.links.clean", "curation.text.links"),
        ("curation.links.duplicate_key", "curation.text.links"),
        ("curation.prose.body", "curation.text.prose"),
        ("curation.prose.clean", "curation.text.prose"),
        ("curation.prose.standfirst", "curation.text.prose"),
        ("curation.frontmatter.meta_key", "curation.importer.frontmatter"),
        ("curation.frontmatter.read", "curation.importer.frontmatter"),
        ("curation.intake.addresses", "curation.harvest.intake"),
        ("curation.intake.paste", "curation.harvest.intake"),
        ("curation.intake.paste_many", "curation.harvest.intake"),
        ("curation.harvest.fetch", "curation.fetch"),
        ("curation.harvest.read", "curation.extract"),
        ("curation.harvest.FetchFailed", "curation.fetch"),
        ("curation.harvest.FetchRefused", "curation.fetch"),
        ("curation.suggestions.offerings", "curation.suggestions"),
        ("curation.suggestions.topics", "curation.suggestions"),
        ("offerings.slugs.slug", "offerings.slugs"),
    ],
)
def test_a_name_that_others_call_is_there(name, home):
    assert import_string(name).__module__.startswith(home)
