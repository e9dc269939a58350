"""Months, names and secrets in the map of addresses."""

from django.urls import register_converter


class Month:
    """A month in an address: 01 to 12, always two digits, so that one month has one address."""

    regex = "0[1-9]|1[0-2]"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return f"{value:02}"


class Year:
    """A year in an address: four digits."""

    regex = "[1-9][0-9]{3}"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return f"{value:04}"


class Words:
    """Any part of an address that a database can be asked for: no control characters."""

    regex = r"[^/\x00-\x1f\x7f]+"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return str(value)


class Secret(Words):
    """A secret in an address, whole or copied in part: long enough to be the name of nothing else."""

    regex = r"[A-Za-z0-9_-]{20,100}"


register_converter(Secret, "secret")
register_converter(Words, "words")
register_converter(Month, "month")
register_converter(Year, "year")
