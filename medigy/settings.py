"""Every setting, read from the environment with its type; a laptop needs SECRET_KEY alone, and `make run` writes it."""

import os
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from js_asset import static_lazy

from medigy import environment
from medigy.http import logs, policies

ROOT = Path(__file__).resolve().parent.parent
read = environment.Environment(Path(os.environ.get("ENV_FILE", ROOT / ".env"))).read

# The site

DEBUG = read("DEBUG", environment.yes_or_no, "false", default=False)
SECRET_KEY = read("SECRET_KEY", environment.secret, "fifty-or-more-random-letters-as-`make-setup`-writes-them")
PORT = read("PORT", environment.port, "8001", default=None)  # over the port of BIND and, without TLS, of SITE_URL
SITE_URL = policies.site_at(
    read("SITE_URL", environment.site_address, "https://news.example.org", default="https://localhost"), PORT
)
SITE_NAME = read("SITE_NAME", environment.text, "Medigy", default="Medigy")
SECURITY_CONTACT = read(
    "SECURITY_CONTACT",
    environment.contact,
    "mailto:security@example.org",
    default=f"mailto:security@{urlsplit(SITE_URL).hostname}",
)
ALLOWED_HOSTS = read(
    "ALLOWED_HOSTS",
    environment.names,
    "news.example.org,www.example.org",
    default=policies.hosts_of(SITE_URL),
)
FOUR_EYES = read("FOUR_EYES", environment.yes_or_no, "true", default=True)  # nobody approves a Version they wrote
EDITED_AFTER_APPROVAL = read(  # the state that an approved brief enters when its words change
    "EDITED_AFTER_APPROVAL", environment.one_of("review", "draft"), "draft", default="review"
)
COVERAGE_GAP_DAYS = read(  # so long without anything new, and a topic is named in the calendar
    "COVERAGE_GAP_DAYS", environment.whole_number, "14", default=14
)
DECIDED_FROM_QUEUE = read(  # the most risk with which a brief may be approved without a look at its source
    "DECIDED_FROM_QUEUE", environment.one_of("none", "low", "medium", "any"), "medium", default="low"
)
AUDITED_SHARE = read("AUDITED_SHARE", environment.share, "0.2", default=0.1)  # of what was approved from the queue
HARVEST_PORTS = read(  # besides 80 and 443; private addresses stay closed whatever stands here
    "HARVEST_PORTS", lambda value: [environment.port(one) for one in environment.names(value)], "8080,8443", default=[]
)
TIME_ZONE = read("TIME_ZONE", environment.time_zone, "Europe/Berlin", default="UTC")  # the newsroom's own days
USE_TZ = True
LANGUAGE_CODE = "en-gb"
USE_I18N = False  # one language on every page; switching none saves its cost on each
FORMAT_MODULE_PATH = "medigy.formats"  # 24 hours, in lists as well

# The parts

INSTALLED_APPS = [
    "medigy",
    "curation",
    "offerings",
    "taggit",
    "simple_history",
    "django_filters",
    "django_prose_editor",
    "django_tasks_db",
    "axes",
    "medigy.http.admin_app.DeskConfig",  # django.contrib.admin, entered by roles
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
]
# Readers' pages pay for this list too: sessions, users and messages are only read where a view asks for them.
MIDDLEWARE = [
    "medigy.http.headers.Outermost",  # health before any host check; request id, log line, headers
    "django.middleware.security.SecurityMiddleware",  # TLS and its headers
    "whitenoise.middleware.WhiteNoiseMiddleware",  # static files without a second server
    "medigy.http.headers.Compression",  # readers' pages, for who asks
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "medigy.http.headers.Rooms",  # one of both policies: readers' or the desk's
    "django.middleware.common.CommonMiddleware",  # slashes and lengths
    "medigy.http.whence.Whence",  # where a request comes from, for the log
    "medigy.http.refusals.for_scripts.ForScripts",  # JSON for the desk's scripts, whatever refuses or fails below
    "django.contrib.sessions.middleware.SessionMiddleware",
    "medigy.http.refusals.request_checks.Readable",  # text in UTF-8, no more of it than is read
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "medigy.http.refusals.bodies.Bounded",  # before anybody reads what was sent: Csrf does, once the view is known
    "django.contrib.messages.middleware.MessageMiddleware",
    "curation.admin.preferences.OwnDesk",  # at the desk, everybody's own clock and looks
    "curation.admin.notices.bell.TellAtOnce",  # who has to know of what was done
    "axes.middleware.AxesMiddleware",  # a throttled sign-in answers 429
]
APPEND_SLASH = False  # ``views.not_found`` does it, in one step, together with case and moved addresses
ROOT_URLCONF = "medigy.urls"
WSGI_APPLICATION = "medigy.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "medigy.site.context.site",
            ]
        },
    },
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",  # readers' pages (docs/decisions/)
        "DIRS": [ROOT / "templates" / "site"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "medigy.site.jinja.environment",
            "auto_reload": DEBUG,
            "context_processors": ["medigy.site.context.site"],
        },
    },
]

