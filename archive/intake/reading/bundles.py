"""ZIP: the files within, as those of a folder; nothing is unpacked to the disk, and no name leads anywhere."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from typing import Final
from zipfile import ZipFile, ZipInfo

from archive.intake.reading.folders import is_left_out, reads_by_name, sidecars_of
from archive.intake.reading.items import LOCKED, Found, Reason, SetAside, Whole, gettext_noop, suffix
from archive.intake.reading.sidecars import read_sidecar
from archive.intake.reading.squeezed import BROKEN, DAMAGED, TOO_DEEP, guarded, measured
from archive.intake.reading.warcs import is_collection, read_collection

MANY: Final = gettext_noop("The bundle holds %(count)d files, more than the %(most)d that are read.")
LINK: Final = gettext_noop("It is a symbolic link.")
TWICE: Final = gettext_noop("The bundle has another file of this name.")
OFFICE: Final = frozenset("docx xlsx pptx odt ods odp epub jar apk".split())
NOT_A_BUNDLE: Final = gettext_noop("It is a document (%(kind)s), which is not read.")


def read_bundle(whole: Whole) -> Iterator[Found]:
    """Every file of a ZIP, in the order of the names."""
    if suffix(whole.name) in OFFICE:
        yield SetAside(whole.name, Reason(NOT_A_BUNDLE, {"kind": suffix(whole.name)}), refused=True)
        return
    if whole.depth:
        yield SetAside(whole.name, Reason(TOO_DEEP), refused=True)
        return
    try:
        bundle = ZipFile(whole.file)
    except DAMAGED as error:
        yield SetAside(whole.name, Reason(BROKEN, {"what": str(error)[:200]}), refused=True)
        return
    with bundle:
        if is_collection(bundle):
            try:
                yield from read_collection(whole, bundle)
            except DAMAGED as error:
                reason = Reason(BROKEN, {"what": str(error)[:200] or type(error).__name__})
                yield SetAside(whole.name, reason, refused=True)
            return
        members = sorted((one for one in bundle.infolist() if not one.is_dir()), key=lambda one: one.filename)
        if len(members) > whole.bounds.members:
            reason = Reason(MANY, {"count": len(members), "most": whole.bounds.members})
            yield SetAside(whole.name, reason, refused=True)
            return
        yield from _members(whole, bundle, members)


def _members(whole: Whole, bundle: ZipFile, members: list[ZipInfo]) -> Iterator[Found]:
    beside = sidecars_of({member.filename for member in members})
    seen = set()
    for member in members:
        name = whole.inner(whole.file, member_name(member)).name
        if member.filename in beside.values() or is_left_out(member.filename):
            continue
        if reason := _why_not(member, name in seen):
            yield SetAside(name, reason)
            continue
        seen.add(name)
        sidecar = beside.get(member.filename)
        yield from _member(whole, bundle, member, name, bundle.getinfo(sidecar) if sidecar else None)


def _why_not(member: ZipInfo, is_second: bool) -> Reason | None:
    if is_second:
        return Reason(TWICE)
    if stat.S_ISLNK(member.external_attr >> 16):
        return Reason(LINK)
    if member.flag_bits & 0x1:
        return Reason(LOCKED)
    return reads_by_name(member.filename)


def _member(whole: Whole, bundle: ZipFile, member: ZipInfo, name: str, sidecar: ZipInfo | None) -> Iterator[Found]:
    said, reason = whole.stated, None
    if sidecar:
        try:
            with bundle.open(sidecar) as file:
                said, reason = read_sidecar(file.read(whole.bounds.item_bytes), whole)
        except DAMAGED as error:
            reason = Reason(BROKEN, {"what": str(error)[:200]})
    if reason:
        yield SetAside(f"{name} (JSON)", reason, refused=True)
    try:
        file = bundle.open(member)
    except DAMAGED as error:
        yield SetAside(name, Reason(BROKEN, {"what": str(error)[:200]}), refused=True)
        return
    with measured(file, member.compress_size, whole.bounds.ratio) as unpacked:
        yield from guarded(whole.inner(unpacked, "", stated=said), name)


def member_name(member: ZipInfo) -> str:
    """The name of a member, of a path below the bundle; of old makers, which write bytes, what they mean by them."""
    name = member.filename
    if not member.flag_bits & 0x800:
        for encoding in ("utf-8", "cp1256"):
            with suppress(UnicodeError):
                name = name.encode("cp437").decode(encoding)
                break
    return "/".join(part for part in os.path.normpath("/" + name.replace("\\", "/")).split("/") if part)
