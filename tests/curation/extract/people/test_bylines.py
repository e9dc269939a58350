"""Who wrote a page, where only readers are told: the many ways to show a byline, and what only looks like one."""

import pytest

from curation.extract import read
from curation.extract.people.names import once, split

URL = "https://www.wardnotes.example/story"
TITLE = "A Long Enough Story About Beds"
JANE, BOTH = ["Jane Doe"], ["Jane Doe", "John Roe"]


def authors(body, head=""):
    page = f"<html lang=en><head><title>{TITLE}</title>{head}</head><body><h1>{TITLE}</h1>{body}</body></html>"
    return read(page, URL).authors


@pytest.mark.parametrize(
    "body",
    [
        '<span class="author vcard"><a class="url fn n" href="/author/jane">Jane Doe</a></span>',
        '<span class="submitted">Submitted by <a class="username">Jane Doe</a> on Mon, 03/01/2021 - 10:00</span>',
        '<span rel="schema:author"><a property="schema:name">Jane Doe</a></span>',
        '<span property="dc:creator">Jane Doe</span>',
        '<div class="field--name-field-author"><div>Author</div><div><a href="/p">Jane Doe</a></div></div>',
        '<div class="field--name-field-byline"><div>Byline</div><div>Jane Doe</div></div>',
        '<div class="byline">By Jane Doe | March 1, 2021</div>',
        '<div class="byline">By Jane Doe • 5 min read</div>',
        '<div class="byline">By Jane Doe - March 1, 2021</div>',
        '<div class="byline">Jane Doe — March 1, 2021</div>',
        '<div class="byline">March 1, 2021 by Jane Doe</div>',
        '<div class="byline">March 1, 2021 | By Jane Doe</div>',
        '<div class="byline">By Jane Doe 2021-03-01</div>',
        '<div class="byline">By Jane Doe 1 March 2021</div>',
        '<div class="byline">By Jane Doe<br>March 1st, 2021</div>',
        '<div class="byline">By Jane Doe, Staff Writer</div>',
        '<div class="byline">By Jane Doe Contributor</div>',
        '<div class="byline">By Jane Doe in Health</div>',
        '<div class="byline">By Jane Doe 5 comments</div>',
        '<div class="byline">By Jane Doe @janedoe</div>',
        '<div class="byline">By Jane Doe (Ward Wire)</div>',
        '<div class="byline">By Jane Doe, Ward Wire Service</div>',
        '<div class="byline"><span>By</span><span><a>Jane Doe</a></span><span>March 3, 2021</span></div>',
        '<div class="byline"><div>Jane Doe</div><div>Ward Notes</div></div>',
        '<div class="byline">Written by Jane Doe and medically reviewed by John Roe, MD</div>',
        '<div class="author">Guest post by Jane Doe</div>',
        '<div class="author"><div class="name">Jane Doe</div><div class="role">Health Reporter</div></div>',
        '<div class="author-info"><h4>Jane Doe</h4><p>Chief Medical Officer</p></div>',
        '<div class="author-box"><div>Jane Doe</div><div>Political Commentator</div>'
        '<ul><li><a href="/author/jane/">See All Articles</a></li></ul></div>',
        '<p>By <a href="/author/jane">Jane Doe</a></p>',
        '<h3>By <a href="/x">Jane Doe</a></h3>',
        "<div>by <strong>Jane Doe</strong></div>",
        '<div><span>By</span> <a href="/x">Jane Doe</a></div>',
        '<a href="/authors/jane-doe">Jane Doe</a>',
        "<p><strong>Author:</strong> Jane Doe</p>",
        '<ul class="meta"><li>By Jane Doe</li></ul>',
        '<p class="contributor">Jane Doe</p>',
        '<small class="author">Jane Doe</small>',
        '<h4 class="author-name">Jane Doe</h4>',
        '<section class="article-byline">Jane Doe</section>',
        '<dd class="createdby">Written by Jane Doe</dd>',
        '<div class="by-line">Jane Doe</div>',
        '<span class="photo-author">Ann Poe</span><p class="byline">By Jane Doe</p>',
        '<p class="post-meta"><span class="author">admin</span></p><p>By <a href="/x">Jane Doe</a></p>',
        '<div class="byline">Reviewed by Hanna Vale, MD</div><div class="byline">Written by Jane Doe</div>',
        '<p>Journal of Nets, issue 31 Author: <a href="mailto:j@w.example">Jane Doe</a></p>',
        '<p>Boats &amp; Nets, by <a href="/u/17">Jane Doe</a></p>',
        "<p>Posted on Wednesday 23 September 2020 at 09:11 by Jane Doe.</p>",
        '<p><a href="/people/jane-doe">Jane Doe</a> | March 8, 2021</p>',
        '<a itemprop="author" href="/author/jane">Jane Doe</a>',
        '<span itemprop="author" itemscope><a itemprop="name" href="/a/jane">Jane Doe</a></span>',
    ],
)
def test_a_byline_is_found(body):
    assert authors(body, '<meta property="og:site_name" content="Ward Notes">') == JANE


