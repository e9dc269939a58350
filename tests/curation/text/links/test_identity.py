"""Which addresses are one page: what is left out for comparing, and what never may be."""

import pytest

from curation.text.links import brand, clean, duplicate_key

A, B = "https://ward.example/news/a", "https://ward.example/news/b"
ONE_PAGE = [
    # what only says how a page is shown, or to whom
    ("https://m.ward.example.org/a", "https://www.ward.example.org/a"),
    ("https://amp.ward.example.org/a", "https://ward.example.org/a"),
    ("https://mobile.ward.example.org/a", "https://ward.example.org/a"),
    ("https://en.m.wikipedia.org/wiki/Sepsis", "https://en.wikipedia.org/wiki/Sepsis"),
    ("https://ward.example/2024/a-long-story/amp", "https://ward.example/2024/a-long-story"),
    ("https://ward.example/amp/2024/a-long-story", "https://ward.example/2024/a-long-story"),
    ("https://ward.example/a-story.amp.html", "https://ward.example/a-story.html"),
    ("https://ward.example/a-story.amp", "https://ward.example/a-story"),
    ("https://www.nytimes.com/x.html?unlocked_article_code=1.abc&smid=url-share", "https://www.nytimes.com/x.html"),
    ("https://www.washingtonpost.com/x/?pwapi_token=abc", "https://www.washingtonpost.com/x/"),
    ("https://www.wsj.com/articles/x?st=abc&mod=y", "https://www.wsj.com/articles/x"),
    ("https://jamanetwork.com/x?guestAccessKey=abc", "https://jamanetwork.com/x"),
    ("https://www.theatlantic.com/x/?gift=abc", "https://www.theatlantic.com/x/"),
    # parts of a page
    (f"{A}#section-3", A),
    (f"{A}#:~:text=alarms", A),
    (f"{A}#comments", f"{A}#top"),
    ("https://ward.example/live/a#comments", "https://ward.example/live/a"),
    ("https://app.ward.example/#/", "https://app.ward.example/"),
    ("https://app.ward.example/#!", "https://app.ward.example"),
    ("https://app.ward.example/#/story/1?utm_source=x", "https://app.ward.example/#/story/1/"),
    ("https://ward.example/paper.pdf#page=4", "https://ward.example/paper.pdf"),
    # one thing under several well-known addresses
    ("https://youtu.be/abcdefghijk", "https://www.youtube.com/watch?v=abcdefghijk"),
    ("https://youtu.be/abcdefghijk?t=90&si=x", "https://m.youtube.com/watch?list=PLx&v=abcdefghijk"),
    ("https://www.youtube.com/shorts/abcdefghijk", "https://www.youtube-nocookie.com/embed/abcdefghijk?rel=0"),
    ("https://www.youtube.com/live/abcdefghijk?feature=share", "https://youtu.be/abcdefghijk"),
    ("https://doi.org/10.1000/XYZ", "https://dx.doi.org/10.1000/xyz"),
    ("http://www.doi.org/10.1000/XYZ", "https://doi.org/10.1000%2Fxyz"),
    ("https://doi.org/doi:10.1000/xyz", "https://doi.org/10.1000/xyz"),
    ("https://www.ncbi.nlm.nih.gov/pubmed/12345678", "https://pubmed.ncbi.nlm.nih.gov/12345678/"),
    ("https://www.ncbi.nlm.nih.gov/m/pubmed/12345678/", "https://pubmed.ncbi.nlm.nih.gov/?term=12345678"),
    ("https://pubmed.gov/12345678", "https://pubmed.ncbi.nlm.nih.gov/12345678/?from_term=a"),
    ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC7092803/", "https://pmc.ncbi.nlm.nih.gov/articles/PMC7092803/"),
    (
        "https://www.ncbi.nlm.nih.gov/pmc/articles/pmc7092803/?tool=x",
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC7092803",
    ),
    ("https://x.com/a/status/1", "https://twitter.com/a/status/1"),
    ("https://mobile.twitter.com/a/status/1?s=20", "https://x.com/i/web/status/1"),
    ("https://x.com/a", "https://twitter.com/a"),
    ("https://old.reddit.com/r/a/comments/b1/c/", "https://redd.it/b1"),
    ("https://archive.ph/aB1cD", "https://archive.today/aB1cD"),
    ("https://arxiv.org/pdf/2001.01234", "https://arxiv.org/abs/2001.01234"),
    (
        "https://linkinghub.elsevier.com/retrieve/pii/S1",
        "https://www.sciencedirect.com/science/article/abs/pii/S1?via%3Dihub",
    ),
    ("https://arxiv.org/pdf/2001.01234v2.pdf", "https://arxiv.org/abs/2001.01234"),
    ("https://europepmc.org/article/MED/12345678", "https://pubmed.ncbi.nlm.nih.gov/12345678/"),
    ("https://europepmc.org/articles/PMC7092803?pdf=render", "https://pmc.ncbi.nlm.nih.gov/articles/PMC7092803/"),
    ("https://clinicaltrials.gov/ct2/show/NCT01234567?term=x", "https://clinicaltrials.gov/study/NCT01234567"),
    ("https://doi.org/10.48550/arXiv.2001.01234", "https://arxiv.org/abs/2001.01234"),
    ("https://www.nature.com/articles/s41591-020-0001-2.pdf", "https://doi.org/10.1038/s41591-020-0001-2"),
    ("https://www.nature.com/articles/s41591-020-0001-2", "https://doi.org/10.1038/s41591-020-0001-2"),
    ("https://papers.ssrn.com/sol3/papers.cfm?abstract_id=123456", "https://ssrn.com/abstract=123456"),
    ("https://dai.ly/x7tgad0", "https://www.dailymotion.com/video/x7tgad0"),
    ("https://vimeo.com/channels/staffpicks/123456", "https://vimeo.com/123456"),
    (
        "https://www.frontiersin.org/journals/medicine/articles/10.3389/fmed.2020.1/full",
        "https://doi.org/10.3389/fmed.2020.1",
    ),
    (
        "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC7092803/pdf/main.pdf",
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC7092803/",
    ),
    ("https://classic.clinicaltrials.gov/ct2/show/NCT01234567", "https://clinicaltrials.gov/study/NCT01234567"),
    ("https://i.reddit.com/r/a/comments/b1/c/", "https://redd.it/b1"),
    ("https://fxtwitter.com/a/status/1", "https://x.com/a/status/1"),
    # a paper's page at its publisher, in every form, and its DOI
    ("https://publisher.example/doi/full/10.1000/XYZ12", "https://doi.org/10.1000/xyz12"),
    ("https://publisher.example/doi/pdf/10.1000/xyz12?download=true", "https://publisher.example/doi/10.1000/xyz12"),
    (
        "https://publisher.example/articles/10.1000/s12-3/full",
        "https://publisher.example/content/pdf/10.1000/s12-3.pdf",
    ),
    ("https://www.medrxiv.org/content/10.1101/2020.01.02.3v2.full.pdf", "https://doi.org/10.1101/2020.01.02.3"),
    ("https://journals.plos.org/plosone/article?id=10.1371/journal.p.1", "https://doi.org/10.1371/journal.p.1"),
    # hosts that browsers read alike
    ("https://faß.example/a", "https://xn--fa-hia.example/a"),
    ("https://ＷＡＲＤ.example/a", "https://ward.example/a"),
    ("http://0x7f.0.0.1/a", "http://127.0.0.1/a"),
    ("http://[2001:DB8:0::1]/a", "http://[2001:db8::1]/a"),
]
TWO_PAGES = [
    # fragments that are addresses
    ("https://app.ward.example/#/story/1", "https://app.ward.example/#/story/2"),
    ("https://app.ward.example/#/story/1", "https://app.ward.example/"),
    ("https://ward.example/forum/#!topic/g/abc", "https://ward.example/forum/#!topic/g/def"),
    ("https://app.ward.example/#story/1", "https://app.ward.example/#story/2"),
    ("https://app.ward.example/#%2Fstory%2F1", "https://app.ward.example/#%2Fstory%2F2"),
    ("https://www.nature.com/articles/d41586-020-00001-2", "https://www.nature.com/articles/d41586-020-00001-3"),
    ("https://app.ward.example/#id=1", "https://app.ward.example/#id=2"),
    ("https://app.ward.example/#/list?page=1", "https://app.ward.example/#/list?page=2"),
    ("https://ward.example/live/2024/a#entry-1", "https://ward.example/live/2024/a#entry-2"),
    ("https://ward.example/live/2024/a#entry-1", "https://ward.example/live/2024/a"),
    ("https://ward.example/a-storm-live-updates#a-heading", "https://ward.example/a-storm-live-updates#another"),
    (f"{A}#block-5e7a1b2c8f08abc1", f"{A}#block-5e7a1b2c8f08abc2"),
    (f"{A}#0000018f-6a3b-1234-9abc-0123456789ab", f"{A}#0000018f-6a3b-1234-9abc-0123456789ac"),
    # a name, and no copy
    ("https://ward.example/amp", "https://ward.example/"),
    ("https://ward.example/topics/amp", "https://ward.example/topics"),
    ("https://ward.example/wiki/AMP", "https://ward.example/wiki"),
    ("https://ward.example/products/amp/", "https://ward.example/products/"),
    ("https://ward.example/amp/pricing", "https://ward.example/pricing"),
    ("https://ward.example/lamp", "https://ward.example/l"),
    ("https://ward.example/guides/amp", "https://ward.example/guides"),
    ("https://amp.dev/a", "https://dev/a"),
    ("https://m.co.uk/a", "https://co.uk/a"),
    ("https://medicine.ward.example/a", "https://ward.example/a"),
    (
        "https://web.archive.org/web/2020/https://ward.example/a/amp",
        "https://web.archive.org/web/2020/https://ward.example/a",
    ),
    # things with names of their own
    ("https://youtu.be/abcdefghijk", "https://youtu.be/abcdefghijK"),
    ("https://www.youtube.com/playlist?list=PLa", "https://www.youtube.com/playlist?list=PLb"),
    ("https://doi.org/10.1000/xyz", "https://doi.org/10.1000/xyz.s001"),
    ("https://publisher.example/doi/suppl/10.1000/xyz12", "https://publisher.example/doi/10.1000/xyz12"),
    ("https://publisher.example/doi/10.1000/xyz12/figures", "https://publisher.example/doi/10.1000/xyz12"),
    ("https://publisher.example/doi/10.1000/xyzv1", "https://publisher.example/doi/10.1000/xyzv2"),
    ("https://pubmed.ncbi.nlm.nih.gov/?term=sepsis", "https://pubmed.ncbi.nlm.nih.gov/?term=asthma"),
    ("https://pubmed.ncbi.nlm.nih.gov/1", "https://pmc.ncbi.nlm.nih.gov/articles/PMC1"),
    ("https://x.com/a/status/1", "https://x.com/a/status/2"),
    ("https://x.com/a/status/1/analytics", "https://x.com/a/status/1"),
    ("https://www.reddit.com/r/a/comments/b1/c/", "https://www.reddit.com/r/a/comments/b1/c/d2/"),
    ("https://faß.example/a", "https://fass.example/a"),
    (A, B),
    (f"{A}?id=1", f"{A}?id=2"),
    (f"{A}?ref=x", A),
    (f"{A}?token=x", f"{A}?token=y"),
]


