"""Addresses of the newsroom's pages."""

from django.urls import include, path
from django.views.decorators.http import require_safe

from . import converters, feeds, views  # noqa: F401 -- converters register <year:…> and <month:…>

app_name = "curation"
authors = [path("", views.authors, name="authors"), path("<slug:slug>/", views.author, name="author")]
sources = [path("", views.sources, name="sources"), path("<words:brand>/", views.source, name="source")]
urlpatterns = [
    path("author/", include(authors)),
    path("source/", include(sources)),
    path("cover/<words:name>", views.cover, name="cover"),
    path("media/<words:name>", views.picture, name="picture"),
    # Sections are data: whatever stands first in an address that is no other page's may be one.
    path("<slug:section>/<slug:slug>/", views.article, name="article"),
    path("<slug:section>/", views.articles, name="articles"),
    path("<slug:section>/feed.xml", require_safe(feeds.SectionFeed()), name="feed"),
    path("<slug:section>/<year:year>/<month:month>/", views.month, name="month"),
]
