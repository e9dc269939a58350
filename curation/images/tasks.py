"""Pictures' work for the task worker: the renditions that take too long for anybody to wait."""

from django.tasks import task

from . import avif


@task()
def encode_later(picture: int) -> int:
    """Make the renditions of a picture that take longest (AVIF), and give their number."""
    return avif.add_later(picture)