@pytest.mark.parametrize(
    "body",
    [
        '<div class="authors"><a href="/x">Jane Doe</a><a href="/y">John Roe</a></div>',
        '<div class="authors"><div class="author">Jane Doe</div><div class="author">John Roe</div></div>',
        '<ul class="authors"><li>Jane Doe</li><li>John Roe</li></ul>',
        '<span class="author">Jane Doe</span>, <span class="author">John Roe</span>',
        '<p class="byline">By <a rel="author">Jane Doe</a> and <a rel="author">John Roe</a><a>24 comments</a></p>',
        '<div class="byline">By Jane Doe, Contributing Editor, and John Roe, Senior Writer</div>',
        "<div>By <strong>Jane Doe</strong>, <strong>John Roe</strong></div>",
        '<p><a href="/people/jane">Jane Doe</a> and <a href="/people/john">John Roe</a> | March 8, 2021</p>',
    ],
)
def test_everybody_in_a_row_is_found(body):
    assert authors(body) == BOTH


@pytest.mark.parametrize(
    "body",
    [
        '<p>Contact: <a href="/people/jane">Jane Doe</a></p>',
        '<p>The work of <a href="/profiles/jane-doe">Jane Doe</a> is well known in many hospitals.</p>',
        '<p class="caption">Picture by Jane Doe</p>',
        "<p>By Monday Morning, all beds were gone.</p>",
        "<p>By January 2021, beds had gone.</p>",
        "<p>By Clicking Accept You Agree</p>",
        "<p>By signing up, you agree to our terms.</p>",
        "<p>Reviewed by Ann Poe, MD</p>",
        '<div class="related"><div class="author">Ann Poe</div></div>',
        '<main><h2>More</h2></main><article><h3>Another</h3><span class="author">Ann Poe</span></article>',
        '<div id="comments"><cite class="fn">Some Reader</cite></div>',
        '<div id="disqus"><span class="comment-author">Some Reader</span></div>',
        '<div class="author-bio"><h3>About the Author</h3><p>Somebody is a nurse.</p></div>',
        '<div class="byline">Press Release</div>',
        '<div class="author">Guest Contributor</div>',
        '<div class="authors-list">Meet Our Authors</div>',
        '<div class="byline">March 1, 2021</div>',
        '<a>No address</a><a href=""></a>',
        '<div class="byline">Reviewed by Hanna Vale, MD on March 02, 2021</div>',
        '<div class="contact vcard"><h3>Media Contact</h3><span class="fn">Lena Park</span></div>',
        '<blockquote><p>Beds matter.</p><cite class="author">Lena Park</cite></blockquote>',
        '<div class="testimonial"><span class="author">Lena Park</span></div>',
        '<div class="x"><h3><a href="/other">Ten ways to mend a net</a></h3><p class="author">By Lena Park</p></div>',
        f"<p>{'Words about beds. ' * 6}</p><h2>People mentioned</h2><ul><li><a href='/author/otto'>Otto Kern</a></ul>",
        '<ul><li><a href="/t">By Business Type</a></li></ul>',
    ],
)
def test_what_is_no_byline_is_none(body):
    assert authors(body) == []


