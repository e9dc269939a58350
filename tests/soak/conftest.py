"""What soaks measure is told on the terminal: nothing here judges a clock."""

import pytest


@pytest.fixture
def say(request):
    """``say(words)`` prints a line of figures among pytest's own, also where the test passes."""
    plugins = request.config.pluginmanager
    terminal, capture = plugins.get_plugin("terminalreporter"), plugins.get_plugin("capturemanager")

    def said(words):
        with capture.global_and_fixture_disabled():
            terminal.write_line(f"\n    {words}")

    return said
