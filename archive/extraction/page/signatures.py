"""Files that are not text, known by their first bytes."""

from __future__ import annotations

_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG", "PNG"),
    (0, b"\xff\xd8\xff", "JPEG"),
    (0, b"GIF8", "GIF"),
    (0, b"%PDF", "PDF"),
    (0, b"PK\x03\x04", "ZIP"),
    (0, b"PK\x05\x06", "ZIP"),
    (0, b"\x1f\x8b", "gzip"),
    (0, b"BZh", "bzip2"),
    (0, b"\xfd7zXZ", "xz"),
    (0, b"7z\xbc\xaf", "7-Zip"),
    (0, b"(\xb5/\xfd", "Zstandard"),
    (0, b"Rar!", "RAR"),
    (0, b"\xd0\xcf\x11\xe0", "Microsoft Office"),
    (0, b"{\\rtf", "RTF"),
    (0, b"RIFF", "RIFF"),
    (0, b"OggS", "Ogg"),
    (0, b"ID3", "MP3"),
    (4, b"ftyp", "MP4"),
    (0, b"\x7fELF", "ELF"),
    (0, b"MZ\x90", "Windows program"),
    (0, b"SQLite format 3\x00", "SQLite"),
    (0, b"WARC/1.", "WARC"),
    (0, b"II*\x00", "TIFF"),
    (0, b"MM\x00*", "TIFF"),
    (0, b"\x00\x01\x00\x00", "font"),
    (0, b"wOF", "font"),
    (257, b"ustar", "tar"),
)


def binary_kind(payload: bytes) -> str:
    """Return the name of the binary format that the payload opens with, "" for what may be text.

    >>> binary_kind(b"\\x89PNG\\r\\n\\x1a\\n")
    'PNG'
    >>> binary_kind("نظر شما".encode())
    ''
    """
    for offset, signature, kind in _SIGNATURES:
        if payload.startswith(signature, offset):
            return kind
    return ""
