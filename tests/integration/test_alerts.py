"""Searches followed by mail: asked for, confirmed, written, sent once by a real SMTP server, ended with one click."""

from __future__ import annotations

import datetime
import re
import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import lxml.html
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.contrib.auth.models import User
from django.core import mail, signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from archive.articles.models import Article, Status
from archive.authorities.models import AuthorityRecord, Rights
from archive.authorities.signals import record_changed
from archive.curation.actions import withdraw
from archive.work.management.commands.work import work_off
from archive.work.models import Job
from archive.work.queue import revive
from search.alerts import asking, letters, news, sending
from search.alerts.models import Alert, Asking, Follower, Letter, Rhythm
from search.engine import engine
from search.engine.protocol import SearchUnavailable
from search.models import IndexChange

pytestmark = pytest.mark.django_db
MINA = "mina@mail.example"
KHALAFOV = "q=%D8%AE%D9%84%D9%81%D9%88%D9%81"  # خلفوف
LATVIA = "country=lv"
OF_LATVIA = "3d43f546d925"  # the only report, which names Khalafov, too
HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)
State = Letter.State


@pytest.fixture(autouse=True)
def the_archive_names_itself(settings: Any) -> None:
    settings.SITE, settings.MAIL_FROM = "https://archive.example", "Diwan <diwan@archive.example>"


def asks(query: str = KHALAFOV, client: Client | None = None, address: str = MINA, **more: str) -> Any:
    form = {"address": address, "rhythm": "daily", **more}
    return (client or Client(headers={"accept-language": "en"})).post(f"{reverse('alerts:follow')}?{query}", form)


def send_all() -> list[Any]:
    """The letters that go now."""
    before = len(mail.outbox)
    sending.begin_due()
    work_off()
    return mail.outbox[before:]


def link_in(letter: Any, part: str) -> str:
    """The path of the first link in a letter that leads to a page of this kind."""
    return str(re.search(rf"https://archive\.example(/alerts/{part}/\S+)", letter.body)[1])  # type: ignore[index]


def follows(*queries: str, rhythm: str = "daily", language: str = "en") -> Follower:
    """Mina said yes to these searches two days ago; all that is published is new to her."""
    follower = Follower.objects.create(address=MINA, language=language)
    then = timezone.now() - 2 * DAY
    for query in queries:
        times = {"confirmed_at": then, "since": then, "next_at": then + DAY}
        follower.alerts.create(query=query, rhythm=rhythm, **times)
    Article.objects.update(first_published_at=timezone.now() - DAY)
    return follower


