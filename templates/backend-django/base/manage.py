#!/usr/bin/env python
"""Django's command line: `./docker-dev.sh manage <command>` runs it in the container."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        execute_from_command_line(sys.argv)
    except EOFError:
        sys.exit("This command asks, and nobody is there to answer. Use a terminal, or --noinput where it knows that.")
