#!/usr/bin/env python
"""Django's command line, for this project's settings."""

import gc
import os
import sys


def main():
    """Run one management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "medigy.settings")
    gc.disable()  # until all is loaded (``medigy.apps``): to look for garbage among it took a tenth of each start
    from django.core.management import execute_from_command_line  # noqa: PLC0415 -- the setting above comes first

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
