"""The map of the whole site."""

from django.contrib import admin
from django.urls import include, path
from django.views.decorators.http import require_safe

from curation.site import converters  # noqa: F401 -- registers <year:…>, <month:…>, <secret:…> and <words:…>

from .outside import page as outside
from .outside.calendar_feed import calendar_feed
from .serving import welcome
from .site import feeds, site_files, sitemaps, views

# Addresses that begin alike stand together: whatever begins otherwise passes them in one look.
topics = [
    path("", views.topics, name="topics"),
    path("<slug:slug>/", views.topic, name="topic"),
    path("<slug:slug>/feed.xml", require_safe(feeds.TopicFeed()), name="topic-feed"),
    path("<slug:slug>/<year:year>/<month:month>/", views.topic, name="topic-month"),
]
offerings = [
    path("", views.offerings, name="offerings"),
    path("<words:slug>/", views.offering, name="offering"),
]
institutions = [
    path("", views.institutions, name="institutions"),
    path("<slug:slug>/", views.institution, name="institution"),
]
urlpatterns = [
    path("", views.home, name="home"),
    path("topic/", include(topics)),
    path("offering/", include(offerings)),
    path("institution/", include(institutions)),
    path("about/", views.about, name="about"),
    path("review/<slug:key>/<secret:secret>/", outside.page, name="outside"),
    path("planned/<slug:key>/<secret:secret>.ics", calendar_feed, name="calendar-feed"),
    path("welcome/<uidb64>/<token>/", welcome.Welcome.as_view(), name="welcome"),
    path("admin/", admin.site.urls),
    path("", include("curation.site.urls")),  # its sections take any word that nothing above has
    path("favicon.ico", site_files.favicon, name="favicon"),
    path("robots.txt", site_files.robots_txt, name="robots-txt"),
    path("sitemap.xml", sitemaps.index, name="sitemap-index"),
    path("sitemap-<words:section>.xml", sitemaps.section, name="sitemap"),
    path(".well-known/security.txt", site_files.security_txt, name="security-txt"),
]

handler403 = "medigy.site.views.forbidden"
handler404 = "medigy.site.views.not_found"
