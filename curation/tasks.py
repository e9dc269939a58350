"""Work that waits for nobody: what the task worker does beside the web server."""

from django.tasks import task

from .pictures import later


@task()
def encode_later(picture: int) -> int:
    """Make the renditions of a picture that take longest (AVIF), and give their number."""
    return later.add_later(picture)
