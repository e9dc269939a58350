"""Django's admin as an app of this project: its site is the desk, which is entered by roles."""

from django.contrib.admin.apps import SimpleAdminConfig


class DeskConfig(SimpleAdminConfig):
    """The desk, which finds its pages once somebody asks for them (``Desk``): most commands never do."""

    default_site = "medigy.http.desk.Desk"
