"""`manage.py import_articles` on good and bad files: one clear line each, and the rest goes on."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from archive.articles.models import Article, Status
from archive.captures.models import Capture
from archive.curation.actions import publish
from tests.conftest import FIVE

pytestmark = pytest.mark.django_db

REPORT = "\n\n".join(
    [
        "وزير خارجية قطر يلتقي نظيره الأذربيجاني في الدوحة",
        "الدوحة في 3 مايو 2021 - التقى وزير الخارجية القطري نظيره الأذربيجاني، وبحثا العلاقات الثنائية بين البلدين.",
        "وأكد الجانبان أهمية مواصلة المشاورات السياسية بين وزارتي الخارجية في البلدين خلال المرحلة المقبلة.",
    ]
)


OUT, ERR = io.StringIO(), io.StringIO()


def run(*arguments: object, **options: object) -> tuple[str, str]:
    for stream in (OUT, ERR):
        stream.seek(0)
        stream.truncate()
    call_command("import_articles", *map(str, arguments), stdout=OUT, stderr=ERR, **options)
    return written()


def written() -> tuple[str, str]:
    """What the last run wrote, also one that ended with an error."""
    return OUT.getvalue(), ERR.getvalue()


@pytest.fixture
def page(tmp_path: Path, captures_folder: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, "utf-8")
    return path


def test_the_same_file_again_changes_nothing_and_says_so() -> None:
    before = Article.objects.count()
    out, _err = run(*FIVE.values())
    assert out.count("unchanged") == 5 + 1  # a line each and the summary
    assert "0 added, 5 unchanged, 0 refreshed, 0 refused." in out
    assert Article.objects.count() == before


def test_a_new_page_begins_as_a_draft(page: Path) -> None:
    out, _err = run(page)
    assert "1 added" in out
    article = Article.objects.get(capture__received_from=str(page))
    assert article.status == "draft"
    assert article.events.get().action == "import"


def test_a_page_can_be_published_at_once_with_its_address_and_time(page: Path) -> None:
    run(page, publish=True, target_uri="https://example.org/a", captured_at="2021-05-04T10:00+03:00")
    article = Article.objects.get(capture__received_from=str(page))
    assert article.is_public
    assert article.capture.target_uri == "https://example.org/a"
    assert article.capture.captured_at is not None


def test_bad_files_get_one_line_each_and_the_rest_goes_on(page: Path, tmp_path: Path, settings: object) -> None:
    empty, picture, wrong, huge = (tmp_path / name for name in ("empty.txt", "picture.txt", "wrong.txt", "huge.html"))
    empty.write_bytes(b"")
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    wrong.write_bytes(REPORT.encode("utf-8")[:-1] + b"\xd9")
    with huge.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    with pytest.raises(CommandError, match="4 of 6 items were refused and 1 of 6 wait in quarantine") as ended:
        run(empty, picture, wrong, huge, tmp_path / "none.txt", page)
    assert ended.value.returncode == 1
    out, err = written()
    lines = err.splitlines()
    assert len(lines) == 5
    for path, reason in zip((empty, picture, wrong, huge), ("empty", "not text", "decoded", "bytes"), strict=True):
        line = next(line for line in lines if str(path) in line)
        assert line.startswith("quarantined" if path == wrong else "refused") and reason in line
    assert "1 added, 0 unchanged, 0 refreshed, 4 refused, 1 quarantined." in out
    assert Capture.objects.filter(received_from__startswith=str(tmp_path)).count() == 2


def test_a_folder_is_read_for_text_and_html(page: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "copy.html").write_text(f"<html><body><h1>x</h1><p>{REPORT}</p></body></html>", "utf-8")
    out, err = run(tmp_path)
    assert err == f"not read   {tmp_path}/notes.doc: By its name it is of no kind that is read.\n"
    assert "2 added, 0 unchanged, 0 refreshed, 0 refused, 1 not read" in out


def test_refreshing_keeps_what_a_curator_edited(page: Path) -> None:
    from archive.curation.actions import edit

    run(page)
    article = Article.objects.get(capture__received_from=str(page))
    article.body = "changed by nobody"
    article.save()
    edit(article, {"title": "عنوان صححه أمين الأرشيف"})
    out, _err = run(page, refresh=True)
    article.refresh_from_db()
    assert "1 refreshed" in out and "kept as edited: title" in out
    assert article.title == "عنوان صححه أمين الأرشيف"
    assert article.body != "changed by nobody"


def test_refreshing_does_not_empty_what_is_public(tmp_path: Path) -> None:
    page = tmp_path / "short.html"
    page.write_text(f"<html lang=ar><h1>{REPORT.splitlines()[0]}</h1><p>بحثا العلاقات الثنائية</p></html>", "utf-8")
    run(page)
    article = Article.objects.get(capture__received_from=str(page))
    article.body = REPORT  # as earlier rules had read it
    article.save()
    assert publish(article, by=None)
    out, _err = run(page, refresh=True)
    article.refresh_from_db()
    assert article.is_public and article.body == REPORT
    assert "1 unchanged, 0 refreshed" in out and "next to no text" in out


def test_rejected_access_points_stay_rejected_when_read_again(page: Path) -> None:
    run(page)
    article = Article.objects.get(capture__received_from=str(page))
    point = article.access_points.get(record__slug="qa")
    point.state = "rejected"
    point.save()
    run(page, refresh=True)
    assert article.access_points.get(record__slug="qa").state == "rejected"


def test_an_address_belongs_to_one_page(page: Path) -> None:
    with pytest.raises(CommandError, match="one PATH"):
        run(page, page, target_uri="https://example.org/a")


def test_titles_can_be_shaped_for_plain_terminals(page: Path) -> None:
    out, _err = run(page, visual=True)
    assert "ﺮﻳﺯﻭ" in out and "وزير" not in out.replace(str(page), "")


def thin(tmp_path: Path, text: str) -> Path:
    """A page with a title and next to nothing below it."""
    path = tmp_path / "thin.html"
    path.write_text(f"<html><body><h1>مباحثات في الرباط حول النقل البحري</h1><p>{text}</p></body></html>", "utf-8")
    return path


@pytest.mark.parametrize("text", ["", "شارك الخبر", "صورة أرشيفية"])
def test_a_report_without_text_is_quarantined_and_the_line_says_why(tmp_path: Path, text: str) -> None:
    path = thin(tmp_path, text)
    with pytest.raises(CommandError, match="1 of 1 wait in quarantine"):
        run(path, publish=True)
    assert "no text of the report was found in it" in written()[1]
    assert not Article.objects.filter(capture__received_from=str(path)).exists()


def test_a_report_of_little_text_is_held_back_as_a_draft_and_the_line_says_why(tmp_path: Path) -> None:
    path = thin(tmp_path, "وقع الوزيران اتفاقية للتعاون.")
    out, _errors = run(path, publish=True)
    assert "held back as a draft: Of the report next to no text was found (4 words)." in out
    article = Article.objects.get(capture__received_from=str(path))
    assert article.status == Status.DRAFT
    assert publish(article) is False


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("saved.txt", "ãÈÇÍËÇÊ Ýí ÊæäÓ Íæá ÊÈÇÏá ÇáÓÌäÇÁ", "misread"),
    ],
)
def test_a_file_that_is_no_page_is_not_taken_in_and_that_is_said(
    tmp_path: Path, name: str, text: str, reason: str
) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    with pytest.raises(CommandError):
        run(path, publish=True)
    assert not Article.objects.filter(capture__received_from=str(path)).exists()
    assert reason in written()[1]
