"""R34: an import folder gives what lies in it and nothing else on the machine; so do backups and authority files."""

from __future__ import annotations

import errno
import io
import os
import socket
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from archive.articles.models import Article
from archive.authorities.loading import read_entries
from archive.captures import plain_files
from archive.captures.payloads import PayloadStore
from archive.captures.plain_files import NotPlain, open_below, open_named, shown, walk
from tests.faults.archive import Archive
from tests.integration.test_import_command import ERR, REPORT, run


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """What the archive may read and nobody wants published: a file of a folder of its own."""
    path = tmp_path / "private" / "secret.txt"
    path.parent.mkdir()
    path.write_text(REPORT.replace("قطر", "سري"), "utf-8")
    return path


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    path = tmp_path / "inbox"
    (path / "deep").mkdir(parents=True)
    (path / "deep" / "report.txt").write_text(REPORT, "utf-8")
    return path


@pytest.fixture
def sockets(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A pipe and a socket that are called like pages."""
    monkeypatch.chdir(inbox)  # the name of a socket may have a hundred letters
    os.mkfifo("pipe.txt")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.html")
        yield


@pytest.mark.django_db
def test_r34_links_pipes_and_sockets_of_a_folder_are_named_and_not_read(
    inbox: Path, secret: Path, sockets: None, captures_folder: Path
) -> None:
    (inbox / "passwd.txt").symlink_to("/etc/passwd")
    (inbox / "secret.txt").symlink_to(secret)
    (inbox / "again.txt").symlink_to(inbox / "deep" / "report.txt")
    (inbox / "nowhere.txt").symlink_to("/nowhere")
    (inbox / "deep" / "folder").symlink_to(secret.parent)
    (inbox / "deep" / "round").symlink_to(inbox)
    out, err = run(inbox, publish=True)
    assert out.endswith("1 added, 0 unchanged, 0 refreshed, 0 refused, 8 not read.\n")
    assert err.count(": a symbolic link\n") == 6
    assert f"not read   {inbox}/pipe.txt: a pipe\n" in err and f"not read   {inbox}/socket.html: a socket\n" in err
    (report,) = Article.objects.filter(capture__received_from__startswith=str(inbox))
    assert report.capture.received_from == str(inbox / "deep" / "report.txt")


def test_r34_a_device_is_named_and_not_read() -> None:
    assert {found.path.name: found.why for found in walk(Path("/dev"))}["zero"] == "a device"
    with pytest.raises(NotPlain, match="a device"):
        open_below(Path("/dev"), ("zero",))
    with pytest.raises(NotPlain, match="a device"):
        open_named(Path("/dev/zero"))


@pytest.mark.django_db
def test_r34_what_is_named_itself_is_read_through_its_link_and_that_is_said(
    inbox: Path, secret: Path, captures_folder: Path, tmp_path: Path
) -> None:
    """The operator's own choice: a folder that is kept on another disk."""
    (tmp_path / "link").symlink_to(inbox)
    (inbox / "secret.txt").symlink_to(secret)
    out, _err = run(tmp_path / "link")
    assert f"follows    {tmp_path}/link: a link to {inbox}, for it was named itself\n" in out
    assert "1 added" in out and "1 not read" in out
    out, _err = run(inbox / "secret.txt")
    assert "1 added" in out


@pytest.mark.django_db
def test_r34_a_pipe_that_is_named_itself_is_refused_at_once(inbox: Path, sockets: None) -> None:
    with pytest.raises(CommandError, match="2 of 2 items were refused"):
        run(inbox / "pipe.txt", inbox / "socket.html")


@pytest.mark.django_db
def test_a_folder_that_cannot_be_read_is_refused(
    inbox: Path, captures_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = os.scandir

    def refusing(path: Path) -> object:
        if Path(path) == inbox / "deep":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))  # as to anybody but root
        return whole(path)

    monkeypatch.setattr(os, "scandir", refusing)
    with pytest.raises(CommandError, match="1 of 1 items were refused"):
        run(inbox)
    assert f"refused    {inbox}/deep: a folder that cannot be read: Permission denied\n" in ERR.getvalue()


