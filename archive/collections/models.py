"""Collections: named sets of articles with an introduction in three languages, by hand or by a saved search."""

from __future__ import annotations

from itertools import takewhile
from typing import Any, Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from archive.articles.models import Article, ArticleQuerySet
from archive.pages.addresses import path_to
from archive.pages.interface import reader_language

FIELDS: Final = (
    *("title_ar", "title_fa", "title_en", "introduction_ar", "introduction_fa", "introduction_en"),
    *("query", "is_public", "on_home", "place"),
)


class CollectionQuerySet(models.QuerySet[Any]):
    """Questions asked of collections."""

    def public(self) -> CollectionQuerySet:
        return self.filter(is_public=True)


class Collection(models.Model):
    """`slug` is permanent. `query` are the parameters of a search, `q=خلفوف&country=az`; where it is "" the articles
    were chosen by hand. Titles and introductions are NFC, paragraphs parted by an empty line; a language may be empty.
    """

    slug = models.SlugField(_("identifier"), max_length=80, unique=True, help_text=_("in its address, for ever"))
    title_ar = models.CharField(_("title in Arabic"), max_length=200, blank=True)
    title_fa = models.CharField(_("title in Persian"), max_length=200, blank=True)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    introduction_ar = models.TextField(_("introduction in Arabic"), blank=True)
    introduction_fa = models.TextField(_("introduction in Persian"), blank=True)
    introduction_en = models.TextField(_("introduction in English"), blank=True)
    query = models.CharField(
        _("saved search"),
        max_length=1000,
        blank=True,
        help_text=_("the address of a search, as copied from the browser; empty: articles are added by hand"),
    )
    is_public = models.BooleanField(_("public"), default=False, help_text=_("readers see it"))
    on_home = models.BooleanField(_("on the home page"), default=False)
    place = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)
    articles: models.ManyToManyField[Article, CollectedArticle] = models.ManyToManyField(
        Article, through="CollectedArticle", related_name="collections"
    )

    objects = CollectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("collection")
        verbose_name_plural = _("collections")
        ordering = ["place", "slug"]
        constraints = [
            models.CheckConstraint(condition=~Q(title_ar="", title_fa="", title_en=""), name="collection_has_a_title")
        ]

    def __str__(self) -> str:
        return self.title(reader_language())

    def get_absolute_url(self) -> str:
        return path_to("browse:collection", self.slug)

    def title(self, language: str) -> str:
        """In this language, else in another."""
        return self.written("title", language)[0]

    def written(self, what: str, language: str) -> tuple[str, str]:
        """The `title` or the `introduction` in this language, else in another, and in which."""
        for code in (language, "en", *dict(settings.LANGUAGES)):
            if text := getattr(self, f"{what}_{code}").strip():
                return text, code
        return "", language

    def article_keys(self) -> set[int]:
        """The articles that have this collection in the index."""
        return set(self.items.values_list("article_id", flat=True)) if self.is_public and not self.query else set()

    def public_articles(self) -> ArticleQuerySet:
        """Those that were chosen by hand and are public, in the order of the collection."""
        found: ArticleQuerySet = Article.objects.published().filter(collected__collection=self)
        return found.order_by("collected__pk")

    def state_of(self) -> dict[str, Any]:
        """All that may change of it, in values that JSON keeps; its articles by their identifiers, in order."""
        items = self.items.order_by("pk").values_list("article__identifier", flat=True)
        return {**{name: getattr(self, name) for name in FIELDS}, "articles": list(items)}

    def put_back(self, state: dict[str, Any]) -> None:
        for name in FIELDS:
            setattr(self, name, state[name])
        self.save()
        items = list(self.items.order_by("pk").values_list("pk", "article__identifier"))
        both = zip(items, state["articles"], strict=False)
        same = sum(1 for _both in takewhile(lambda pair: pair[0][1] == pair[1], both))
        self.items.filter(pk__gt=items[same - 1][0] if same else 0).delete()
        rest = state["articles"][same:]
        held = Article.objects.in_bulk(rest, field_name="identifier")
        self.add(held[identifier].pk for identifier in rest if identifier in held)

    def add(self, keys: Any) -> int:
        """Put articles at its end, in their order; how many were not in it."""
        held = set(self.items.values_list("article_id", flat=True))
        new = [key for key in dict.fromkeys(keys) if key not in held]
        CollectedArticle.objects.bulk_create(CollectedArticle(collection=self, article_id=key) for key in new)
        return len(new)

    def take_out(self, keys: Any) -> int:
        """How many of these articles were in it, and are not any more."""
        return int(self.items.filter(article_id__in=keys).delete()[0])


class CollectedArticle(models.Model):
    """An article in a collection; their order is that in which they were added."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="items")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="collected", verbose_name=_("article"))

    class Meta:
        verbose_name = _("article of a collection")
        verbose_name_plural = _("articles of a collection")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["collection", "article"], name="collected_once")]

    def __str__(self) -> str:
        return str(self.article)
