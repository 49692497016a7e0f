"""The Haystack index of articles: which records it holds, and which fields a document has of which kind.

The engine makes its schema from these fields. Documents are not prepared here: see `search.documents`.
"""

from __future__ import annotations

from django.db.models import QuerySet
from haystack import indexes

from archive.articles.models import Article


class StreamField(indexes.CharField):
    """Terms at their positions, several at one where a word has several (see `search.documents.layers`)."""

    field_type = "stream"


class IdentifierField(indexes.CharField):
    """Identifiers separated by spaces; facets count them, labels are looked up elsewhere."""

    field_type = "identifiers"


class NumberField(indexes.IntegerField):
    """A whole number by which documents are sorted and bounded."""

    field_type = "number"


class StoredField(indexes.CharField):
    """Kept with the document and not searched."""

    field_type = "stored"


class ArticleIndex(indexes.SearchIndex, indexes.Indexable):
    text_norm = StreamField(document=True)
    text_stem = StreamField()
    text_loose = StreamField()
    text_names = StreamField()
    title_norm = StreamField()
    title_stem = StreamField()
    title_loose = StreamField()
    title_names = StreamField()
    identifier = IdentifierField()
    country = IdentifierField()
    official = IdentifierField()
    body = IdentifierField()
    meeting = IdentifierField()
    collection = IdentifierField()
    post = IdentifierField()
    concept = IdentifierField()
    source = IdentifierField()
    lang = IdentifierField()
    year = IdentifierField()
    month = IdentifierField()
    evidence = IdentifierField()
    day = NumberField()
    arrival = NumberField(indexed=False)
    digest = StoredField()

    def get_model(self) -> type[Article]:
        return Article

    def index_queryset(self, using: str | None = None) -> QuerySet[Article]:
        """Public articles alone: what is not published is in no index."""
        posts = "access_points__record__posts"
        needed = ("access_points__mentions", f"{posts}__country", f"{posts}__body")
        return Article.objects.published().described().prefetch_related(*needed).order_by("pk")

    def get_updated_field(self) -> str:
        return "updated_at"
