"""Kinds of documents: an article, an entry of the catalogue, or a page of another kind, passed over by name."""

import re

from curation.importer.documents.files import names
from curation.importer.documents.meta_values import Meta, is_empty

ARTICLE, OFFERING, INSTITUTION, TOPIC = "article", "offering", "institution", "topic"
CATALOGUE = (OFFERING, INSTITUTION, TOPIC)
_CATALOGUE = {
    **dict.fromkeys(("offering", "offerings", "related-offering"), OFFERING),
    **dict.fromkeys(("institution", "institutions", "vendor", "vendors"), INSTITUTION),
    **dict.fromkeys(("topic", "topics"), TOPIC),
}
_ARTICLES = names(
    "article articles bookmark bookmarks blog blog-post blogpost blogs brief briefs curated-content default "
    "entry feature features link links microblog news news-article news-item newsitem newsletter note notes "
    "opinion post posts press press-release press-releases release report reports single stories story update "
    "updates column editorial article-page news-post post-layout standard none null"
)
_PAGES = names(
    "404 about about-page archive archives author authors biography calendar categories category collection "
    "company contact contact-page course docs documentation event events-page events faq faqs form gallery "
    "glossary guide home home-page homepage index index-page job jobs landing landing-page legal list member "
    "members page pages people person policy policies portfolio privacy product product-page products profile "
    "profiles project projects redirect redirects resume search section service services sitemap speaker "
    "speakers splash staff tag tags talk talks taxonomy team terms testimonial testimonials webinar webinars "
    "wiki feed rss page-layout simple-page static"
)
_BLANKS, _ENDING = re.compile(r"[\s_]+"), re.compile(r"\.[a-z]{2,5}$")
KEYS = ("archetype", "type", "layout", "layOut", "templateKey", "template", "content_type", "post_type", "kind")


class PassedOverError(Exception):
    """A document that is no article and no entry of the catalogue; ``kind`` is what it is, in words."""

    def __init__(self, kind: str, words: str):
        super().__init__(words)
        self.kind, self.words = kind, words


def kind_of(meta: Meta, path: str, beside: dict, *, is_jekyll: bool = False) -> str:
    """Return the kind of a document. Raises :class:`PassedOverError` for a page of another kind.

    An archetype that we do not know is another kind; so is a type or a layout of pages, unless the document lies
    among posts; and what lies in no collection of a Jekyll site. ``beside`` are values handed down to it.
    """
    if is_jekyll and not any(folder.startswith("_") for folder in path.split("/")[:-1]):
        raise PassedOverError("page of a Jekyll site", "it lies in no collection of its site, so it is no post")
    if not is_empty(meta.find("redirect_to")):
        raise PassedOverError("page that only leads elsewhere", "it only leads elsewhere")
    for name in KEYS:
        said = meta.find(name)
        said = beside.get(name) if is_empty(said) else said
        if is_empty(said) or not isinstance(said, str):
            continue
        word = _word(said)
        if name == "archetype" or word in _CATALOGUE or word in _PAGES:
            return _judged(name, word, path)
    return ARTICLE


def _word(said):
    """Return a kind as one word: ``layouts/Blog Post.njk`` is a ``blog-post``."""
    last = said.strip().replace("\\", "/").rpartition("/")[2].lower()
    return _BLANKS.sub("-", _ENDING.sub("", last))


def _judged(name, word, path):
    if word in _CATALOGUE:
        return _CATALOGUE[word]
    is_post = "_posts/" in f"/{path}" or word in _ARTICLES
    if is_post and (name != "archetype" or word in _ARTICLES):
        return ARTICLE
    raise PassedOverError(f"page of another kind ({name}: {word[:40]})", f"its {name} is “{word[:60]}”")
