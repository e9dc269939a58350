"""The one way a document is refused: which file, which line, why, and how to mend it."""


class FrontMatterRefused(ValueError):
    """A document that cannot be taken. ``line`` counts from 1 in the file as it is on disk."""

    def __init__(self, reason: str, *, line: int = 1, name: str = "", mend: str = "") -> None:
        place = f"{name}, line {line}" if name else f"line {line}"
        super().__init__(f"{place}: {reason}. {mend}".strip())
        self.reason = reason
        self.line = line
        self.name = name
        self.mend = mend
