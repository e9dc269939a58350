"""A newsroom to look at: invented people, catalogue and articles in every state, filled in and removed as a whole."""

from .fill import Filled, fill
from .record import present
from .removal import Removed, remove
from .sign_ins import SignIn, sign_ins

__all__ = ["Filled", "Removed", "SignIn", "fill", "present", "remove", "sign_ins"]
