"""Every setting, read from the environment with its type; a laptop needs none of them."""

from pathlib import Path

from environ import Env

ROOT = Path(__file__).resolve().parent.parent
env = Env()
env.read_env(ROOT / ".env")

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="laptop")
SITE_URL = env.str("SITE_URL", default="https://localhost")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["*"])
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{ROOT}/var/medigy.sqlite3")}
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(ROOT / "var/media"))
TIME_ZONE = env.str("TIME_ZONE", default="UTC")
USE_TZ = True
INSTALLED_APPS = [
    "django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions",
    "django.contrib.messages", "django.contrib.staticfiles", "taggit", "simple_history", "offerings", "curation", "medigy",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
ROOT_URLCONF = "medigy.urls"
WSGI_APPLICATION = "medigy.wsgi.application"
TEMPLATES = [{
    "BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [ROOT / "templates"], "APP_DIRS": True,
    "OPTIONS": {"context_processors": [
        "django.template.context_processors.request", "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages"]},
}]
STATIC_URL = "/static/"
STATICFILES_DIRS = [ROOT / "static"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
