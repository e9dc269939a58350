"""Titles that nobody gave, told from those that somebody did."""

import pytest

from curation.extract import read
from curation.extract.pdf import titles as paper_titles
from curation.extract.titles import verdicts

HERE = "https://wardweekly.example/news/pumps"
NONE = {
    verdicts.PLACEHOLDER: [
        "Home", "HOME", "home page", "undefined", "null", "(null)", "NaN", "[object Object]", "Untitled",
        "Untitled Document", "untitled-1", "Sans titre", "Ohne Titel", "No title", "Page Title", "Title", "Loading…",
        "Please wait...", "Redirecting…", "React App", "Next.js App", "index", "Welcome", "Startseite", "News",
        "Blog", "Document1", "Page 1", "Layout 1", "title slide", "Hello world!", "Coming soon",
        "-", "…", "og:title", "Placeholder",
        "Vite + React", "Normal", "Lorem ipsum dolor",
        "Article in Press", "No Job Name", "about:blank", "無題", "无标题", "제목 없음",
        "بدون عنوان", "ללא כותרת", "Без названия",
        "Bez názvu", "Namnlös", "Nimetön", "Главная", "ホーム", "首页", "홈",
        "الرئيسية", "Strona główna", "Anasayfa",
    ],
    verdicts.TEMPLATE: [
        "{{ page.title }}", "{{ title | default: site.title }}",
        "{{title}} | Ward Weekly", "Ward Weekly – {{ title }}", "${title}", "<%= title %>",
        "%%title%%", "{% block title %}", "#{title}",
        "[[title]]", "$title", "{title}", "[title] | [site-name]",
        "<?php the_title() ?>",
    ],
    verdicts.FILE_NAME: [
        "Wards-fm.indd:Layout 1", "Ward.qxp_Layout 1", "final_v3.docx", "index.html", "Annual Report 2020.pdf",
        "main.dvi", "C:\\Users\\ann\\wards.doc", "file:///tmp/wards.tex", "/tmp/wards.ps", "IMG_1234.JPG",
        "default.aspx",
    ],
    verdicts.IDENTIFIER: [
        "PII: S0140-6736(20)30183-5", "S0140-6736(20)30183-5", "10.1016/j.ward.2020.01.001", "doi: 10.1136/ward.n1",
        "https://wards.example/a", "arXiv:2001.01234v2 [cs.AI] 3 Jan", "PMC1234567", "PMID: 12345678",
        "ISSN 1234-5678", "ISBN 978-3-16-148410-0", "d41d8cd98f00b204e9800998ecf8427e",
        "550e8400-e29b-41d4-a716-446655440000", "ward.n1234 1..9", "nihms-123456", "SKM_C25020010112", "12345",
        "JCO 2019 37 1", "WARDS-2019-0123.R1",
    ],
    verdicts.PROGRAM: [
        "Microsoft Word - wards_final", "Microsoft PowerPoint - Wards.ppt [Compatibility Mode]",
        "PowerPoint Presentation", "Présentation PowerPoint", "New Microsoft Word Document", "Adobe Photoshop PDF",
        "Slide 12", "A4 template", "Scanned Document from the second floor", "Full page photo", "Print W:\\wards",
        "LaTeX document", "Diapositiva 1", "幻灯片 1", "Blatt 2", "PowerPoint 演示文稿", "Report Builder 1",
        "wkhtmltopdf 0.12",
        "IEEE Paper Template in A4 (V1)", "Proceedings Template - WORD", "(Microsoft Word - wards)", "ward.1234 PDF",
        "Untitled document - Google Docs",
    ],
    verdicts.GUARD: [
        "Just a moment...", "Attention Required! | Cloudflare", "Access denied", "Are you a robot?",
    ],
}  # fmt: skip
GIVEN = [
    "Pump recall widens to ten states", "Home care by phone, and what it saves", "Home, sweet hospital", "AI", "Q&A",
    "Untitled but not unloved: the wards", "404 not found: why links to trials die", "Beds, counted", "COVID-19",
    "How to use {{ mustache }} in forms", "Loading doses of statins compared", "News from the wards", "100,000 lives",
    "Report: pumps fail in 10 % of wards", "Printing organs in 3D", "Slide to unlock: patient records", "$5 insulin",
    "病院が開いた", "What is node.js for nurses", "Microsoft buys Nuance", "Draft rule on data blocking published",
    "Image-guided surgery in 2024", "Access denied: why patients cannot read their records", "ISO 13485 explained",
    "Adobe fined over health data", "Copy that: nurses and notes", "Word of mouth", "PowerPoint kills, says surgeon",
    "Open access is here", "Ref. 12 disputed", "LaTeX allergy in theatre", "Welcome to the machine",
    "ID 2020: who is left out", "Microsoft Word adds a health check",
    "PowerPoint on the ward", "Homeward bound", "病院のホーム", "Главная новость дня",
    "A template for wards", "Normal again",
    "Scanned by robots, read by people, and what the radiologists of three houses say to it",
]  # fmt: skip


