"""Redirectors: unwrapped wherever the address itself says where it leads, and named where it does not."""

import json
from base64 import urlsafe_b64encode
from urllib.parse import quote

import pytest

from curation.text.links import clean, is_web, redirectors, unwrap, unwrapping

STORY = "https://example.org/story?a=1&b=%20"


def packed(words):
    return urlsafe_b64encode(words.encode()).decode().rstrip("=")


ENCODED, TWICE = quote(STORY, safe=""), quote(quote(STORY, safe=""), safe="")
TOKEN = ".".join(map(packed, ('{"alg":"HS256"}', json.dumps({"bulletin_link_id": 1, "url": STORY}))))


@pytest.mark.parametrize(
    "wrapper",
    [
        # Microsoft's, in their spellings
        f"https://nam02.safelinks.protection.outlook.com/?url={ENCODED}&data=05%7C01%7Ca%40clinic.example&reserved=0",
        f"https://nam02.safelinks.protection.outlook.com/ap/w-5/?url={ENCODED}&amp;data=05%7C01%7Ca%40clinic.example",
        f"https://nam02.safelinks.protection.outlook.com/?url={TWICE}&data=05",
        f"https://gcc02.safelinks.protection.office365.us/?url={ENCODED}",
        "https://eur02.safelinks.protection.outlook.com/?url="
        + quote(f"{STORY}&data=05|01|a@clinic.example|1&sdata=x%3D&reserved=0", safe=""),
        "https://eur02.safelinks.protection.outlook.com/?url="
        + quote(f"{STORY}&data=05%7C01%7Ca%40clinic.example%7C1&sdata=x", safe=""),
        f"https://statics.teams.cdn.office.net/evergreen-assets/safelinks/1/atp-safelinks.html?url={ENCODED}&locale=en-us",
        f"https://outlook.office.com/mail/safelink.html?url={ENCODED}",
        # other mail filters
        f"https://linkprotect.cudasvc.com/url?a={ENCODED}&c=E,1,x&typo=1",
        f"https://urldefense.proofpoint.com/v1/url?u={ENCODED}&k=x",
        "https://urldefense.proofpoint.com/v2/url?u=https-3A__example.org_story-3Fa-3D1-26b-3D-2520&d=x&c=y",
        f"https://urldefense.com/v3/__{STORY}__;!!x!y$",
        f"https://urldefense.us/v3/__{STORY.replace('://', ':/')}__;!!x!y$",
        f"https://secure-web.cisco.com/1aBc/{ENCODED}",
        f"https://us-west-2.protection.sophos.com/?d=example.org&u={packed(STORY)}&i=x",
        f"https://protect2.fireeye.com/v1/url?k=1&q=1&e=2&u={ENCODED}",
        f"https://clicktime.symantec.com/3abc?u={ENCODED}",
        f"https://link.edgepilot.com/s/a/b?u={ENCODED}",
        "https://urldefense.us/v2/url?u=https-3A__example.org_story-3Fa-3D1-26b-3D-2520&d=x&c=y",
        f"https://safe.menlosecurity.com/{STORY}",
        f"https://isolate.menlosecurity.com/1/3735928037/{STORY}",
        # press agencies and newsletters
        f"https://cts.businesswire.com/ct/CT?id=smartlink&url={ENCODED}&esheet=1&lan=en-US&index=1&md5=x",
        f"https://c212.net/c/link/?t=0&l=en&o=1-1&h=1&u={ENCODED}&a=x",
        f"https://click.icptrack.com/icp/relay.php?r=1&msgid=2&act=X&destination={ENCODED}",
        f"https://links-1.govdelivery.com/CL0/{quote(STORY, safe=':')}/1/0100018f6a3b-1234-000000/abcDEF=354",
        f"https://abc.r.us-east-1.awstrack.me/L0/{quote(STORY, safe=':')}/1/0100018f/abc=1",
        f"https://links.govdelivery.com/track?type=click&enid=ZWFz&&&101&&&{STORY}",
        f"https://lnks.gd/l/{TOKEN}.signed/s/1/br/2-l",
        f"https://substack.com/redirect/2/{packed(json.dumps({'e': STORY}))}.signed",
        f"https://e.customeriomail.com/e/c/{packed(json.dumps({'href': STORY}))}/signed",
        f"https://mandrillapp.com/track/click/1/example.org?p={packed(json.dumps({'p': json.dumps({'url': STORY})}))}",
        f"https://link.news.example/click/12345.678/{packed(STORY)}/5f0",
        f"https://x.mjt.lu/lnk/AAA/1/hash/{packed(STORY)}",
        f"https://click.pstmrk.it/3s/{quote(STORY.removeprefix('https://'), safe='')}/abc/def",
        # search engines and networks
        f"https://scholar.google.com/scholar_url?url={ENCODED}&hl=en&sa=X",
        f"https://www.google.de/url?rct=j&sa=t&url={ENCODED}&ct=ga&usg=x",
        f"https://www.bing.com/ck/a?!&&p=x&ptn=3&u=a1{packed(STORY)}&ntb=1",
        f"https://r.search.yahoo.com/_ylt=A/RV=2/RU={ENCODED}/RK=2/RS=x",
        f"https://medium.com/r/?url={ENCODED}",
        f"https://slack-redir.net/link?url={ENCODED}&v=3",
        f"https://www.linkedin.com/safety/go?url={ENCODED}&trk=x",
        f"https://out.reddit.com/t3_x?url={ENCODED}&token=x",
        f"https://l.threads.com/?u={ENCODED}&e=x",
        f"https://www.researchgate.net/deref/{ENCODED}",
        # libraries' and readers' proxies
        f"https://login.ezproxy.lib.example.edu/login?url={STORY.partition('&')[0]}%26b=%2520",
        f"https://proxy.library.example.edu/login?qurl={ENCODED}",
        f"https://12ft.io/{STORY}",
        "https://example-org.translate.goog/story?a=1&b=%20&_x_tr_sl=de&_x_tr_tl=en",
        # one in another
        f"https://l.facebook.com/l.php?u={quote(f'https://www.google.com/url?q={ENCODED}', safe='')}&h=x",
    ],
)
def test_a_wrapper_gives_what_it_wraps(wrapper):
    assert unwrap(wrapper) == STORY
    assert clean(wrapper) == STORY