class TestAsking:
    def test_a_search_leads_to_being_followed_by_mail(self, five: object, ramin: Client) -> None:
        page = lxml.html.fromstring(ramin.get(f"/search/?{KHALAFOV}").content.decode())
        (link,) = page.xpath('//ul[contains(@class, "feeds")]//a[text()="Follow by mail"]')
        assert link.get("href") == f"/alerts/?{KHALAFOV}"
        form = ramin.get(link.get("href")).content.decode()
        assert "خلفوف" in form and 'name="address"' in form

    def test_nothing_is_sent_but_a_question_until_the_reader_says_yes(self, five: object) -> None:
        assert asks(client=Client(headers={"accept-language": "fa"})).status_code == 200
        (question,) = send_all()
        assert question.to == [MINA] and "تأیید" in question.subject
        path = link_in(question, "confirm")
        reader = Client(headers={"accept-language": "fa"})
        assert "خلفوف" in reader.get(path).content.decode()
        assert Alert.objects.get().confirmed_at is None, "programs that check mail open every link"
        assert reader.post(path).status_code == 303
        alert = Alert.objects.get()
        assert alert.confirmed_at and alert.follower.language == "fa" and alert.since <= timezone.now()

    def test_the_question_holds_no_word_of_who_asked(self, five: object) -> None:
        """Or anybody writes to strangers through the archive."""
        asks("q=Buy+now+at+spam.example", rhythm="weekly")
        (question,) = send_all()
        assert "spam" not in question.message().as_string() and "Buy" not in question.alternatives[0][0]

    def test_who_asks_is_not_told_who_follows_what(self, five: object) -> None:
        follows(KHALAFOV)
        known, new = asks(), asks(address="other@mail.example")
        assert known.status_code == new.status_code == 200
        page = known.content.decode().replace(MINA, "other@mail.example")
        assert page == new.content.decode()
        assert Alert.objects.get(follower__address=MINA).rhythm == Rhythm.DAILY

    @pytest.mark.parametrize(
        ("query", "form", "status"),
        [
            (KHALAFOV, {"address": "no address"}, 400),
            (KHALAFOV, {"address": "mina@mail.example\nBcc: all@mail.example"}, 400),
            (KHALAFOV, {"rhythm": "hourly"}, 400),
            ("q=" + "a" * 5000, {}, 400),
            ("q=%22a+b+c+d+e+f+g%22~9+x*+y*+z*", {}, 400),
            (KHALAFOV, {"website": "https://spam.example"}, 200),
        ],
    )
    def test_what_makes_no_sense_is_refused_and_sends_nothing(
        self, five: object, query: str, form: dict[str, str], status: int
    ) -> None:
        assert asks(query, **form).status_code == status
        assert not Follower.objects.exists() and not send_all()

    def test_one_mailbox_is_written_to_three_times_a_day_at_most(self, five: object) -> None:
        answers = [asks(address=f"mina+{n}@mail.example", client=from_network(n)).status_code for n in range(5)]
        assert answers == [200, 200, 200, 429, 429]
        assert len(send_all()) == 3
        Asking.objects.update(at=timezone.now() - DAY - HOUR)
        assert asks().status_code == 200

    def test_one_network_asks_so_many_times_an_hour(self, five: object, settings: Any) -> None:
        settings.ALERTS_PER_HOUR = 2
        answers = [asks(address=f"{n}@mail.example").status_code for n in range(3)]
        assert answers == [200, 200, 429]
        assert asks(client=from_network(7)).status_code == 200

    def test_all_networks_together_ask_no_more_than_may_wait_for_a_yes(self, five: object, settings: Any) -> None:
        settings.ALERTS_UNCONFIRMED = 2
        answers = [asks(address=f"{n}@mail.example", client=from_network(n)).status_code for n in range(3)]
        assert answers == [200, 200, 429]

    def test_no_address_stands_where_requests_are_counted(self, five: object) -> None:
        asks()
        assert all(re.fullmatch("[0-9a-f]{64}", one.trace) for one in Asking.objects.all())

    def test_without_a_yes_the_address_is_forgotten(self, five: object) -> None:
        asks()
        (question,) = send_all()
        Alert.objects.update(asked_at=timezone.now() - 4 * DAY)
        send_all()
        assert not Follower.objects.exists() and not Letter.objects.exists()
        assert Client().get(link_in(question, "confirm")).status_code == 404

    def test_a_link_is_good_for_three_days(self, five: object, monkeypatch: pytest.MonkeyPatch) -> None:
        asks()
        (question,) = send_all()
        later = signing.time.time() + 4 * 24 * 3600
        monkeypatch.setattr(signing.time, "time", lambda: later)
        assert Client().post(link_in(question, "confirm")).status_code == 404
        assert Client().post("/alerts/confirm/made-up/").status_code == 404

    def test_an_address_follows_so_many_searches(self, five: object, settings: Any) -> None:
        settings.ALERTS_PER_ADDRESS = 1
        follows(LATVIA)
        asks()
        (question,) = [one for one in send_all() if "confirm" in one.body]
        assert Client().post(link_in(question, "confirm")).status_code == 409
        assert Alert.objects.filter(confirmed_at__isnull=False).count() == 1

    def test_where_no_mail_is_sent_nothing_leads_to_it(self, five: object, settings: Any, ramin: Client) -> None:
        settings.ALERTS = False
        assert "/alerts/" not in ramin.get(f"/search/?{KHALAFOV}").content.decode()
        assert asks().status_code == 404 and not sending.begin_due()


def from_network(number: int) -> Client:
    return Client(headers={"accept-language": "en"}, REMOTE_ADDR=f"192.0.2.{number + 1}")


