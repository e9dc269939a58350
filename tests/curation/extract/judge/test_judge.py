"""What is no story, in the large languages, beside the stories that say the same and must stay."""

import json

import pytest

from curation.extract import judge, read
from curation.extract.judge import identity, moves
from tests import ROOT

PAGES = ROOT / "tests" / "curation" / "extract" / "pages"
EXPECTED = json.loads((PAGES / "expected.json").read_text())
HERE = "https://news.example.org/a"
LOGIN = '<form action="/login"><input name="u"><input type="password" name="p"><button>Go</button></form>'
ACCEPT = '<form class="consent-form"><button>Accept all</button><button>Manage</button></form>'
SEARCH = '<form><input type="search" name="q"></form>'
ONE = "The nurses of the third ward tried it for a month, and wrote down what they saw each night. "
STORY = f"<p>{ONE * 4}</p><p>{ONE * 3}</p><p>{ONE * 2}</p>"

NO_STORIES = [
    ("gone", "Page introuvable", ""),
    ("gone", "Seite nicht gefunden | Tagesblatt", ""),
    ("gone", "Página no encontrada - Diario", "<p>Vuelve a la portada.</p>"),
    ("gone", "Pagina non trovata", ""),
    ("gone", "Página não encontrada", ""),
    ("gone", "Pagina niet gevonden", ""),
    ("gone", "Nie znaleziono strony", ""),
    ("gone", "Страница не найдена", ""),
    ("gone", "ページが見つかりません", ""),
    ("gone", "页面不存在", ""),
    ("gone", "페이지를 찾을 수 없습니다", ""),
    ("gone", "الصفحة غير موجودة", ""),
    ("gone", "Sayfa bulunamadı", ""),
    ("gone", "Ward Daily – news for everybody who nurses", "<h1>Oops! That page can't be found.</h1>"),
    ("consent", "Your privacy choices", f"<h2>We value your privacy</h2>{ACCEPT}"),
    ("consent", "Ward Network", f"<h1>Before you continue</h1>{ACCEPT}"),
    ("consent", "Datenschutzeinstellungen", f"{ACCEPT}"),
    ("consent", "Nous respectons votre vie privée", "<button>Accepter</button>"),
    ("consent", "Please enable cookies", "<p>This site needs them.</p>"),
    ("sign-in", "Sign in - Ward Network", f"<h1>Sign in</h1>{LOGIN}"),
    ("sign-in", "Anmelden | Stationsblatt", LOGIN),
    ("sign-in", "Connexion", LOGIN),
    ("sign-in", "Ward Network", LOGIN),
    ("sign-in", "ログイン", LOGIN),
    ("challenged", "Ward Business - Are you a robot?", "Please make sure your browser supports JavaScript"),
    ("challenged", "Ward Business | Just a moment...", "<p>Checking.</p>"),
    ("challenged", "Êtes-vous un robot ?", ""),
    ("challenged", "安全验证", ""),
    ("challenged", "Radware Bot Manager Captcha", "<p>We apologize.</p>"),
    ("challenged", "Vercel Security Checkpoint", ""),
    ("challenged", "Making sure you're not a bot!", "<p>Loading...</p>"),
    ("challenged", "Bist du ein Mensch?", ""),
    ("consent", "Vos choix en matière de confidentialité", "<button>Tout accepter</button>"),
    ("consent", "Yahoo is part of the Yahoo family of brands", ACCEPT),
    ("consent", "Pur-Abo oder Werbung", "<p>Weiter.</p>"),
    ("sign-in", "Ward Login, Sign In | Ward", LOGIN),
    ("gone", "Oldal nem található", ""),
    ("gone", "The page you requested could not be located", ""),
    ("parked", "wardnews.example - Registered at Names.example", ""),
    ("parked", "wardnews.example is for sale", ""),
    ("parked", "Diese Domain steht zum Verkauf", "<p>Kaufen.</p>"),
    ("parked", "wardnews.example", '<script src="https://img.sedoparking.com/x.js"></script>'),
    ("maintenance", "We'll be back soon!", "<p>Ward News is having a rest.</p>"),
    ("maintenance", "Wartungsarbeiten", ""),
    ("maintenance", "Site en maintenance", ""),
    ("needs-script", "Ward News", '<div id="root"></div><script src="/app.js"></script>'),
    ("needs-script", "Ward News", "<noscript>You need to enable JavaScript to run this app.</noscript>"),
    ("leads-on", "Ward", '<script>window.location.replace("https://other.example.org/x")</script>'),
    ("leads-on", "", "<p>Redirecting…</p><script>location.href = '/x'</script>"),
    ("paywalled", "Subscribe to continue reading | Ward News", "<p>From one a week.</p>"),
    ("paywalled", "Ward News", "<h1>This article is for subscribers only</h1>"),
    ("newsletter", "You have been unsubscribed", "<p>We are sorry to see you go.</p>"),
    ("newsletter", "Ward News - Please confirm your subscription", ""),
    ("newsletter", "Vielen Dank für Ihre Anmeldung", ""),
    ("search-results", "Search results for “pump” | Ward News", SEARCH),
    ("search-results", "Résultats de recherche pour pompe", SEARCH),
    ("listing", "Index of /files", '<h1>Index of /files</h1><pre><a href="/">Parent Directory</a></pre>'),
    ("default-page", "Welcome to nginx!", "<p>If you see this page, the web server is installed.</p>"),
    ("default-page", "IIS Windows Server", ""),
    ("default-page", "Apache2 Ubuntu Default Page: It works", ""),
    ("app", "Continue in the app", "<a href=/>Open</a>"),
    ("region", "This content is not available in your region", ""),
    ("gate", "Are you a healthcare professional?", "<button>Yes</button>"),
    ("empty", "", ""),
]

