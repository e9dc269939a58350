"""Addresses of the newsroom's pages."""

from django.urls import path
from django.views.decorators.http import require_safe

from . import converters, feeds, views  # noqa: F401 -- converters register <year:…> and <month:…>

app_name = "curation"
urlpatterns = [
    path("news/", views.articles, name="articles"),
    path("news/feed.xml", require_safe(feeds.News()), name="news-feed"),
    path("news/<year:year>/<month:month>/", views.month, name="month"),
    path("news/<slug:slug>/", views.article, name="article"),
    path("author/", views.authors, name="authors"),
    path("author/<slug:slug>/", views.author, name="author"),
    path("source/", views.sources, name="sources"),
    path("source/<words:brand>/", views.source, name="source"),
    path("cover/<words:name>", views.cover, name="cover"),
    path("media/<words:name>", views.picture, name="picture"),
]