class TestEnding:
    def test_the_button_of_mail_programs_ends_all_of_it(self, five: object) -> None:
        """As RFC 8058 wants it: no cookie, no page before, no other step, and again the same answer."""
        follows(KHALAFOV, LATVIA)
        (letter,) = send_all()
        assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        ending = letter.extra_headers["List-Unsubscribe"].strip("<>").removeprefix("https://archive.example")
        for _time in range(2):
            answer = Client(enforce_csrf_checks=True).post(ending, {"List-Unsubscribe": "One-Click"})
            assert answer.status_code == 200
        assert not Follower.objects.exists() and not Alert.objects.exists() and not Letter.objects.exists()

    def test_opening_the_link_ends_nothing_and_its_button_does(self, five: object, ramin: Client) -> None:
        follower = follows(KHALAFOV)
        path = reverse("alerts:mine", args=[follower.key])
        page = ramin.get(path)
        assert "خلفوف" in page.content.decode() and page.headers["Referrer-Policy"] == "same-origin"
        assert Follower.objects.exists()
        assert ramin.post(path, {"all": "end"}).status_code == 200
        assert not Follower.objects.exists() and ramin.get(path).status_code == 404

    def test_one_search_is_ended_and_the_last_one_takes_the_address_along(self, five: object, ramin: Client) -> None:
        follower = follows(KHALAFOV, LATVIA)
        first, second = follower.alerts.all()
        path = reverse("alerts:mine", args=[follower.key])
        assert ramin.post(path, {"end": first.pk}).status_code == 303
        assert list(follower.alerts.all()) == [second]
        assert ramin.post(path, {"end": first.pk}).status_code == 303, "twice, and the other one stays"
        assert ramin.post(path, {"end": second.pk}).status_code == 200 and not Follower.objects.exists()

    def test_who_wants_no_more_questions_gets_none(self, five: object, ramin: Client) -> None:
        asks()
        (question,) = send_all()
        ramin.post(link_in(question, "mine"), {"all": "good"})
        assert asks(address="mina+news@mail.example").status_code == 200
        assert not send_all() and not Follower.objects.exists()

    def test_an_administrator_sees_who_follows_and_deletes_an_address(self, five: object) -> None:
        follower = follows(KHALAFOV, LATVIA)
        send_all()
        admin = Client()
        admin.force_login(User.objects.create_superuser("salma", password="a long enough secret"))
        assert MINA in admin.get(reverse("admin:alerts_follower_changelist")).content.decode()
        page = admin.get(reverse("admin:alerts_follower_change", args=[follower.pk])).content.decode()
        assert "خلفوف" in page
        form = {"action": "forget_selected", "_selected_action": follower.pk}
        admin.post(reverse("admin:alerts_follower_changelist"), form)
        assert not Follower.objects.exists()


