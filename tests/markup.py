"""A page as readers and machines meet it: words, links, landmarks, headings, whatever the classes are called."""

from html.parser import HTMLParser

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_APART = {"article", "dd", "div", "dt", "form", "h1", "h2", "h3", "h4", "label", "li", "nav", "option", "p", "section"}
_HEADINGS = {"h1", "h2", "h3", "h4"}


class Element:
    """One element, its attributes and what it holds (elements and strings)."""

    def __init__(self, tag, attributes, parent=None):
        self.tag, self.attributes, self.parent, self.holds = tag, attributes, parent, []

    def all(self, *tags, **attributes):
        """Every element below with one of these tags and all of these attributes, in order."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        for one in self.holds:
            if isinstance(one, Element):
                if (not tags or one.tag in tags) and all(one.attributes.get(n) == v for n, v in wanted.items()):
                    yield one
                yield from one.all(*tags, **attributes)

    def one(self, *tags, **attributes):
        """The only such element."""
        found = list(self.all(*tags, **attributes))
        assert len(found) == 1, f"{len(found)} × {tags} {attributes}"
        return found[0]

    @property
    def text(self):
        """All its words, blanks as one space."""
        return " ".join("".join(self._words()).split())

    def _words(self):
        for one in self.holds:
            if isinstance(one, str):
                yield one
            elif one.tag in _APART:
                yield " "
                yield from one._words()
                yield " "
            else:
                yield from one._words()

    @property
    def links(self):
        """Words and address of every link below, in order."""
        return [(link.text, link.attributes.get("href")) for link in self.all("a")]

    @property
    def stories(self):
        """Title and address of every story below, in order: headings that are links, inside articles."""
        return [
            heading.links[0]
            for article in self.all("article")
            for heading in article.all("h2", "h3", "h4")
            if heading.links and heading.parent_of("article") is article
        ]

    def parent_of(self, *tags):
        """The nearest element round this one with one of these tags, or None."""
        above = self.parent
        while above is not None and above.tag not in tags:
            above = above.parent
        return above

    def part(self, name):
        """The part of the page with this heading or this label (``aria-label``); None where there is none."""
        for one in self.all():
            if one.attributes.get("aria-label") == name:
                return one
            if one.tag in _HEADINGS - {"h1"} and one.text == name:
                return one.parent_of("section", "aside", "nav", "article", "main")
        return None


class Page(Element):
    """A whole page, out of a response."""

    def __init__(self, response):
        super().__init__("", {})
        self.source = response.content.decode()
        _Reader(self).feed(self.source)

    @property
    def main(self):
        return self.one("main")

    @property
    def heading(self):
        return self.one("h1").text

    @property
    def title(self):
        return next(self.all("title")).text

    @property
    def crumbs(self):
        """The breadcrumb: words and address, no address for the page itself."""
        steps = self.one("nav", aria_label="Breadcrumb").all("li")
        return [step.links[0] if step.links else (step.text, None) for step in steps]

    def meta(self, name):
        """What the head says under a name or property, or None."""
        found = [*self.all("meta", name=name), *self.all("meta", property=name)]
        return found[0].attributes["content"] if found else None

    @property
    def canonical(self):
        return self.one("link", rel="canonical").attributes["href"]

    @property
    def feeds(self):
        """Title and address of each feed the head names."""
        return [(one.attributes["title"], one.attributes["href"]) for one in self.all("link", rel="alternate")]

    @property
    def paging(self):
        """Where the list goes on: ``prev`` and ``next`` → words and address."""
        return {
            one.attributes["rel"]: (one.text, one.attributes["href"])
            for one in self.main.all("a")
            if one.attributes.get("rel") in ("prev", "next")
        }


class _Reader(HTMLParser):
    """Puts elements into each other; complains where an end tag does not fit."""

    def __init__(self, page):
        super().__init__()
        self.here = page

    def handle_starttag(self, tag, attrs):
        element = Element(tag, {name: value if value is not None else "" for name, value in attrs}, self.here)
        self.here.holds.append(element)
        if tag not in _VOID and not self._in_drawing(element):
            self.here = element

    def _in_drawing(self, element):
        return element.tag in {"path", "circle", "rect", "use"}

    def handle_startendtag(self, tag, attrs):
        self.here.holds.append(Element(tag, dict(attrs), self.here))

    def handle_endtag(self, tag):
        assert self.here.tag == tag, f"</{tag}> ends <{self.here.tag}>"
        self.here = self.here.parent

    def handle_data(self, data):
        self.here.holds.append(data)