STORIES = [
    ("Page not found: why links to trials die", STORY),
    ("Page not found", STORY),
    ("404", STORY),
    ("Page introuvable : quand les essais disparaissent", "<p>Court.</p>"),
    ("We value your privacy", STORY),
    ("We value your privacy, say hospitals that sell it", "<p>Short.</p>"),
    ("Consent", STORY),
    ("Informed consent gets shorter, and patients understand it", f"<p>Short.</p>{ACCEPT}"),
    ("The cookie that remembers a diabetic", f'{STORY}<div class="cookie-banner">{ACCEPT}</div>'),
    ("Are you a robot?", STORY),
    ("Are you a robot? Nurses ask the new colleague", "<p>It nods.</p>"),
    ("Just a moment of quiet on the ward", "<p>Hush.</p>"),
    ("Sign in", STORY),
    ("Sign in with a heartbeat: a ward gives up passwords", LOGIN),
    ("Nurses log in forty times a shift", f"{STORY}{LOGIN}"),
    ("Maintenance", STORY),
    ("Maintenance of pumps falls behind", "<p>Short.</p>"),
    ("Hospital's domain for sale after merger", "<p>Short.</p>"),
    ("Subscribe to a ventilator", STORY),
    (
        "A pump that asks before it doses | Ward News",
        "<h1>A pump that asks before it doses</h1><p>Subscribe to continue reading.</p>",
    ),
    ("Search results for symptoms mislead patients", "<p>Short.</p>"),
    ("Search results for symptoms", f"{STORY}{SEARCH}"),
    ("Unsubscribed: patients who leave trials", "<p>Short.</p>"),
    ("Under construction", STORY),
    ("Redirecting ambulances saves minutes", "<p>Short.</p>"),
    ("Loading", STORY),
    ("Access denied to two wards after a flood", "<p>Wet.</p>"),
    ("Institutional access to trials narrows", "<p>Short.</p>"),
    ("Werbung oder Wahrheit: was Kliniken versprechen", "<p>Kurz.</p>"),
    ("Index of pain", "<p>How it is counted.</p>"),
    ("Welcome to the ward of tomorrow", "<p>Short.</p>"),
    (
        "Not found",
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "A gene nobody looked for"}</script>',
    ),
    ("A pump that asks before it doses", "<p>Nurses say yes.</p>"),
    ("Палата, которая слушает", ""),
    ("Get the app, says the ministry", "<p>Short.</p>"),
]


def page(title, body):
    return f"<!doctype html><html><head><title>{title}</title></head><body>{body}</body></html>"


@pytest.mark.parametrize(("code", "title", "body"), NO_STORIES)
def test_what_is_no_story_is_told_with_its_reason(code, title, body):
    assert read(page(title, body), HERE).no_story == code


@pytest.mark.parametrize(("title", "body"), STORIES)
def test_a_story_about_such_things_stays_one(title, body):
    assert read(page(title, body), HERE).no_story == ""