@pytest.mark.parametrize(
    "body",
    [
        '<p class="byline">By Juli Writer</p>',
        "<p>Monday August 27, 2018 4:59 am PDT by Juli Writer</p>",
        "<p>Posted by Juli Writer at 10:15 PM PDT on August 27, 2018</p>",
        "<p>Aug 27, 2018 | 4:59 a.m. ET | By Juli Writer</p>",
        '<p class="byline">By Juli Writer, Health Reporter</p>',
        '<p class="byline">Juli Writer for Ward Watch</p>',
        '<a rel="author" href="/a">Juli Writer</a>',
    ],
)
def test_a_family_may_bear_the_name_of_an_office(body):
    assert authors(body) == ["Juli Writer"]


@pytest.mark.parametrize("office", ["Staff Writer", "Health Reporter", "Senior Editor", "Contributing Writer"])
def test_an_office_alone_is_no_family(office):
    assert authors(f'<p class="byline">By {office}</p>') == []


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("Jane Doe, The Riverist", JANE),
        ("Jane Doe, VP of Product at Ward Works", JANE),
        ("Jane Doe | Staff Writer", JANE),
        ("Jane Doe - Ward Notes", ["Jane Doe"]),
        ("Doe, Jane", JANE),
        ("Jane Doe and John Roe, Ward Health", BOTH),
        ("Jane Doe, John Roe", BOTH),
        ("Jane Doe, MD, John Roe", ["Jane Doe, MD", "John Roe"]),
        ("Jane Doe <jane@ward.example>", JANE),
        ("Jane Doe (http://jane.example/)", JANE),
        ("Ministry of Health and Family Welfare", ["Ministry of Health and Family Welfare"]),
    ],
)
def test_names_in_metadata(said, wanted):
    assert once(split(said)) == wanted


@pytest.mark.parametrize(
    "handle", ["jdoe", "jane-doe", "JDoe", "Editorial Team", "Staff Writer", "Marketing Staff", "newsroom"]
)
def test_a_handle_or_a_team_gives_way_to_a_name(handle):
    said = f'<meta name="author" content="{handle}">'
    assert authors('<div class="byline">By Jane Doe</div>', said) == JANE
    assert authors("", said) == ([] if handle == "newsroom" else [handle])


def test_a_byline_above_the_heading_is_found():
    page = (
        f"<html><title>{TITLE}</title><body><nav>By Nobody Here</nav><p>By Jane Doe</p><h1>{TITLE}</h1></body></html>"
    )
    assert read(page, URL).authors == JANE


def test_a_card_s_creator_is_an_author_if_it_is_a_name():
    assert authors("", '<meta name="twitter:creator" content="Jane Doe">') == JANE
    assert authors("", '<meta name="twitter:creator" content="@janedoe">') == []


@pytest.mark.parametrize(
    "author",
    [
        r'"{ \"@type\": \"Person\", \"name\": \"Jane Doe\" }"',
        '{"@type": "Person", "@id": "#jane", "url": "https://www.wardnotes.example/jane"}',
    ],
)
def test_an_author_may_stand_elsewhere_in_linked_data(author):
    data = f'[{{"@type": "NewsArticle", "headline": "{TITLE}", "author": {author}}}, '
    data += '{"@type": "Person", "@id": "#jane", "name": "Jane Doe", "jobTitle": "Nurse", "knowsAbout": "beds"}]'
    assert authors("", f'<script type="application/ld+json">{data}</script>') == JANE


def test_one_property_may_hold_all_facts():
    facts = '{"title": "Rivers rise", "authors": ["Jane Doe", "John Roe"], "pub_date": "2014-12-16T14:30:00Z", '
    facts += '"image_url": "https://www.wardnotes.example/a.jpg", "tags": [], "author": null}'
    reading = read(f"<title>Rivers rise | Ward Notes</title><meta name='parsely-page' content='{facts}'>", URL)
    assert (reading.title, reading.authors, str(reading.published)[:10]) == ("Rivers rise", BOTH, "2014-12-16")
    assert reading.image == "https://www.wardnotes.example/a.jpg"


@pytest.mark.parametrize("facts", ["", "[]", "7", "{", '{"author": {"a": 1}}', '{"author": [[["x"]]]}', '"x"'])
def test_a_property_of_facts_may_hold_none(facts):
    assert read(f"<title>Rivers rise</title><meta name='parsely-page' content='{facts}'>", URL).authors == []