def test_r34_a_link_that_takes_the_place_of_a_listed_file_or_folder_is_not_followed(inbox: Path, secret: Path) -> None:
    (found,) = walk(inbox)
    found.path.unlink()
    found.path.symlink_to(secret)
    with pytest.raises(NotPlain, match="a symbolic link"):
        found.open()
    found.path.unlink()
    (inbox / "deep").rmdir()
    (inbox / "deep").symlink_to(secret.parent)
    with pytest.raises(NotPlain, match="a symbolic link"):
        open_below(inbox, ("deep", "secret.txt"))


def test_r34_a_link_that_takes_the_place_of_a_file_while_it_is_opened_is_not_followed(
    inbox: Path, secret: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was a plain file when it was looked at."""
    (found,) = walk(inbox)
    look = plain_files._insist

    def look_and_replace(mode: int, wanted: int = stat.S_IFREG) -> None:
        look(mode, wanted)
        if wanted == stat.S_IFREG and not found.path.is_symlink():
            found.path.unlink()
            found.path.symlink_to(secret)

    monkeypatch.setattr(plain_files, "_insist", look_and_replace)
    with pytest.raises(OSError, match="symbolic links"):
        found.open()


def test_a_plain_file_is_read(inbox: Path) -> None:
    (found,) = walk(inbox)
    with found.open() as one, open_named(found.path) as other:
        assert one.read() == other.read() == REPORT.encode()


@pytest.mark.parametrize(
    ("name", "line"),
    [
        (b"report.txt", "report.txt"),
        ("گزارش‌ها ۱.txt".encode(), "گزارش‌ها ۱.txt"),
        (b"a\nadded b.txt", "a�added b.txt"),
        (b"\x1b[2Ja.txt", "�[2Ja.txt"),
        ("\u202etxt.a".encode(), "�txt.a"),
        ("تقرير.txt".encode("cp1256"), "����.txt"),
    ],
)
def test_a_name_stays_in_its_line_and_no_name_stops_an_import(name: bytes, line: str) -> None:
    assert shown(Path(os.fsdecode(name))).replace("�" * 5, "�" * 4) == line


@pytest.mark.django_db
def test_a_file_whose_name_is_no_unicode_is_taken_in(tmp_path: Path, captures_folder: Path) -> None:
    path = tmp_path / os.fsdecode("تقرير.txt".encode("cp1256"))
    path.write_text(REPORT, "utf-8")
    out, _err = run(path)
    assert "1 added" in out


def test_r34_a_payload_is_no_link_and_no_pipe(tmp_path: Path) -> None:
    store = PayloadStore(tmp_path)
    digest = store.put(b"page")
    assert store.get(digest) == b"page"
    elsewhere = tmp_path / "elsewhere"
    store.path(digest).rename(elsewhere)
    store.path(digest).symlink_to(elsewhere)
    with pytest.raises(NotPlain):
        store.get(digest)
    store.path(digest).unlink()
    os.mkfifo(store.path(digest))
    with pytest.raises(NotPlain):
        store.present_digest(digest)


@pytest.mark.parametrize("part", ["manifest.json", "diwan.sqlite3", "captures"])
def test_r34_a_backup_with_a_link_is_refused(own_archive: Archive, tmp_path: Path, part: str) -> None:
    saved, elsewhere = tmp_path / "saved", Archive(tmp_path / "elsewhere")
    own_archive.run("manage.py", "backup", str(saved))
    (saved / part).rename(tmp_path / "moved")
    (saved / part).symlink_to(tmp_path / "moved")
    assert "link" in elsewhere.run("manage.py", "restore", str(saved), fails=True)
    assert not (elsewhere.folder / "diwan.sqlite3").exists()


@pytest.mark.django_db
def test_r34_links_among_authority_files_are_named_and_not_read(tmp_path: Path) -> None:
    entry = '[{"kind": "country", "slug": "%s", "names": []}]'
    (tmp_path / "moved").write_text(entry % "elsewhere")
    (tmp_path / "link.json").symlink_to(tmp_path / "moved")
    (tmp_path / "own.json").write_text(entry % "own")
    os.mkfifo(tmp_path / "pipe.json")
    assert [record["slug"] for record in read_entries(tmp_path)] == ["own"]
    err = io.StringIO()
    call_command("load_authorities", str(tmp_path), stdout=io.StringIO(), stderr=err)
    assert err.getvalue().count("not read") == 2
