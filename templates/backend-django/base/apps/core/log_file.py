"""A rotating log file that several processes may share: the server, a shell, a command."""

import os
from logging import LogRecord
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TextIO


class SharedRotatingFileHandler(RotatingFileHandler):
    """Notices when another process rotated the file, and goes on in the new one.

    The standard handler would keep writing to the renamed file, and later rename the new one once more.
    """

    def __init__(self, filename: str, maxBytes: int = 0, backupCount: int = 0) -> None:  # noqa: N803
        # delay: no file until there is something to write, so that short commands open none.
        super().__init__(filename, maxBytes=maxBytes, backupCount=backupCount, encoding="utf-8", delay=True)

    def emit(self, record: LogRecord) -> None:
        if self.stream is not None and not self._is_current(self.stream):
            self.stream.close()
            self.stream = self._open()
        super().emit(record)

    def _is_current(self, stream: TextIO) -> bool:
        try:
            return os.path.samestat(Path(self.baseFilename).stat(), os.fstat(stream.fileno()))
        except FileNotFoundError:
            return False
