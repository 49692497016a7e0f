"""A mailbox (mbox): one message after the other, each as a file of its own."""

from __future__ import annotations

import io
import mailbox
import shutil
import tempfile
from collections.abc import Iterator

from archive.intake.reading.items import Found, Reason, SetAside, Whole, too_large
from archive.intake.reading.mail import TOO_DEEP


def read_mailbox(whole: Whole) -> Iterator[Found]:
    """The messages in their order; one that is larger than an item may be keeps no other out."""
    if whole.depth > 1:
        yield SetAside(whole.name, Reason(TOO_DEEP), refused=True)
        return
    with tempfile.NamedTemporaryFile() as copy:
        shutil.copyfileobj(whole.file, copy)
        copy.flush()
        box = mailbox.mbox(copy.name, create=False)
        try:
            for number, key in enumerate(box.keys(), 1):
                with box.get_file(key) as message:
                    held = message.read(whole.bounds.item_bytes + 1)
                inner = whole.inner(io.BytesIO(held), f"{number:05}.eml")
                if len(held) > whole.bounds.item_bytes:
                    yield too_large(inner)
                else:
                    yield from whole.read_within(inner)
        finally:
            box.close()
