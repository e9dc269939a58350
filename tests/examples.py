"""How many examples a property is tried with: few in `make test`, many in `make soak`; and no clock judges one."""

from hypothesis import HealthCheck, settings

_ALIKE = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture]}

settings.register_profile("test", max_examples=40, **_ALIKE)
settings.register_profile("soak", max_examples=500, **_ALIKE)
settings.load_profile("test")  # pytest's --hypothesis-profile comes later, and wins


def costly(test):
    """A quarter of the examples, for a property each of whose examples fills a newsroom."""
    return settings(max_examples=settings().max_examples // 4)(test)
