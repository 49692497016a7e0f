"""Records of the authority file as SKOS in JSON-LD: concepts with labels for others, and the whole record for us.

Each record is a `skos:Concept` with one preferred label for a language, others, hidden ones (found, never shown), exact
matches at Wikidata and VIAF, and what it is narrower than. Beside them stands what SKOS has no words for: the forms
with who said them, the posts, the relations. What others wrote in SKOS, without these, is read by its labels.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.utils.translation import gettext as _

from archive.authorities.exchanged import PARTS, RECORD, NotAFile, ReadRecords, Told
from archive.authorities.gazetteer.kinds import FormStatus, NameUse, RelationKind
from archive.authorities.terms import FORMS

OWN: Final = "urn:diwan:"
CONTEXT: Final = {
    "@version": 1.1,
    "@base": OWN,
    "@vocab": f"{OWN}terms:",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    **{label: {"@id": f"skos:{label}", "@container": "@language"} for label, _form, _use in FORMS},
    **{name: {"@id": f"skos:{name}", "@type": "@id"} for name in ("exactMatch", "broader", "inScheme")},
    "slug": "skos:notation",
    "note": "skos:note",
    **{name: {"@container": "@list"} for name in ("names", "posts", "relations")},
}
SCHEME: Final = f"{OWN}authorities"
_AT: Final = (("wikidata", "http://www.wikidata.org/entity/"), ("viaf", "https://viaf.org/viaf/"))
_HIDDEN: Final = (NameUse.HIDDEN, NameUse.MISSPELLING)
_ADDRESSES: Final = (NameUse.DOMAIN, NameUse.FEED)
_RANK: Final = (FormStatus.AUTHORIZED, FormStatus.PARALLEL, FormStatus.VARIANT)


def written(records: Iterable[Told]) -> Iterator[str]:
    """The document in pieces, a concept a line."""
    yield f'{{"@context": {json.dumps(CONTEXT)},\n"@graph": [\n'
    yield json.dumps({"@id": SCHEME, "@type": "skos:ConceptScheme"})
    for one in records:
        yield f",\n{json.dumps(_concept(one), ensure_ascii=False)}"
    yield "\n]}\n"


def _concept(one: Told) -> dict[str, Any]:
    relations = one["relations"]
    more = {
        **_labels(one["names"]),
        "exactMatch": [before + one[name] for name, before in _AT if one[name]],
        "broader": [_id(*row["other"]) for row in relations if row["kind"] == RelationKind.BROADER],
    }
    return {
        "@id": _id(one["kind"], one["slug"]),
        "@type": "skos:Concept",
        "inScheme": SCHEME,
        **{name: value for name, value in more.items() if value},
        **{name: one[name] for name in ("kind", "slug", *RECORD) if one.get(name)},
        "names": one["names"],
        "posts": one["posts"],
        "relations": [row | {"other": "/".join(row["other"])} for row in relations],
    }


def _id(kind: str, slug: str) -> str:
    return f"{OWN}{kind}:{slug}"


def _labels(names: Iterable[Told]) -> dict[str, dict[str, Any]]:
    """One preferred label for a language; no label is of two sorts."""
    preferred: dict[str, str] = {}
    others: dict[str, dict[str, list[str]]] = {"altLabel": {}, "hiddenLabel": {}}
    shown = [name for name in names if name["use"] not in _ADDRESSES]
    told: set[tuple[str, str]] = set()
    for name in sorted(shown, key=lambda name: (name["use"] in _HIDDEN, _RANK.index(name["form"]))):
        text, language = name["text"], name["language"]
        if (text, language) in told:
            continue
        told.add((text, language))
        if name["use"] in _HIDDEN:
            others["hiddenLabel"].setdefault(language, []).append(text)
        elif name["form"] != FormStatus.VARIANT and language not in preferred:
            preferred[language] = text
        else:
            others["altLabel"].setdefault(language, []).append(text)
    return {"prefLabel": preferred, **others}


def read_skos(text: str) -> ReadRecords:
    """Records of a document; NotAFile where it is none."""
    try:
        graph = json.loads(text)["@graph"]
        concepts = [one for one in graph if one.get("@type") not in ("skos:ConceptScheme", [])]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NotAFile(_("This is no JSON-LD with a list of concepts: %(error)s.") % {"error": repr(error)}) from error
    read = ReadRecords()
    told: set[tuple[Any, Any]] = set()
    for place, concept in enumerate(concepts, start=1):
        try:
            one = _record(concept) | {"line": place}
            is_twice = (one["kind"], one["slug"]) in told
            told.add((one["kind"], one["slug"]))
        except (AttributeError, TypeError, ValueError, KeyError):
            read.refuse(place, _("This is no concept as the archive writes one."))
            continue
        if is_twice:
            read.refuse(place, _("This record stands in the file twice."))
        else:
            read.records.append(one)
    return read


def _record(concept: dict[str, Any]) -> Told:
    """A concept as a told record; AttributeError, TypeError, ValueError or KeyError where it is none."""
    kind, slug = concept.get("kind"), concept.get("slug")
    if not (kind and slug):  # others name a concept by its address alone
        kind, slug = concept["@id"].removeprefix(OWN).split(":")
    one: Told = {"kind": kind, "slug": slug, **{name: concept.get(name, "") for name in RECORD}}
    one["is_proposed"] = concept.get("is_proposed", False)
    matches = concept.get("exactMatch", [])
    for match in [matches] if isinstance(matches, str) else matches:
        for name, before in _AT:
            one[name] = one[name] or (match.removeprefix(before) if match.startswith(before) else "")
    for part, fields in PARTS.items():
        rows = concept.get(f"{part}s", [])
        one[f"{part}s"] = [{name: row.get(name, "") for name in fields} for row in rows]
    for post in one["posts"]:
        post.update({name: post[name] or None for name in ("country", "body")}, verified=post["verified"] or False)
    for relation in one["relations"]:
        relation["other"] = relation["other"].split("/", 1)
    if "names" not in concept:
        one["names"] = list(_names(concept))
    return one


def _names(concept: dict[str, Any]) -> Iterator[Told]:
    for label, form, use in FORMS:
        for language, texts in concept.get(label, {}).items():
            for text in [texts] if isinstance(texts, str) else texts:
                told = {"text": text, "language": language, "form": form.value, "use": use.value}
                yield told | {"source": concept.get("@id", "")}
