"""The door for a WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

from medigy.serving.charset import in_utf8

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "medigy.settings")

application = in_utf8(get_wsgi_application())
