"""gunicorn's settings, out of the project's: `gunicorn -c python:medigy.web medigy.wsgi` serves the site anywhere."""

import os
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "medigy.settings")

from django.conf import settings

bind = settings.BIND or "127.0.0.1:8000"
worker_class = "medigy.serving.workers.PatientWorker"
workers = settings.WEB_WORKERS
threads = settings.WEB_THREADS
timeout = 60
graceful_timeout = 10
keepalive = 5
max_requests, max_requests_jitter = 20_000, 2_000  # whatever a library leaks does not stay
forwarded_allow_ips = ",".join(settings.TRUSTED_PROXIES)  # their X-Forwarded-Proto says that TLS ended there
logconfig_dict = settings.LOGGING
control_socket_disable = True
if Path("/dev/shm").is_dir():
    worker_tmp_dir = "/dev/shm"  # a heartbeat on a busy disk would look like a dead worker