@pytest.mark.parametrize(("one", "other"), ONE_PAGE)
def test_two_addresses_of_one_page_have_one_key(one, other):
    assert duplicate_key(one) == duplicate_key(other)


@pytest.mark.parametrize(("one", "other"), TWO_PAGES)
def test_two_pages_have_two_keys(one, other):
    assert duplicate_key(one) != duplicate_key(other)


@pytest.mark.parametrize("url", [one for pair in ONE_PAGE + TWO_PAGES for one in pair])
def test_a_key_is_the_same_before_and_after_cleaning(url):
    assert duplicate_key(clean(url)) == duplicate_key(url)
    page = url.partition("#")[0]
    tracked = f"{page}{'&' if '?' in page else '?'}utm_source=x"
    assert duplicate_key(tracked) == duplicate_key(page) or brand(url) in (
        "archive.ph",
        "archive.today",
        "web.archive.org",
    )


@pytest.mark.parametrize(
    "url",
    [
        "https://www.nytimes.com/x.html?unlocked_article_code=1.abc",
        "https://m.ward.example.org/a",
        "https://youtu.be/abcdefghijk?t=90",
        "https://doi.org/10.1000/XYZ",
        "https://app.ward.example/#/story/1",
        f"{A}#section-3",
        "https://ward.example/a/amp/",
    ],
)
def test_what_is_left_out_for_comparing_is_kept_in_the_link(url):
    assert clean(url) == url


def test_a_brand_stays_the_host_that_was_given():
    assert [
        brand(url) for url in ("https://m.ward.example.org/", "https://youtu.be/x", "https://dx.doi.org/10.1000/x")
    ] == [
        "m.ward.example.org",
        "youtu.be",
        "dx.doi.org",
    ]
