"""The map of the whole site."""

from django.contrib import admin
from django.urls import path

from . import site_files, welcome

urlpatterns = [
    path(".well-known/security.txt", site_files.security_txt, name="security-txt"),
    path("welcome/<uidb64>/<token>/", welcome.Welcome.as_view(), name="welcome"),
    path("admin/", admin.site.urls),
]