class TestNews:
    def test_one_letter_tells_what_is_new_of_all_searches(self, five: object) -> None:
        follows(KHALAFOV, LATVIA)
        (letter,) = send_all()
        assert letter.body.count("\n== ") == 2 and "== خلفوف ==" in letter.body
        report = Article.objects.get(identifier=OF_LATVIA)
        assert report.title in letter.body and f"https://archive.example/articles/{OF_LATVIA}/" in letter.body
        assert report.title in letter.alternatives[0][0]
        assert not send_all(), "the same day"

    def test_of_nothing_new_nothing_is_said(self, five: object) -> None:
        follows("q=nothing")
        assert not send_all()
        assert Alert.objects.get().next_at > timezone.now()

    def test_what_was_told_is_not_told_again(self, five: object) -> None:
        follows(LATVIA)
        assert len(send_all()) == 1
        a_day_later()
        assert not send_all()
        Article.objects.filter(identifier=OF_LATVIA).update(first_published_at=timezone.now() - HOUR)
        Alert.objects.update(since=timezone.now() - 2 * HOUR)
        a_day_later()
        assert len(send_all()) == 1

    def test_what_the_index_does_not_have_yet_is_told_the_next_time(self, five: object) -> None:
        follower = follows(LATVIA)
        change = IndexChange.objects.create(identifier=OF_LATVIA)
        IndexChange.objects.update(recorded_at=timezone.now() - DAY - HOUR)
        assert not send_all()
        change.delete()
        follower.alerts.update(next_at=timezone.now() - HOUR)
        a_day_later()
        assert len(send_all()) == 1

    def test_a_search_that_cannot_answer_is_asked_again(self, five: object, monkeypatch: pytest.MonkeyPatch) -> None:
        follows(LATVIA)

        def unavailable(*_asked: object) -> None:
            raise SearchUnavailable("the index is being built")

        with monkeypatch.context() as broken:
            broken.setattr(engine(), "search", unavailable)
            assert not send_all() and Job.objects.get().state == Job.State.DONE
        Follower.objects.update(looked_at=timezone.now() - HOUR)
        assert len(send_all()) == 1

    def test_weekly_letters_come_on_saturdays_at_the_same_hour(self, settings: Any) -> None:
        settings.ALERTS_HOUR = 4
        monday = datetime.datetime(2026, 11, 30, 9, 30, tzinfo=datetime.UTC)
        assert asking.next_at(Rhythm.DAILY, monday).isoformat() == "2026-12-01T04:00:00+00:00"
        assert asking.next_at(Rhythm.WEEKLY, monday).isoformat() == "2026-12-05T04:00:00+00:00"

    def test_what_is_withdrawn_before_the_letter_goes_is_not_in_it(self, five: dict[str, Article]) -> None:
        news.write(follows(LATVIA))
        withdraw(Article.objects.get(identifier=OF_LATVIA))
        assert not send_all() and not Letter.objects.exists()

    def test_drafts_are_in_no_letter(self, five: dict[str, Article]) -> None:
        follower = follows(LATVIA)
        Article.objects.filter(identifier=OF_LATVIA).update(status=Status.DRAFT)
        assert news.write(follower) is None

    @pytest.mark.parametrize(
        ("rights", "told"), [(Rights.WHOLE, (1, 20)), (Rights.EXCERPT, (1,)), (Rights.DESCRIPTION, ())]
    )
    def test_no_more_of_a_text_leaves_than_its_source_allows(
        self, five: object, rights: str, told: tuple[int, ...]
    ) -> None:
        held = Article.objects.select_related("source").get(identifier=OF_LATVIA)
        Article.objects.filter(pk=held.pk).update(body=" ".join(f"كلمة{number}" for number in range(60)))
        AuthorityRecord.objects.filter(pk=held.source_id).update(rights_bulk=rights)
        record_changed.send(AuthorityRecord, record=held.source)
        IndexChange.objects.all().delete()
        follows(LATVIA)
        (letter,) = send_all()
        for part in (letter.body, letter.alternatives[0][0]):
            assert held.title in part
            assert tuple(number for number in (1, 20) if f"كلمة{number} " in part) == told

    @pytest.mark.parametrize(("language", "way"), [("ar", "rtl"), ("fa", "rtl"), ("en", "ltr")])
    def test_both_parts_are_in_the_readers_language_and_direction(self, five: object, language: str, way: str) -> None:
        follows(KHALAFOV, language=language)
        (letter,) = send_all()
        page = lxml.html.fromstring(letter.alternatives[0][0])
        assert (page.get("lang"), page.get("dir")) == (language, way)
        assert letter.extra_headers["Content-Language"] == language
        assert page.xpath('//bdi[text()="AzVision"]/following-sibling::bdi'), "a Latin name and a date stay apart"
        lines = [line for line in letter.body.splitlines() if line and not line.startswith("http")]
        assert all(line.startswith("\u200f") == (way == "rtl") for line in lines)
        assert ("Diwan" in letter.subject) == (language == "en")

    def test_who_opens_a_letter_tells_nobody(self, five: object) -> None:
        follows(LATVIA)
        (letter,) = send_all()
        page = lxml.html.fromstring(letter.alternatives[0][0])
        assert not page.xpath("//img | //script | //link | //iframe | //*[@src or @background]")
        assert "url(" not in letter.alternatives[0][0]
        key = Follower.objects.get().key
        assert not [link for link in page.xpath("//a/@href") if key in link and "/alerts/mine/" not in link]


def a_day_later() -> None:
    Alert.objects.update(next_at=timezone.now() - HOUR)
    Follower.objects.update(looked_at=None)


