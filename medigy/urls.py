"""The map of the whole site."""

from django.contrib import admin
from django.urls import include, path
from django.views.decorators.http import require_safe

from curation.site import converters  # noqa: F401 -- registers <year:…>, <month:…> and <words:…>

from .serving import welcome
from .site import feeds, site_files, sitemaps, views

urlpatterns = [
    path("", views.home, name="home"),
    path("topic/", views.topics, name="topics"),
    path("topic/<slug:slug>/", views.topic, name="topic"),
    path("topic/<slug:slug>/feed.xml", require_safe(feeds.TopicFeed()), name="topic-feed"),
    path("topic/<slug:slug>/<year:year>/<month:month>/", views.topic, name="topic-month"),
    path("offering/", views.offerings, name="offerings"),
    path("offering/<words:slug>/", views.offering, name="offering"),
    path("institution/", views.institutions, name="institutions"),
    path("institution/<slug:slug>/", views.institution, name="institution"),
    path("about/", views.about, name="about"),
    path("favicon.ico", site_files.favicon, name="favicon"),
    path("robots.txt", site_files.robots_txt, name="robots-txt"),
    path("sitemap.xml", sitemaps.index, name="sitemap-index"),
    path("sitemap-<words:section>.xml", sitemaps.section, name="sitemap"),
    path(".well-known/security.txt", site_files.security_txt, name="security-txt"),
    path("welcome/<uidb64>/<token>/", welcome.Welcome.as_view(), name="welcome"),
    path("admin/", admin.site.urls),
    path("", include("curation.site.urls")),  # last: its sections take any word that nothing else has
]

handler403 = "medigy.site.views.forbidden"
handler404 = "medigy.site.views.not_found"
