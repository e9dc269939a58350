"""The tables of trackers: in order, wide enough for this trade, and never so wide that a page loses what it needs."""

import pytest

from curation.text.links import clean, tracking


def test_the_tables_are_in_order():
    patterns = [*tracking.TRACKERS, *tracking.FRAGMENT_TRACKERS, *tracking.TOKENS]
    for table in (tracking.HOST_TRACKERS, tracking.KEPT, tracking.HOST_TOKENS):
        for host, names in table.items():
            assert host == host.lower().removeprefix("www.")
            patterns += names
    assert [name for name in patterns if name != name.lower() or "*" in name[:-1]] == []
    assert len(set(tracking.TRACKERS)) == len(tracking.TRACKERS) >= 200
    assert set(tracking.TRACKERS).isdisjoint(tracking.TOKENS)


#: Names that pages need: of articles, places in them, searches, versions, and what only sounds like a tracker.
NEEDED = tracking.names(
    "a action ai app article articleid at author b board c cache cat category channel chapter cid cmd"
    " code collection context continue country cursor d date day db doc docid document doi domain download"
    " e edition email entry event expand f feature file filter fmt form format from g gid goto group h"
    " hash hl i id index isbn issue item itemid j k key keyword keywords l label lang language lat layout"
    " lid limit list_uids locale location lon m mode module month n name newsid next nid node o offset"
    " order origin p p1 page pageid part partner path pdf pid platform plid pmcid pmid pn position"
    " post_type postid preview print product promo publication q query r rank record redirect ref"
    " reference region reload report resource rev rid route s search section series session sh share"
    " shared show sid site size slug sort source sp src st start state status story storyid str style"
    " subject t tab tag tags taxonomy term text theme thread tid time timestamp title to token topic trial"
    " trk ts tx type u uid url user v ver version via video view vol volume w week wp x xid xml y year z"
    " zip"
)


@pytest.mark.parametrize("name", NEEDED)
def test_no_page_loses_what_it_needs(name):
    address = f"https://ward.example/a?{name}=1&{name.upper()}&{name}x=2"
    assert clean(address) == address


@pytest.mark.parametrize(
    "url",
    [
        "https://www.youtube.com/watch?v=abcdefghijk&t=90&list=PLx&index=2",
        "https://pubmed.ncbi.nlm.nih.gov/?term=sepsis&sort=date&filter=years.2020-2024&page=2",
        "https://www.ncbi.nlm.nih.gov/nuccore/NM_1?report=fasta&from=1&to=9",
        "https://clinicaltrials.gov/search?cond=Sepsis&aggFilters=status:rec",
        "https://www.who.int/publications?source=x&year=2024",
        "https://www.nature.com/search?q=a&journal=b&order=relevance",
        "https://www.google.com/search?q=utm_source",
        "https://scholar.google.com/scholar?q=a&cites=123&as_sdt=2005",
        "https://www.amazon.com/dp/0123456789?th=1",
        "https://news.ycombinator.com/item?id=1",
        "https://example.org/wp-login.php?redirect_to=%2Fa",
        "https://www.fda.gov/search?s=a&sort_bef_combine=rel_DESC",
        "https://data.cdc.gov/resource/x.json?$limit=5&$where=a",
        "https://archive.ph/2020/https://example.org/?utm_source=x",
        "https://archive.is/o/aB1cD/https://example.org/?fbclid=x",
        "https://webarchive.nationalarchives.gov.uk/ukgwa/2020/https://example.org/?utm_source=x",
        "https://arquivo.pt/wayback/2019/http://example.org/?gclid=1#utm_source=x",
        "https://www.washingtonpost.com/a/?pwapi_token=abc",
        "https://www.nytimes.com/a.html?unlocked_article_code=1.abc",
        "https://jamanetwork.com/journals/jama/fullarticle/1?guestAccessKey=abc",
        "https://www.wsj.com/articles/a?st=abc",
        "https://medium.com/@a/b?sk=abc",
        "https://podcasts.apple.com/us/podcast/a/id1?i=1000",
        "https://www.reddit.com/r/a/comments/b/c/?context=3",
        "https://translate.google.com/?sl=en&tl=de&text=a",
        "https://notmedpagetoday.com/a?xid=1",
        "https://example.org/a#/route?utm_source=x",
        "https://example.org/a#~:text=x",
    ],
)
def test_what_must_stay_stays(url):
    assert clean(url) == url


