"""The column of an address that readers may be sent to: none other gets into the database, whoever writes."""

from django.db import models

from curation.text import links
from offerings.text.guarded import Guarded


class AddressField(Guarded, models.CharField):
    """A page's address on the web, or a path of our own site."""

    plain, refusal = "CharField", staticmethod(links.refusal)
