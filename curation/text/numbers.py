"""Numbers of things in words. Pure."""


def counted(number: int, noun: str) -> str:
    """Return a number of things in words: “one paragraph”, “3 paragraphs”."""
    return f"one {noun}" if number == 1 else f"{number:,} {noun}s"
