"""Every picture is decoded under a cap, written anew with nothing but its pixels, and named by us."""

import random
import re
import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from curation import images
from curation.images import PictureRefused, decode, disk, placeholder
from tests import ROOT

PHOTOGRAPHS = ROOT.parent / "shared/data/bookmarks/static/img/content/post"


def painted(size=(120, 80), mode="RGB", left="#c03020", right="#2040c0"):
    """Two halves of one colour each: enough to see turning, colour and cropping."""
    picture = Image.new("RGB", size, left)
    picture.paste(Image.new("RGB", (size[0] // 2, size[1]), right), (size[0] - size[0] // 2, 0))
    return picture.convert(mode, palette=Image.Palette.ADAPTIVE)


def saved(picture, form, **options):
    file = BytesIO()
    picture.save(file, form, **options)
    return file.getvalue()


def opened(data):
    return Image.open(BytesIO(data))


def png_chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def near(one, other, by=14):
    return all(abs(a - b) <= by for a, b in zip(one, other, strict=True))


EVERY_FORMAT = ["JPEG", "PNG", "WEBP", "GIF", "AVIF"]


@pytest.mark.parametrize("form", EVERY_FORMAT)
def test_the_type_is_read_from_the_bytes(form):
    taken = images.decode_picture(saved(painted(), form))

    assert (taken.width, taken.height) == (120, 80)
    assert opened(taken.master).size == (120, 80)
    assert opened(taken.master).format.lower() == taken.format
    assert near(opened(taken.master).convert("RGB").getpixel((20, 40)), (0xC0, 0x30, 0x20))


def test_the_same_bytes_always_get_the_same_name_and_others_another():
    once, again, other = (images.decode_picture(saved(painted(left=left), "PNG")) for left in ("red", "red", "green"))

    assert once == again
    assert once.name != other.name
    assert re.fullmatch(r"[a-z2-7]{20}", once.name)
    assert once.filename == f"{once.name}.png"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        (b"\xef\xbb\xbf  <?xml version='1.0'?><svg/>", "SVG"),
        (b"<!doctype html><script>alert(1)</script>", "web page"),
        (b"%PDF-1.7\n", "PDF"),
        (b"BM" + bytes(60), "BMP"),
        (b"II*\0" + bytes(60), "TIFF"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "no JPEG"),
        (b"PK\x03\x04" + bytes(60), "no JPEG"),
        (b"just words", "no JPEG"),
    ],
)
def test_what_is_no_picture_is_refused_in_words(data, words):
    with pytest.raises(PictureRefused, match=words) as refusal:
        images.decode_picture(data)

    assert all(part.endswith(".") for part in (refusal.value.what, refusal.value.why, refusal.value.mend))


def test_a_file_that_is_too_heavy_is_refused_before_it_is_read():
    with pytest.raises(PictureRefused, match="MB"):
        images.decode_picture(saved(painted(), "PNG") + bytes(decode.BYTES))


@pytest.mark.parametrize("form", EVERY_FORMAT)
def test_a_truncated_file_is_refused(form):
    noise = Image.frombytes("RGB", (200, 200), random.Random(1).randbytes(120_000))
    whole = saved(noise, form)

    with pytest.raises(PictureRefused, match="broken or cut short"):
        images.decode_picture(whole[: len(whole) // 2])


def bomb_png():
    header = png_chunk(b"IHDR", struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + png_chunk(b"IDAT", zlib.compress(bytes(1000))) + png_chunk(b"IEND", b"")


GIF_FRAME = b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00\x3b"


def bomb_gif():
    return b"GIF89a" + struct.pack("<HHBBB", 60_000, 60_000, 0x80, 0, 0) + bytes(6) + GIF_FRAME


def bomb_gif_frame():
    """A small canvas with a frame that reaches far outside it."""
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, 60_000, 60_000, 0) + GIF_FRAME[10:]
    return b"GIF89a" + struct.pack("<HHBBB", 10, 10, 0x80, 0, 0) + bytes(6) + frame


def bomb_webp(chunk):
    body = {
        b"VP8X": bytes(4) + (15_999).to_bytes(3, "little") * 2,
        b"VP8L": b"\x2f" + (15_999 | 15_999 << 14).to_bytes(4, "little") + bytes(5),
        b"VP8 ": b"\x10\0\0\x9d\x01\x2a" + struct.pack("<HH", 16_000, 16_000),
    }[chunk]
    return b"RIFF" + struct.pack("<I", len(body) + 12) + b"WEBP" + chunk + struct.pack("<I", len(body)) + body


def bomb_jpeg():
    """A real file whose frame header claims another size."""
    data = saved(painted(), "JPEG")
    at = data.index(b"\xff\xc0") + 5
    return data[:at] + struct.pack(">HH", 60_000, 60_000) + data[at + 4 :]


BOMBS = [bomb_png(), bomb_gif(), bomb_gif_frame(), bomb_jpeg(), *map(bomb_webp, (b"VP8X", b"VP8L", b"VP8 "))]


@pytest.mark.parametrize("data", BOMBS, ids=["png", "gif", "gif frame", "jpeg", "webp x", "webp lossless", "webp"])
def test_a_decompression_bomb_is_refused_by_its_header(data):
    with pytest.raises(PictureRefused, match="pixels|larger than it looks"):
        images.decode_picture(data)


@pytest.mark.parametrize("kind", [b"zTXt", b"iTXt", b"iCCP"])
def test_text_that_unpacks_without_end_is_refused_or_dropped(kind):
    squeezed = zlib.compress(bytes(80_000_000), 9)
    body = {b"zTXt": b"a\0\0", b"iTXt": b"a\0\1\0\0\0", b"iCCP": b"a\0\0"}[kind] + squeezed
    plain = saved(painted(), "PNG")
    try:
        taken = images.decode_picture(plain[:33] + png_chunk(kind, body) + plain[33:])
    except PictureRefused:
        return
    assert len(taken.master) < 10_000


def test_a_jpeg_of_endless_passes_is_refused():
    data = saved(painted(), "JPEG", progressive=True)
    scan = b"\xff\xda\x00\x08\x01\x01\x00\x00\x00\x00"

    with pytest.raises(PictureRefused, match="passes"):
        images.decode_picture(data[:-2] + scan * 5000 + b"\xff\xd9")


def test_what_follows_the_picture_does_not_survive():
    for form in EVERY_FORMAT:
        taken = images.decode_picture(saved(painted(), form) + b"<script>alert('polyglot')</script>PK\x03\x04")
        every = [taken.master, *(r.data for r in images.renditions(taken.name, taken.master))]
        assert not any(b"polyglot" in data or b"PK\x03\x04" in data for data in every)


@given(form=st.sampled_from(EVERY_FORMAT), harm=st.lists(st.tuples(st.integers(0), st.integers(0, 255)), max_size=12))
def test_bytes_made_to_hurt_are_taken_or_refused_and_nothing_else(form, harm):
    data = bytearray(saved(painted((48, 32)), form))
    for at, value in harm:
        data[at % len(data)] = value
    try:
        taken = images.decode_picture(bytes(data))
    except PictureRefused:
        return
    assert opened(taken.master).size == (taken.width, taken.height)


def camera_exif(orientation=1):
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SECRETMAKER"
    exif[0x8825] = {1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 36.0)}
    return exif


TRACES = [b"Exif", b"SECRETMAKER", b"SECRETWORDS", b"GPS", b"ICC_PROFILE", b"iCCP", b"eXIf", b"EXIF", b"ICCP", b"xmp"]


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_nothing_but_pixels_is_kept(form):
    options = {"comment": "SECRETWORDS"} if form == "JPEG" else {}
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>SECRETWORDS</x:xmpmeta>"
    data = saved(
        painted(), form, exif=camera_exif(), icc_profile=profile, **options, **({} if form == "PNG" else {"xmp": xmp})
    )
    assert any(trace in data for trace in TRACES)

    taken = images.decode_picture(data)
    made = images.renditions(taken.name, taken.master, ("jpeg", "webp", "avif"))

    for kept in [taken.master, *(rendition.data for rendition in made)]:
        assert not [trace for trace in TRACES if trace in kept]
        info = opened(kept).info
        assert not {"exif", "icc_profile", "xmp", "comment"} & {key for key, value in info.items() if value}


def test_a_gif_comment_is_dropped():
    data = saved(painted(), "GIF", comment=b"SECRETWORDS")
    assert b"SECRETWORDS" in data

    assert b"SECRETWORDS" not in images.decode_picture(data).master


# Where the left, red half of an upright picture ends up once a viewer obeys the orientation.
RED_LIES = {1: "left", 2: "right", 3: "right", 4: "left", 5: "top", 6: "top", 7: "bottom", 8: "bottom"}


@pytest.mark.parametrize("orientation", RED_LIES)
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_pictures_are_turned_upright(form, orientation):
    taken = images.decode_picture(saved(painted(), form, exif=camera_exif(orientation)))

    upright = opened(taken.master).convert("RGB")
    places = {"left": (10, 40), "right": (110, 40), "top": (40, 10), "bottom": (40, 110)}
    assert upright.size == ((120, 80) if orientation < 5 else (80, 120))
    assert near(upright.getpixel(places[RED_LIES[orientation]]), (0xC0, 0x30, 0x20))


def test_broken_metadata_turns_nothing_and_refuses_nothing():
    taken = images.decode_picture(saved(painted(), "JPEG", exif=b"Exif\0\0MM\0*\xff\xff\xff\xff" + b"\xff" * 40))

    assert (taken.width, taken.height) == (120, 80)


def test_transparency_is_kept_where_it_can_be_and_laid_on_paper_where_not():
    picture = painted(mode="RGBA")
    picture.putalpha(Image.linear_gradient("L").resize(picture.size).point(lambda level: 0 if level < 128 else 255))
    taken = images.decode_picture(saved(picture, "PNG"))

    jpeg, webp, avif = images.renditions(taken.name, taken.master, ("jpeg", "webp", "avif"))

    assert near(opened(jpeg.data).getpixel((20, 5)), decode.PAPER, by=4)
    assert opened(webp.data).convert("RGBA").getpixel((20, 5))[3] == 0
    assert opened(avif.data).convert("RGBA").getpixel((20, 5))[3] == 0
    assert opened(taken.master).mode == "RGBA"


def test_an_alpha_channel_that_hides_nothing_is_dropped():
    assert opened(images.decode_picture(saved(painted(mode="RGBA"), "PNG")).master).mode == "RGB"


@pytest.mark.parametrize(
    ("picture", "form"),
    [
        (painted(mode="P"), "PNG"),
        (painted(mode="CMYK"), "JPEG"),
        (painted(mode="RGBA"), "WEBP"),
        (painted(mode="P"), "GIF"),
    ],
)
def test_colours_survive_palettes_and_ink(picture, form):
    taken = images.decode_picture(saved(picture, form))

    assert near(opened(taken.master).convert("RGB").getpixel((10, 10)), (0xC0, 0x30, 0x20), by=30)
    assert opened(taken.master).mode == "RGB"


def test_transparent_palettes_stay_transparent():
    picture = painted(mode="P")
    taken = images.decode_picture(saved(picture, "PNG", transparency=picture.getpixel((10, 10))))

    assert opened(taken.master).getpixel((10, 10))[3] == 0
    assert opened(taken.master).getpixel((110, 10))[3] == 255


def test_sixteen_bits_come_down_to_eight_without_clipping():
    picture = Image.new("I;16", (60, 40), 0x8080)
    picture.paste(0xFFFF, (30, 0, 60, 40))

    master = opened(images.decode_picture(saved(picture, "PNG")).master).convert("L")

    assert (master.getpixel((5, 5)), master.getpixel((50, 5))) == (0x80, 0xFF)


def test_black_and_white_and_grey_are_taken():
    for mode in ("1", "L", "LA"):
        assert images.decode_picture(saved(painted(mode=mode), "PNG")).width == 120


def crossed_profile():
    """An sRGB profile whose red and blue primaries are exchanged."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile.replace(b"rXYZ", b"kept").replace(b"bXYZ", b"rXYZ").replace(b"kept", b"bXYZ")


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P"])
def test_colours_are_brought_to_srgb_before_the_profile_is_dropped(mode):
    picture = painted(mode=mode, left="#c80000")
    if mode == "RGBA":
        picture.putpixel((119, 79), (0, 0, 0, 0))

    master = opened(images.decode_picture(saved(picture, "PNG", icc_profile=crossed_profile())).master)

    assert near(master.convert("RGB").getpixel((10, 10)), (0, 0, 0xC8), by=6)
    assert master.mode == ("RGBA" if mode == "RGBA" else "RGB")


def test_a_profile_that_is_no_profile_is_passed_over():
    taken = images.decode_picture(saved(painted(), "PNG", icc_profile=b"not a profile at all" * 10))

    assert opened(taken.master).getpixel((10, 10)) == (0xC0, 0x30, 0x20)


def test_of_an_animation_the_first_frame_is_taken():
    frames = [painted(), painted(left="#00ff00", right="#00ff00")]
    for form in ("GIF", "WEBP", "AVIF", "PNG"):
        data = saved(frames[0], form, save_all=True, append_images=frames[1:], duration=100)
        master = opened(images.decode_picture(data).master)
        assert getattr(master, "n_frames", 1) == 1
        assert near(master.convert("RGB").getpixel((10, 10)), (0xC0, 0x30, 0x20))


def test_a_large_picture_is_kept_smaller_and_a_thin_one_stays_a_picture():
    wide = images.decode_picture(saved(painted((5000, 2000)), "JPEG"))
    thin = images.decode_picture(saved(painted((9000, 2)), "PNG"))

    assert (wide.width, wide.height) == (2560, 1024)
    assert (thin.width, thin.height) == (2560, 1)
    assert all(rendition.height == 1 for rendition in images.renditions(thin.name, thin.master))


@given(st.integers(1, 20_000), st.integers(1, 20_000))
def test_the_kept_size_is_never_larger_and_keeps_its_shape(width, height):
    kept = decode.fit(width, height)

    assert kept[0] <= min(width, decode.WIDTH)
    assert kept[1] <= min(height, decode.HEIGHT)
    assert decode.fit(*kept) == kept


@given(st.integers(1, 4000))
def test_widths_rise_and_never_enlarge(width):
    offered = images.widths(width)

    assert offered == sorted(set(offered))
    assert offered[-1] == min(width, 1600)


def test_renditions_follow_the_ladder_in_each_format():
    taken = images.decode_picture(saved(painted((1000, 500)), "JPEG"))

    made = images.renditions(taken.name, taken.master)

    assert [rendition.filename for rendition in made] == [
        f"{taken.name}-{width}.{extension}" for extension in ("jpg", "webp") for width in (320, 480, 640, 1000)
    ]
    assert [opened(r.data).size for r in made] == [(r.width, r.height) for r in made]
    assert opened(made[0].data).info.get("progressive")
    assert images.renditions(taken.name, taken.master) == made


NAME = "abcdefghij234567klmn"


def test_names_are_read_strictly():
    assert images.parse_name(f"{NAME}-640.webp") == (NAME, 640, "webp")
    for wrong in [
        f"{NAME}.jpg", f"{NAME}-0.jpg", f"{NAME}-064.jpg", f"{NAME}-64000.jpg", f"{NAME}-640.png", f"{NAME}-640.jpg\n",
        f"{NAME}-640.JPG", f"{NAME.upper()}-640.jpg", f"../{NAME}-640.jpg", f"{NAME}-640.jpg/..",
        f"{NAME[:-1]}1-640.jpg",        f"{NAME}-٣٢٠.jpg", f"{NAME}-640.jpg\0.svg", f"{NAME}x-640.jpg", "", "-640.jpg",
    ]:  # fmt: skip
        assert images.parse_name(wrong) is None, wrong


@given(st.text())
def test_no_name_leads_out_of_the_folder(filename):
    try:
        place = images.path(Path("/media"), filename)
    except ValueError:
        assert images.parse_name(filename) is None
    else:
        assert place.parts[:2] == ("/", "media")
        assert ".." not in place.parts


def test_files_are_fanned_out_over_folders(tmp_path):
    taken = images.decode_picture(saved(painted(), "PNG"))

    written = [images.write(tmp_path, each) for each in (taken, *images.renditions(taken.name, taken.master))]

    assert written[0] == tmp_path / taken.name[:2] / taken.name[2:4] / taken.filename
    assert written[0].read_bytes() == taken.master
    assert [place.name for place in written[1:]] == [f"{taken.name}-120.jpg", f"{taken.name}-120.webp"]


def test_a_write_that_fails_leaves_nothing_and_harms_nothing(tmp_path, monkeypatch):
    taken = images.decode_picture(saved(painted(), "PNG"))
    place = images.write(tmp_path, taken)

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(disk.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        images.write(tmp_path, taken)

    assert place.read_bytes() == taken.master
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == [place]


def test_the_placeholder_is_the_colour_most_of_the_picture_is_near():
    for number, value in enumerate(images.PLACEHOLDERS):
        assert images.decode_picture(saved(Image.new("RGB", (40, 30), value), "PNG")).colour == number


def test_the_sheet_says_what_the_tables_say():
    assert len(set(images.PLACEHOLDERS)) == 64
    assert (ROOT / "static/css/components/placeholder.css").read_text() == placeholder.sheet()
    rules = " ".join(placeholder.sheet().split())
    for rule in (
        ".ph-63 { background-color: #edc4d3; }", ".fx-3 { --fx: 15%; }", ".fy-20 { --fy: 100%; }",
        ".hue-35 { --hue: 350; }", ".hue-0 { --hue: 0; }",
    ):  # fmt: skip
        assert rule in rules


def test_a_focal_point_is_two_classes():
    assert images.focus(0.5, 0.26) == "fx-10 fy-5"
    assert images.focus(-1, 7) == "fx-0 fy-20"


@pytest.mark.skipif(not PHOTOGRAPHS.is_dir(), reason="the newsroom's own photographs are not here")
def test_the_newsrooms_own_photographs_are_taken():
    for file in sorted(PHOTOGRAPHS.iterdir()):
        taken = images.decode_picture(file.read_bytes())
        assert 0 <= taken.colour < 64
