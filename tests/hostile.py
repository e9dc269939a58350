"""What nobody's browser sends and anybody's program may: values, bodies and addresses that are made to hurt."""

NESTED = 100_000

#: Texts for any place in a request. Names say what each is.
TEXTS = {
    "nothing": "",
    "superscript": "²",
    "arabic digit": "٣",
    "beyond a column": str(2**63),
    "beyond a small column": str(2**31),
    "twenty nines": "9" * 20,
    "five thousand nines": "9" * 5_000,
    "negative": "-1",
    "zero": "0",
    "spaced": " 7\n",
    "plus": "+7",
    "nan": "nan",
    "infinity": "inf",
    "exponent": "1e400",
    "none": "None",
    "NUL": "a\x00b",
    "control": "\x1b\x7f\x08",
    "direction": "\u202eabc\u2066",
    "long": "x" * 70_000,
    "wide": "𝕏" * 3_000,
    "quote": "'\";--",
    "percent": "%s%(a)s{0}{{7*7}}",
    "markup": "<script>alert(1)</script>",
    "list": "[]",
    "deep list": "[" * NESTED,
    "deep object": '{"a":' * NESTED,
    "not a number": '{"a": NaN, "topic_list": Infinity}',
    "half a pair": '{"a": "\\ud800"}',
    "date": "9999-12-31T23:59:59",
    "no date": "0000-00-00",
    "huge year": "99999999-01-01",
    "lookup": "__class__",
    "path": "../../../etc/passwd",
    "script address": "javascript:alert(1)",
    "bad host": "http://[::1",
}
#: The same for the path of an address, as bytes that are already quoted.
PATHS = ["%C2%B2", "%D9%A3", str(2**63), "9" * 20, "9" * 5_000, "-1", "0", "%00", "a%00b", "%ED%A0%80", "%FF%FE", "nan",
         "x" * 3_000, "..%2F..", "%0A", "_5F", "_", "%F0%9F%92%A9", "1e9", "None"]  # fmt: skip

FORM = "application/x-www-form-urlencoded"
#: Bodies that are no form, with what they say they are.
BODIES = [
    (b"\xff\xfe\xed\xa0\x80=\xff&title=\x80", FORM),
    (b"title=%ED%A0%80%FF%00&edit=%C2%B2", FORM),
    (b"title=1&title=2&edit=1&edit=2&topic_list=1&topic_list=1", FORM),
    (b"&" * 3_000, FORM),
    (b"a=1&" * 3_000, FORM),
    (b"title=" + b"x" * 3_000_000, FORM),
    (b"title=a", FORM + "; charset=utf-16"),
    (b"title=a", FORM + "; charset=hex"),
    (b"title=+2AA-", "text/plain; charset=utf-7"),
    (b"[" * NESTED, "application/json"),
    (b"{}", "application/json"),
    (b"", "multipart/form-data"),
    (b"--x\r\n", "multipart/form-data; boundary=x"),
    (b'--x\r\nContent-Disposition: form-data; name="title"\r\n\r\n+2AA-\r\n--x--\r\n',
     "multipart/form-data; boundary=x; charset=utf-7"),
    (b'--x\r\nContent-Disposition: form-data; name="file"; filename="a\x00.png"\r\n\r\n\x89PNG\r\n--x--\r\n',
     "multipart/form-data; boundary=x"),
    (b"title=a", "multipart/form-data; boundary=" + "x" * 300),
    (b"title=a", "nonsense"),
    (b"title=a", ""),
]  # fmt: skip
