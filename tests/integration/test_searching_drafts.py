"""Curators search drafts with the readers' own search, and no reader ever meets a word of one."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from archive.articles.finding import Unanswered, article_search
from archive.articles.models import Article, Status
from archive.authorities.models import AuthorityRecord, Kind
from archive.authorities.signals import record_changed
from archive.curation import actions
from archive.curation.erasing import erase
from archive.intake.undoing import remove
from search.engine import UNPUBLISHED, engine
from search.engine.protocol import Question, SearchUnavailable
from search.indexing.comparison import compare
from search.indexing.indexes import BOTH, DESK
from search.indexing.writer import apply_all, apply_changes, ensure_index, tidy
from search.models import DraftChange, IndexChange
from search.terms import terms
from tests.conftest import ADMIN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_index")]
LIST = f"{ADMIN}articles/article/"


@pytest.fixture
def draft(five: dict[str, Article]) -> Article:
    """One of the five as a draft that was never public, as far as the index of drafts knows."""
    article = five["003"]
    actions.withdraw(article)
    Article.objects.filter(pk=article.pk).update(status=Status.DRAFT, first_published_at=None, withdrawn_at=None)
    article.refresh_from_db()
    for held in BOTH:
        apply_all(held)
    return article


def found(query: str) -> set[str]:
    return set(article_search().found(query))


@pytest.mark.parametrize(
    "query", ["بأذربيجان", "لاتفيا", "صلح و امنیت", "official:khalaf-khalafov", '"وزارة الخارجية"', "خلف*"]
)
def test_a_draft_is_found_by_whatever_finds_it_when_it_is_public(five: dict[str, Article], query: str) -> None:
    public = found(query)
    assert public
    for article in five.values():
        actions.withdraw(article)
    for held in BOTH:
        apply_all(held)
    assert engine().state().articles == 0
    assert found(query) == public


def test_the_list_leads_to_the_review_page_and_marks_what_answers(draft: Article, layla: Client) -> None:
    page = layla.get(LIST, {"q": draft.title.split()[0]}).content.decode()
    assert f"{LIST}{draft.pk}/review/" in page
    assert "<mark>" in page
    narrowed = layla.get(LIST, {"q": draft.title.split()[0], "status__exact": "published"}).content.decode()
    assert f"{LIST}{draft.pk}/review/" not in narrowed


def test_an_identifier_leads_to_its_article_and_nonsense_to_none(draft: Article, layla: Client) -> None:
    assert f"{draft.pk}/review/" in layla.get(LIST, {"q": draft.identifier}).content.decode()
    assert "/review/" not in layla.get(LIST, {"q": "qqqqzzzz"}).content.decode()


def test_who_may_not_see_articles_is_not_answered(draft: Article, ramin: Client) -> None:
    assert ramin.get(LIST, {"q": draft.title}).status_code == 302
    user = User.objects.create_user("basil", password="a long enough secret", is_staff=True)
    ramin.force_login(user)
    assert ramin.get(LIST, {"q": draft.title}).status_code == 403


def test_a_draft_that_is_edited_is_found_by_its_new_words_without_touching_the_public_log(draft: Article) -> None:
    public = IndexChange.objects.count()
    actions.edit(draft, {"body": f"{draft.body}\n\nزرزورية"})
    apply_all(DESK)
    assert found("زرزورية") == {draft.identifier}
    assert IndexChange.objects.count() == public


def test_what_is_published_leaves_the_index_of_drafts(draft: Article) -> None:
    actions.publish(draft)
    apply_all(DESK)
    assert engine(UNPUBLISHED).state().articles == 0
    actions.withdraw(draft)
    apply_all(DESK)
    assert engine(UNPUBLISHED).state().articles == 1


def test_what_is_erased_or_taken_back_is_found_by_nobody(draft: Article, five: dict[str, Article]) -> None:
    erase(draft, note="a court")
    remove(five["004"])
    for held in BOTH:
        apply_all(held)
    assert not {draft.identifier, five["004"].identifier} & found("")
    assert not engine(UNPUBLISHED).digests()


def test_a_changed_record_or_term_has_its_drafts_indexed_again(draft: Article) -> None:
    linked = AuthorityRecord.objects.filter(access_points__article=draft)
    term = next(one.concept.slug for one in terms().find(draft.body, "fa"))
    for record in (linked[0], AuthorityRecord.objects.get(kind=Kind.TERM, slug=term)):
        DraftChange.objects.all().delete()
        record_changed.send(AuthorityRecord, record=record)
        assert set(DraftChange.objects.values_list("identifier", flat=True)) == {draft.identifier}


def test_the_index_of_drafts_is_made_where_there_is_none_and_equals_the_database(draft: Article) -> None:
    assert not compare(DESK)
    with engine(UNPUBLISHED).writing() as index:
        index.condemn("another archive was restored")
    with pytest.raises(Unanswered):
        found("قطر")
    assert ensure_index(DESK)
    assert not compare(DESK)
    assert apply_changes(DESK) == 0
    tidy(DESK)


def test_without_an_answer_of_the_index_titles_are_looked_at(
    draft: Article, layla: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_question: Question) -> None:
        raise SearchUnavailable("the index is gone")

    monkeypatch.setattr(engine(UNPUBLISHED), "search", gone)
    page = layla.get(LIST, {"q": draft.title[:20]}).content.decode()
    assert "titles alone are looked at" in page
    assert f"{draft.pk}/review/" in page
