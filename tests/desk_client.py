"""A browser for the desk's tests, to which it is no matter where the source of a page breaks its lines."""

import re

import pytest
from django.test import Client

#: Where white space is part of what people wrote.
_KEPT = re.compile(r"(<(?:textarea|pre)\b.*?</(?:textarea|pre)>)", re.DOTALL)


def unbroken(html: str) -> str:
    """Return a page with each run of white space as one space, but for what people wrote."""
    parts = _KEPT.split(html)
    parts[::2] = [re.sub(r"\s+(?=>)", "", re.sub(r"\s+", " ", part)) for part in parts[::2]]
    return "".join(parts)


class Browser(Client):
    """A client whose pages are read as browsers read them: white space is one space, wherever a line ends."""

    def request(self, **request):
        """Return the response, its page unbroken."""
        response = super().request(**request)
        if not response.streaming and response.get("Content-Type", "").startswith("text/html"):
            response.content = unbroken(response.content.decode()).encode()
        return response


@pytest.fixture
def client() -> Browser:
    """Return a browser that nobody is signed in to."""
    return Browser()