@pytest.mark.parametrize(
    ("url", "left"),
    [
        ("https://www.medpagetoday.com/cardiology/1?xid=nl_a&eun=g1", "https://www.medpagetoday.com/cardiology/1"),
        (
            "https://www.medscape.com/viewarticle/1?ecd=WNL_a&uac=1&impID=2&spon=3",
            "https://www.medscape.com/viewarticle/1",
        ),
        ("https://www.medpagetoday.com/cardiology/1?trw=no", "https://www.medpagetoday.com/cardiology/1"),
        ("https://www.cdc.gov/x.htm?CDC_AAref_Val=https://www.cdc.gov/y", "https://www.cdc.gov/x.htm"),
        ("https://www.science.org/doi/10.1126/x?et_cid=1&et_rid=2", "https://www.science.org/doi/10.1126/x"),
        ("https://thehill.com/x/?email=abc&emaila=d&emailb=e", "https://thehill.com/x/"),
        ("https://www.politico.com/news/x?nname=pulse&nid=1&nrid=2", "https://www.politico.com/news/x"),
        ("https://www.healio.com/news/a?ecp=b&M_BT=1", "https://www.healio.com/news/a"),
        ("https://www.cdc.gov/x.htm?ACSTrackingID=U&ACSTrackingLabel=y&deliveryName=z", "https://www.cdc.gov/x.htm"),
        ("https://www.cdc.gov/x.htm?CDC_AA_refVal=https%3A%2F%2Fwww.cdc.gov%2Fy", "https://www.cdc.gov/x.htm"),
        ("https://health.example.gov/x?ACSTrackingID=U&utm_medium=email", "https://health.example.gov/x"),
        (
            "https://www.sciencedirect.com/science/article/pii/S1?via%3Dihub",
            "https://www.sciencedirect.com/science/article/pii/S1",
        ),
        (
            "https://www.sciencedirect.com/science/article/pii/S1?via=ihub",
            "https://www.sciencedirect.com/science/article/pii/S1",
        ),
        ("https://www.thelancet.com/a?dgcid=raven_jbs_etoc_email&rss=yes", "https://www.thelancet.com/a"),
        ("https://www.nejm.org/doi/full/10.1056/A?query=TOC&cid=DM1", "https://www.nejm.org/doi/full/10.1056/A"),
        (
            "https://pubmed.ncbi.nlm.nih.gov/1/?from_term=a&from_pos=2&otool=x&fc=1&ff=2",
            "https://pubmed.ncbi.nlm.nih.gov/1/",
        ),
        ("https://onlinelibrary.wiley.com/doi/10.1002/a?af=R", "https://onlinelibrary.wiley.com/doi/10.1002/a"),
        (
            "https://news.example/a?mkt_tok=x&mc_eid=y&_hsenc=z&oly_enc_id=1&elqTrackId=2&vero_id=3",
            "https://news.example/a",
        ),
        ("https://news.example/a?subscriber_id=1&email_hash=2&_bhlid=3", "https://news.example/a"),
        (
            "https://www.bbc.co.uk/news/1?at_bbc_team=editorial&at_link_id=2&at_campaign_type=3",
            "https://www.bbc.co.uk/news/1",
        ),
        ("https://example.org/story#:~:text=some%20words", "https://example.org/story"),
        (
            "https://example.org/story#aoh=1&csi=0&referrer=https%3A%2F%2Fwww.google.com&amp_tf=x",
            "https://example.org/story#referrer=https%3A%2F%2Fwww.google.com",
        ),
    ],
)
def test_the_trackers_of_this_trade_go(url, left):
    assert clean(url) == left
