"""The site with the addresses of the panels that stand beside a brief, wherever the desk draws them."""

from django.contrib import admin
from django.urls import include, path

from curation.admin import checks, comments
from curation.models import Article
from medigy.urls import urlpatterns as site

_desk = admin.site.get_model_admin(Article)
_beside = path("curation/article/", include([*checks.urls(_desk), *comments.urls(_desk)]))

urlpatterns = [path("admin/", ([_beside, *admin.site.get_urls()], "admin", "admin")), *site]
