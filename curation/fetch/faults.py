"""Faults on the way to a page, each with a short code and a sentence for a curator.

Sentences are fixed: nothing that a refused or failed answer held is repeated in them.
"""

_INSTEAD = "Paste the page's text instead."
_LATER = "Try again later, or paste the page's text instead."


class FetchError(Exception):
    """A page that was not fetched. ``code`` is for programs, ``str()`` of it for the curator."""

    code = ""
    sentence = ""

    def __init__(self, sentence: str = "") -> None:
        super().__init__(sentence or self.sentence)


class FetchRefused(FetchError):
    """An address to which we will not go."""


class FetchFailedError(FetchError):
    """An address to which we went in vain."""


class AddressRefused(FetchRefused):
    code = "not-an-address"
    sentence = f"The link leads on to an address that is not taken. {_INSTEAD}"


class PortRefused(FetchRefused):
    code = "port"
    sentence = "The link names an unusual port; pages are fetched from ports 80 and 443. Use the page's public address."


class PrivateAddressRefused(FetchRefused):
    code = "private-address"
    sentence = f"The link leads into a private network, where nothing is fetched. {_INSTEAD}"


class UnresolvedError(FetchFailedError):
    code = "unresolved"
    sentence = "No site of this name was found. Look for a slip in the link, or paste the page's text instead."


class ConnectionRefused(FetchFailedError):
    code = "connection-refused"
    sentence = f"The site takes no connections at the moment. {_LATER}"


class TlsError(FetchFailedError):
    code = "tls"
    sentence = f"The site could not prove that it is who it says, so nothing was read. {_INSTEAD}"


class TimedOutError(FetchFailedError):
    code = "timed-out"
    sentence = f"The site took too long to answer. {_LATER}"


class TooLargeError(FetchFailedError):
    code = "too-large"
    sentence = f"What the link leads to is too large to be an article. {_INSTEAD}"


class NotAPageError(FetchFailedError):
    code = "not-a-page"
    sentence = f"What the link leads to is neither a page nor a PDF nor a picture. {_INSTEAD}"


class GoneError(FetchFailedError):
    code = "gone"
    sentence = "The site says that there is no such page. Look for a slip in the link, or find where the page moved to."


class ServerError(FetchFailedError):
    code = "server-error"
    sentence = f"The site itself is in trouble. {_LATER}"


class TurnedAwayError(FetchFailedError):
    code = "turned-away"
    sentence = f"The site does not give this page to us. {_INSTEAD}"


class ChallengedError(FetchFailedError):
    code = "challenged"
    sentence = f"The site asks for proof that a person is reading. Open it in your browser. {_INSTEAD}"


class PaywalledError(FetchFailedError):
    code = "paywalled"
    sentence = f"The site shows this page to its subscribers only. {_INSTEAD}"


class TooManyHopsError(FetchFailedError):
    code = "too-many-hops"
    sentence = f"The link leads from address to address without end. {_INSTEAD}"


class LoopError(FetchFailedError):
    code = "loop"
    sentence = f"The link leads in a circle. Use the address your browser ends at. {_INSTEAD}"


class BadAnswerError(FetchFailedError):
    code = "bad-answer"
    sentence = f"The site's answer cannot be understood or broke off. {_INSTEAD}"


class PdfLockedError(FetchFailedError):
    code = "pdf-locked"
    sentence = f"The PDF could not be read: it is locked with a password. {_INSTEAD}"


class PdfBrokenError(FetchFailedError):
    code = "pdf-broken"
    sentence = f"The PDF could not be read: it is broken or cut short. {_INSTEAD}"


class PdfTooHeavyError(FetchFailedError):
    code = "pdf-heavy"
    sentence = f"The PDF could not be read: it asks for more time or memory than a paper needs. {_INSTEAD}"