def test_characters_that_a_filter_left_out_are_put_back():
    left_out = packed("éabc")
    assert (
        unwrap(f"https://urldefense.com/v3/__https://example.org/?q=x*y**B__;{left_out}!!x")
        == "https://example.org/?q=xéyabc"
    )
    assert unwrap("https://urldefense.com/v3/__https://example.org/?q=x*y__;!!x") == "https://example.org/?q=x*y"


@pytest.mark.parametrize(
    ("wrapper", "inside"),
    [
        (
            "https://eur02.safelinks.protection.outlook.com/?url={}",
            "https://example.org/s&data=05|01|a@b.example|&sdata=x",
        ),
        ("https://l.facebook.com/l.php?u={}", "https://example.org/s&h=AT0x"),
        ("https://www.google.com/url?q={}", "https://example.org/s&sa=D&ved=2"),
        ("https://linkprotect.cudasvc.com/url?a={}", "https://example.org/s&c=E,1,x"),
    ],
)
def test_a_wrappers_own_words_never_hang_on_what_it_wraps(wrapper, inside):
    assert unwrap(wrapper.format(quote(inside, safe=""))) == "https://example.org/s"


@pytest.mark.parametrize(
    "own", ["https://example.org/s?x=1&h=2", "https://example.org/s?x=1&data=5", "https://example.org/AT&T"]
)
def test_what_an_address_says_for_itself_stays(own):
    assert unwrap(f"https://l.facebook.com/l.php?u={quote(own, safe='')}") == own
    assert unwrap(f"https://a.safelinks.protection.outlook.com/?url={quote(own, safe='')}&data=05%7C01") == own


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/login?url=https://example.com/",
        "https://ezproxy.example.edu/menu?url=https://example.com/",
        "https://linkprotect.cudasvc.com/url?a=javascript:alert(1)",
        "https://secure-web.cisco.com/1aBc/javascript%3Aalert(1)",
        f"https://us-west-2.protection.sophos.com/?u={packed('javascript:alert(1)')}",
        f"https://lnks.gd/l/{packed(json.dumps({'url': 'data:text/html,x'}))}",
        f"https://lnks.gd/l/{packed('[1]')}",
        "https://lnks.gd/l/eyJ",
        f"https://lnks.gd/l/{packed('[' * 3000)}",
        "https://www.bing.com/ck/a?u=a1aHR0cHM6Ly9",
        "https://medium.com/@a/r/?url=https://example.com/",
        "https://example.org/CL0/story",
        "https://example.org/click/1/2/3",
        "https://www.linkedin.com/posts/a?url=https://example.com/",
        "https://archive.ph/2020/https://example.org/",
        "https://web.archive.org/web/2020/https://example.org/",
    ],
)
def test_what_is_no_wrapper_or_leads_to_no_page_stays(url):
    assert unwrap(url) == url


def test_the_tables_of_redirectors_are_in_order():
    hosts = [*redirectors.REDIRECTORS, *redirectors.PATH_REDIRECTORS, *redirectors.TAILS, *redirectors.OPAQUE]
    assert [host for host in hosts if host != host.lower().removeprefix("www.") or "/" in host] == []
    for rules in redirectors.REDIRECTORS.values():
        assert [at for at, _ in rules if not at.startswith("/") or at != at.lower()] == []
        assert [name for _, names in rules for name in names if name != name.lower()] == []
    assert redirectors.OPAQUE_PATHS.keys() <= redirectors.OPAQUE


@pytest.mark.parametrize(
    ("url", "is_opaque"),
    [
        ("https://protect-eu.mimecast.com/s/aBc?domain=example.org", True),
        ("https://example.us1.list-manage.com/track/click?u=1&id=2&e=3", True),
        ("https://u1.ct.sendgrid.net/ls/click?upn=x", True),
        ("https://clicks.hospital.example/ls/click?upn=x", True),
        ("https://hospital.example/e3t/Ctc/x", True),
        ("https://t.co/aBc", True),
        ("https://www.mimecast.com/blog/a", False),
        ("https://us1.list-manage.com/subscribe?u=1", False),
        ("https://example.org/ls/clicks", False),
        ("https://mailchi.mp/hospital/news", False),
        ("no address", False),
    ],
)
def test_what_tells_nobody_where_it_leads_is_known(url, is_opaque):
    assert unwrapping.is_opaque(url) is is_opaque
    assert not is_opaque or is_web(url)