class MailServer:
    """What a real SMTP server on loopback was given; `answer` is what it says to the end of a letter."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.answer = "250 taken"
        self.of_reader = "250 OK"

    async def handle_RCPT(  # noqa: N802 - the name that aiosmtpd calls
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.of_reader.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.of_reader

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        if self.answer == "":
            self.taken.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
            server.transport.close()  # taken, and the line is dead before the answer
        if self.answer.startswith("250"):
            self.taken.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return self.answer or "250 taken"


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    held = MailServer()
    with socket.create_server(("127.0.0.1", 0)) as free:
        settings.EMAIL_HOST, settings.EMAIL_PORT = free.getsockname()
    controller = Controller(held, hostname=settings.EMAIL_HOST, port=settings.EMAIL_PORT)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    yield held
    controller.stop()


class Killed(BaseException):
    """As SIGKILL: nothing is told to anybody, and no handler of errors sees it."""


class TestSending:
    def test_a_mail_server_is_given_a_whole_letter(self, five: object, server: MailServer) -> None:
        follows(KHALAFOV, language="fa")
        send_all()
        (letter,) = server.taken
        assert letter["To"] == MINA and letter["From"] == "Diwan <diwan@archive.example>"
        assert letter["Message-ID"] == Letter.objects.get().message_id
        assert letter["List-Unsubscribe"].strip().startswith("<https://archive.example/alerts/mine/")
        plain, html = letter.iter_parts()
        assert (plain.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
        assert "خلفوف" in plain.get_content() and 'dir="rtl"' in html.get_content()
        assert (Letter.objects.get().state, Job.objects.get().outcome) == (State.SENT, {"sent": 1})

    @pytest.mark.parametrize(
        ("place", "name", "behind", "taken"),
        [
            (sending, "write", False, 1),  # before what is new is looked for
            (sending, "write", True, 1),  # after the letter was noted
            (sending, "message", False, 1),  # before it was written out
            (sending, "message", True, 1),
            (sending, "_handed_over", False, 0),  # marked as handed over, and not yet: nobody can tell it from the next
            (letters.EmailMultiAlternatives, "send", True, 1),  # the server has it, the archive does not know
            (sending, "_handed_over", True, 1),  # before the job knows
        ],
    )
    def test_a_kill_at_any_step_has_no_letter_sent_twice(
        self,
        five: object,
        server: MailServer,
        monkeypatch: pytest.MonkeyPatch,
        place: Any,
        name: str,
        behind: bool,
        taken: int,
    ) -> None:
        follows(KHALAFOV)
        whole = getattr(place, name)

        def killed(*arguments: Any, **named: Any) -> None:
            if behind:
                whole(*arguments, **named)
            raise Killed

        sending.begin_due()
        job = Job.objects.get()
        with monkeypatch.context() as dying:
            dying.setattr(place, name, killed)
            with pytest.raises(Killed):
                list(map(sending.step, [job, job]))
        for _time in range(2):
            Follower.objects.update(looked_at=None)
            Letter.objects.update(not_before=timezone.now())
            revive()
            send_all()
        assert len(server.taken) == taken
        assert {one["Message-ID"] for one in server.taken} <= {Letter.objects.get().message_id}

    def test_a_line_that_dies_with_the_answer_is_not_tried_again(self, five: object, server: MailServer) -> None:
        follows(KHALAFOV)
        server.answer = ""
        for _time in range(2):
            Letter.objects.update(not_before=timezone.now())
            send_all()
        assert len(server.taken) == 1
        assert Letter.objects.get().state == State.HANDED and Letter.objects.get().error

    def test_who_says_later_is_asked_later_with_the_same_message_id(self, five: object, server: MailServer) -> None:
        follows(KHALAFOV)
        server.answer = "451 try again later"
        send_all()
        letter = Letter.objects.get()
        assert letter.state == State.WAITING and letter.not_before > timezone.now() and "451" in letter.error
        server.answer = "250 taken"
        send_all()
        assert not server.taken
        Letter.objects.update(not_before=timezone.now())
        send_all()
        assert [one["Message-ID"] for one in server.taken] == [letter.message_id]

    def test_an_address_that_is_refused_three_times_is_written_to_no_more(
        self, five: object, server: MailServer
    ) -> None:
        follower = follows(KHALAFOV)
        server.of_reader = "550 no such mailbox"
        for _day in range(4):
            Alert.objects.update(since=timezone.now() - 2 * DAY)
            a_day_later()
            send_all()
        follower.refresh_from_db()
        assert follower.refused == 3 and follower.letters.filter(state=State.REFUSED).count() == 3

    def test_a_server_that_is_not_there_costs_no_letter(self, five: object, settings: Any) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
        follows(KHALAFOV)
        sending.begin_due()
        job = Job.objects.get()
        assert sending.step(job) is True
        for _time in range(20):
            Letter.objects.update(not_before=timezone.now())
            assert sending.step(job) == sending.SERVER_REST
        assert Letter.objects.get().state == State.WAITING and Letter.objects.get().error

    def test_a_letter_that_cannot_be_written_keeps_no_other_waiting(
        self, five: object, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        follows(KHALAFOV)
        send_all()
        broken = Follower.objects.get().letters.create(kind=Letter.Kind.NEWS, contents={})
        asks(address="other@mail.example")
        broken.not_before = timezone.now() - HOUR
        broken.save()
        Letter.objects.filter(kind=Letter.Kind.CONFIRM).update(kind=Letter.Kind.CONFIRM)
        send_all()
        assert [one.to for one in mail.outbox[1:]] == [["other@mail.example"]]
        broken.refresh_from_db()
        assert broken.not_before > timezone.now()