# Storage

DATABASES = {
    "default": read(
        "DATABASE_URL",
        environment.database,
        "postgres://medigy:password@127.0.0.1:5432/medigy",
        default=environment.database(f"sqlite:///{ROOT}/var/medigy.sqlite3"),
    )
}
DATABASES["default"] |= environment.tuned(DATABASES["default"])
CACHES = {
    "default": read(
        "CACHE_URL",
        environment.cache,
        "redis://127.0.0.1:6379/0",
        default=environment.cache("locmem://"),
    )
}
MEDIA_ROOT = read("MEDIA_ROOT", Path, "/srv/medigy/media", default=ROOT / "var/media")
MEDIA_URL = "/media/"  # one view answers it, which knows what is published
FILE_UPLOAD_PERMISSIONS = 0o644
STATIC_URL = "/static/"
STATIC_ROOT = read("STATIC_ROOT", Path, "/srv/medigy/static", default=ROOT / "staticfiles")
STATICFILES_DIRS = [ROOT / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "medigy.http.stylesheets.OneSheetStorage"
    },
}
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["avif", "gz", "br", "ico", "jpg", "jpeg", "map", "png", "webp", "woff2", "zip"]
WHITENOISE_MAX_AGE = 3600  # for names without a digest; those with one are kept for ever
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}  # any queue's name is good

# Mail

MAILERS = {
    "default": read(
        "MAIL_URL",
        environment.mail,
        "smtp://name:password@mail.example.org:587",
        default=environment.mail("console://"),
    )
}
DEFAULT_FROM_EMAIL = read(
    "MAIL_FROM", environment.mail_address, "Newsroom <desk@example.org>", default=f"desk@{urlsplit(SITE_URL).hostname}"
)

# Sign-in

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # refuses who has tried too often
    "medigy.http.accounts.AccountBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
PASSWORD_RESET_TIMEOUT = 7 * 24 * 3600  # the longest that a one-time link lasts (``people.invitations``)
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # no stranger can lock a colleague out of the office
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_TEMPLATE = "429.html"
AXES_HANDLER = "medigy.http.throttle.Handler"  # one address that tries many names
AXES_CLIENT_IP_CALLABLE = "medigy.http.throttle.door_address"
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False

# Headers for browsers

TRUSTED_PROXIES = read("TRUSTED_PROXIES", environment.addresses, "10.0.0.2,10.0.0.3", default=["127.0.0.1", "::1"])
globals().update(policies.tls_settings(SITE_URL))
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "medigy.http.refusals.turned_away.forged"
SECURE_CSP = policies.READERS_POLICY
DESK_CSP = policies.DESK_POLICY

# The desk's editor

DJANGO_PROSE_EDITOR_EXTENSIONS = [
    {
        "js": [static_lazy(f"desk/editor/{name}.js")],
        "extensions": dict.fromkeys(brings, "medigy.http.policies.allow_nothing_more"),
    }
    for name, brings in {
        "own-styles": ["OwnStyles"],
        "own-pieces": ["Link", "OrderedList"],  # the editor's own, as a brief needs them
        "palette": ["SlashPalette"],
        "pasting": ["Pasting"],
    }.items()
]

# Serving and logs

BIND = policies.bind_at(read("BIND", environment.bind_address, "127.0.0.1:8000", default=None), PORT)
WEB_WORKERS = read("WEB_WORKERS", environment.whole_number, "4", default=2)
WEB_THREADS = read("WEB_THREADS", environment.whole_number, "4", default=4)
LOG_LEVEL = read("LOG_LEVEL", environment.log_level, "INFO", default="INFO")
LOG_JSON = read("LOG_JSON", environment.yes_or_no, "true", default=False)
LOG_REQUESTS = read("LOG_REQUESTS", environment.yes_or_no, "true", default=True)
LOGGING = logs.configuration(LOG_LEVEL, as_json=LOG_JSON)
