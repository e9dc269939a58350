"""Sheets that import become one sheet that means the same."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from medigy.http import stylesheets

SHEETS = {
    "css/site.css": '/* first */ @layer a, b;\n@import url("a.css") layer(a);\n@import url("parts/b.css") layer(b);\n',
    "css/a.css": ".a { color: red }\n",
    "css/parts/b.css": '@import url("../a.css");\n.b { background: url("../../img/b.svg") }\n/* a\nnote */',
}


def test_each_import_is_replaced_by_its_sheet_in_its_layer():
    assert stylesheets.inlined("css/site.css", SHEETS.__getitem__) == (
        "@layer a, b;\n@layer a {\n.a { color: red }\n}\n"
        '@layer b {\n.a { color: red }\n\n.b { background: url("../img/b.svg") }\n}\n'
    )


@pytest.mark.parametrize("address", ["/static/x.svg", "https://example.org/x.svg", "data:image/svg+xml,x", "#mark"])
def test_addresses_that_do_not_depend_on_the_sheet_stay(address):
    text = f'.x {{ background: url("{address}") }}'
    assert stylesheets.rebased(text, "css/parts/b.css", "css/site.css") == text


@pytest.fixture
def collected(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    backend = {"BACKEND": "medigy.http.stylesheets.OneSheetStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": backend}
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["desk"])  # it imports the admin's
    return tmp_path


def test_the_readers_sheet_is_one_file_under_12_kb_whose_fonts_are_there(collected):
    (sheet,) = [path for path in (collected / "css").glob("site.*.css") if path.is_file()]
    text = sheet.read_text()
    assert "@import" not in text
    fonts = re.findall(r'url\("([^"]+)"\)', text)
    assert len(fonts) == 3
    assert all((sheet.parent / font).is_file() for font in fonts)
    assert Path(f"{sheet}.br").stat().st_size < 12_000


def test_readers_sheets_ask_nobody_else_and_need_no_id_and_nothing_important():
    root = settings.ROOT / "static" / "css"
    for sheet in [*root.glob("*.css"), *root.glob("components/*.css"), *root.glob("pages/*.css")]:
        text = stylesheets.COMMENT.sub("", sheet.read_text())
        assert not re.search(r"https?:|!important|(^|[,{}\s])#[\w-]+\s*[,{]", text), sheet