@pytest.mark.parametrize("name", EXPECTED)
def test_no_saved_page_raises_a_false_alarm(name):
    reading = read((PAGES / f"{name}.html").read_bytes(), EXPECTED[name]["url"])
    wanted = {"looks_missing": "gone", "is_challenge": "challenged"}
    codes = [code for flag, code in wanted.items() if EXPECTED[name].get(flag)]
    assert reading.no_story == next(iter(codes), "empty" if name == "empty" else "")


def test_every_reason_says_what_and_how_to_go_on():
    for code, reason in judge.REASONS.items():
        assert code == reason.code
        assert reason.sentence.count(". ") >= 1
        assert len(reason.sentence) <= 270
        assert judge.is_verdict(reason.sentence)


FRONTS = ["https://x.example/", "https://x.example/en/", "https://x.example/index.html", "https://x.example/?error=404"]


@pytest.mark.parametrize("found", FRONTS)
def test_a_front_page_is_no_place_of_a_story(found):
    assert moves.led_to("https://x.example/2024/a-pump-that-asks", found, "X News") == "front"
    assert moves.is_front(found)


@pytest.mark.parametrize(
    ("asked", "found", "code"),
    [
        ("https://x.example/news/2024/pump-recall", "https://x.example/news/", "section"),
        ("https://x.example/2024/pump-recall-widens", "https://x.example/category/health", "section"),
        ("https://x.example/a", "https://x.example/login?next=/a", "sign-in"),
        ("https://x.example/a", "https://consent.other.example/collect?back=1", "consent"),
        ("https://x.example/a", "https://x.example/404.html", "gone"),
        ("https://x.example/a", "https://apps.apple.com/app/id1", "app"),
        ("https://x.example/a", "https://ww1.x.example/?k=1", "parked"),
        ("https://x.example/a", "https://x.example/search?q=a", "search-results"),
        ("https://old.x.example/a", "https://y.example/", "front"),
    ],
)
def test_an_address_tells_what_a_link_led_to(asked, found, code):
    assert moves.led_to(asked, found) == code


@pytest.mark.parametrize(
    ("asked", "found", "title"),
    [
        ("https://x.example/a", "https://x.example/2024/a-pump-that-asks", "A pump that asks"),
        ("https://x.example/pump-that-asks/amp", "https://x.example/pump-that-asks/", ""),
        ("https://x.example/pump/page/2", "https://x.example/pump", ""),
        ("https://x.example/", "https://x.example/en/", ""),
        ("https://bit.ly/3xYz", "https://pump.example/", "A pump"),
        ("https://x.example/pump-that-asks-nurses", "https://y.example/", "The pump that asks nurses"),
        ("http://x.example/login-is-dead", "https://x.example/login-is-dead", ""),
        ("https://x.example/news/pump-recall", "https://x.example/story/pump-recall", ""),
        ("https://x.example/#/story/2", "https://x.example/", ""),
    ],
)
def test_a_story_that_moved_is_followed(asked, found, title):
    assert moves.led_to(asked, found, title) == ""


def test_a_page_names_its_own_addresses_and_no_front_page():
    head = (
        '<link rel="canonical" href="/story"><meta property="og:url" content="https://news.example.org/">'
        '<link rel="amphtml" href="/amp/story"><link rel="alternate" media="only screen and (max-width: 640px)" href="/m/story">'
        '<link rel="shortlink" href="/?p=12">'
    )
    reading = read(f"<html><head>{head}</head><body><p>x</body></html>", "https://news.example.org/news/print/7")
    site = "https://news.example.org"
    assert identity.own_addresses(reading.page, reading.url) == [
        f"{site}{one}" for one in ("/story", "/amp/story", "/?p=12", "/m/story")
    ]


def test_a_section_above_a_page_is_not_its_address():
    reading = read('<link rel="canonical" href="/news/">', "https://news.example.org/news/pump-recall")
    assert identity.own_addresses(reading.page, reading.url) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("We value your privacy\n\nAccept all", "consent"),
        ("Are you a robot?", "challenged"),
        ("Page not found", "gone"),
        (f"Are you a robot?\n\n{ONE * 6}", ""),
        ("Nurses speak, and the record writes itself.", ""),
        ("", ""),
    ],
)
def test_a_pasted_text_is_judged_as_well(text, code):
    assert judge.of_words(text) == code