@pytest.mark.parametrize(("title", "reason"), [(title, reason) for reason, all_of in NONE.items() for title in all_of])
def test_a_title_that_nobody_gave_is_none_and_the_reason_is_said(title, reason):
    assert verdicts.why_none(title) == reason


@pytest.mark.parametrize("title", GIVEN)
def test_a_title_that_somebody_gave_stands(title):
    assert verdicts.why_none(title) == ""


@pytest.mark.parametrize("placeholder", [one for reason in NONE for one in NONE[reason] if "<" not in one])
def test_a_placeholder_gives_way_to_the_headline_wherever_it_stands(placeholder):
    story = "<h1>Pump recall widens to ten states</h1><p>Words.</p>"
    for head in (
        f'<meta property="og:title" content="{placeholder}"><title>Pump recall widens to ten states</title>',
        f'<meta name="twitter:title" content="{placeholder}"><title>{placeholder}</title>',
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Home"}</script>'
        f'<title>{placeholder} | Ward Weekly</title><meta property="og:site_name" content="Ward Weekly">',
    ):
        assert (
            read(f"<html><head>{head}</head><body>{story}</body></html>", HERE).title
            == "Pump recall widens to ten states"
        )


@pytest.mark.parametrize("reason", [reason for reason in NONE if reason != verdicts.GUARD])
def test_a_page_that_has_but_placeholders_has_no_title(reason):
    for placeholder in (one for one in NONE[reason] if "<" not in one):
        reading = read(f"<title>{placeholder}</title><h1>Home</h1>", HERE)
        assert (reading.title, reading.found["title"]) == ("", [])


@pytest.mark.parametrize("told", [one for reason in NONE for one in NONE[reason]])
def test_a_paper_is_called_what_its_first_page_says_where_a_program_wrote_its_title(told):
    lines = [
        ("Effect of a pump on alarms in wards", 24.0),
        ("The trial enrolled two hundred nurses at four hospitals", 10.0),
    ]
    found = paper_titles.titles(told, lines, "https://example.org/")
    assert found == [("Effect of a pump on alarms in wards", "page one")]


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("Beds, counted twice | Beds, counted twice", "Beds, counted twice"),
        ("Beds, counted twice - Beds, counted twice | Ward Weekly", "Beds, counted twice"),
        ("Beds, counted twice Beds, counted twice", "Beds, counted twice"),
        ("Beds, counted twiceBeds, counted twice", "Beds, counted twice"),
        ("Beds, counted twice: Beds, counted twice", "Beds, counted twice"),
        ("Again and again: wards", "Again and again: wards"),
        ("Bora Bora", "Bora Bora"),
        ("Wards – beds – wards", "Wards – beds – wards"),
    ],
)
def test_a_title_that_is_written_twice_is_read_once(title, wanted):
    head = f'<title>{title}</title><meta property="og:site_name" content="Ward Weekly">'
    assert read(f"<html><head>{head}</head><body><h1>{title}</h1></body></html>", HERE).title == wanted
