"""Mail: which notices go out, when, as one letter or a digest, tried until it went, and how somebody stops it."""

from .outbox import failed, give_up_after, send_due, try_again
from .planning import plan
from .stopping import stop, token_of, unsign

__all__ = ["failed", "give_up_after", "plan", "send_due", "stop", "token_of", "try_again", "unsign"]
