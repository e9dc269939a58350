"""Django's admin as an app of this project: its site is the desk, which is entered by roles."""

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    default_site = "medigy.http.desk.Desk"
