"""What an attachment may be, told by its content: what it is called and says of itself is up to the sender."""

from dataclasses import dataclass
from typing import BinaryIO

MAX_SIZE = 5 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class FileType:
    content_type: str
    suffix: str


TEXT = FileType("text/plain", ".txt")
BY_SIGNATURE = {
    b"\x89PNG\r\n\x1a\n": FileType("image/png", ".png"),
    b"\xff\xd8\xff": FileType("image/jpeg", ".jpg"),
    b"%PDF-": FileType("application/pdf", ".pdf"),
}
FILE_TYPES = (*BY_SIGNATURE.values(), TEXT)
# Control characters; in UTF-8 each is a byte that is part of nothing else.
_NOT_IN_TEXT = bytes(set(range(32)) - set(b"\t\n\r\f"))


def recognise(file: BinaryIO) -> FileType | None:
    file.seek(0)
    content = file.read(MAX_SIZE)
    file.seek(0)
    for signature, file_type in BY_SIGNATURE.items():
        if content.startswith(signature):
            return file_type
    return TEXT if _is_text(content) else None


def _is_text(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return len(content.translate(None, _NOT_IN_TEXT)) == len(content)
