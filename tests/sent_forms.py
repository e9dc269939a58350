"""Forms as a browser would send them: out of the HTML of a page, with nothing touched."""

from html.parser import HTMLParser

_SILENT = {"submit", "button", "image", "reset", "file"}


class _Forms(HTMLParser):
    """Collects, for each form that is posted, its action and its names and values in order."""

    def __init__(self):
        super().__init__()
        self.found, self.form, self.choice, self.text, self.templates = [], None, None, None, 0

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        if tag == "template":
            self.templates += 1
        elif tag == "form" and given.get("method", "").lower() == "post":
            self.form = []
            self.found.append((given.get("action", ""), self.form))
        elif self.form is not None and not self.templates:
            self._field(tag, given)

    def _field(self, tag, given):
        name = given.get("name")
        if tag == "input" and name and given.get("type", "text") not in _SILENT:
            if given.get("type") not in ("checkbox", "radio") or "checked" in given:
                self.form.append((name, given.get("value", "on" if given.get("type") == "checkbox" else "")))
        elif tag == "select" and name:
            self.choice = (name, "multiple" in given, [], [])
        elif tag == "option" and self.choice:
            self.choice[3 if "selected" in given else 2].append(given.get("value", ""))
        elif tag == "textarea" and name:
            self.text = (name, [])

    def handle_endtag(self, tag):
        if tag == "template":
            self.templates -= 1
        elif tag == "form":
            self.form = None
        elif tag == "select" and self.choice:
            name, many, others, chosen = self.choice
            self.form += [(name, value) for value in chosen or ([] if many else others[:1])]
            self.choice = None
        elif tag == "textarea" and self.text:
            self.form.append((self.text[0], "".join(self.text[1]).removeprefix("\n")))
            self.text = None

    def handle_data(self, data):
        if self.text:
            self.text[1].append(data)


def sent_forms(response) -> list[tuple[str, dict[str, list[str]]]]:
    """Every form of a page that is posted: its action, and its values by name."""
    reader = _Forms()
    reader.feed(response.content.decode())
    found = []
    for action, pairs in reader.found:
        values = {}
        for name, value in pairs:
            values.setdefault(name, []).append(value)
        found.append((action, values))
    return found
