"""The `eloket` command: every verb is a Django management command in `ops`."""

import os
import sys

from eloket.config import excepthook


def main() -> None:
    excepthook.install()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eloket.config.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - settings must be named first

    execute_from_command_line(["eloket", *sys.argv[1:]])


if __name__ == "__main__":
    main()
