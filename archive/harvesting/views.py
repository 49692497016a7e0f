"""The one address of harvesters, `/oai`: each verb of OAI-PMH 2.0 as XML."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from django.conf import settings
from django.db.models import Min
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from lxml import etree  # type: ignore[import-untyped]
from lxml.builder import ElementMaker  # type: ignore[import-untyped]

from archive.articles.citing.views import as_cited
from archive.articles.models import Article, Status
from archive.harvesting.arguments import LISTING, SECOND, harvest, read
from archive.harvesting.errors import HarvestError
from archive.harvesting.formats import FORMATS, XSI
from archive.harvesting.held import IDENTIFIER, known, one, sets, sets_of, wanted
from archive.text.xml import legal

NAMESPACE: Final = "http://www.openarchives.org/OAI/2.0/"
_oai = ElementMaker(namespace=NAMESPACE, nsmap={None: NAMESPACE, "xsi": XSI})
Arguments = dict[str, str]


@csrf_exempt  # nothing is written; harvesters may send their arguments as a form
@require_http_methods(["GET", "HEAD", "POST"])
def oai(request: HttpRequest) -> HttpResponse:
    root = _oai("OAI-PMH", _oai("responseDate", timezone.now().strftime(SECOND)))
    root.set(f"{{{XSI}}}schemaLocation", f"{NAMESPACE} http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd")
    asked = _oai("request", request.build_absolute_uri(reverse("oai")))
    root.append(asked)
    try:
        verb, arguments = read(request.POST if request.method == "POST" else request.GET)
        for name, value in ({"verb": verb} | arguments).items():
            asked.set(name, legal(value))
        root.append(_oai(verb, *ANSWERS[verb](request, verb, arguments)))
    except HarvestError as error:
        if error.code in {"badVerb", "badArgument"}:
            asked.attrib.clear()
        root.append(_oai("error", error.told, code=error.code))
    body = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return HttpResponse(body, content_type="text/xml; charset=utf-8")


def _identify(request: HttpRequest, _verb: str, _arguments: Arguments) -> Iterator[Any]:
    host = request.get_host().partition(":")[0]
    mail = next((one for one in settings.SECURITY_CONTACTS if "@" in one and ":" not in one), f"postmaster@{host}")
    first = known().aggregate(first=Min("created_at"))["first"] or timezone.now()
    yield _oai("repositoryName", "Diwan")
    yield _oai("baseURL", request.build_absolute_uri(reverse("oai")))
    yield _oai("protocolVersion", "2.0")
    yield _oai("adminEmail", mail)
    yield _oai("earliestDatestamp", first.strftime(SECOND))
    yield _oai("deletedRecord", "persistent")
    yield _oai("granularity", "YYYY-MM-DDThh:mm:ssZ")


def _formats(_request: HttpRequest, _verb: str, arguments: Arguments) -> Iterator[Any]:
    if "identifier" in arguments:
        one(arguments["identifier"])
    for prefix, made in FORMATS.items():
        parts = (("metadataPrefix", prefix), ("schema", made.schema), ("metadataNamespace", made.namespace))
        yield _oai("metadataFormat", *(_oai(name, text) for name, text in parts))


def _sets(_request: HttpRequest, _verb: str, arguments: Arguments) -> Iterator[Any]:
    if "resumptionToken" in arguments:
        raise HarvestError("badResumptionToken", "The list of sets is given whole.")
    for spec, name in sets():
        yield _oai("set", _oai("setSpec", spec), _oai("setName", legal(name)))


def _record(request: HttpRequest, _verb: str, arguments: Arguments) -> Iterator[Any]:
    held = one(arguments["identifier"])
    yield _whole(request, held, _prefix(arguments["metadataPrefix"]))


def _list(request: HttpRequest, verb: str, arguments: Arguments) -> Iterator[Any]:
    asked = harvest(arguments)
    prefix = _prefix(asked.prefix)
    found, more = wanted(asked)
    for held in found:
        yield _header(held) if verb == "ListIdentifiers" else _whole(request, held, prefix)
    if more or asked.given:
        token = asked.going_on(found[-1].pk, len(found)) if more else ""
        yield _oai("resumptionToken", token, cursor=str(asked.given))


def _prefix(told: str) -> str:
    if told not in FORMATS:
        raise HarvestError("cannotDisseminateFormat", "There is no such format.")
    return told


def _whole(request: HttpRequest, held: Article, prefix: str) -> Any:
    record = _oai("record", _header(held))
    if held.status == Status.PUBLISHED:
        record.append(_oai("metadata", FORMATS[prefix].write(held, as_cited(request, held))))
    return record


def _header(held: Any) -> Any:
    """Identifier, the moment of the last change, sets; of what is public no more that it is deleted."""
    header = _oai("header", _oai("identifier", IDENTIFIER + held.identifier))
    header.append(_oai("datestamp", held.changed_at.strftime(SECOND)))
    header.extend(_oai("setSpec", spec) for spec in sets_of(held))
    if held.status != Status.PUBLISHED:
        header.set("status", "deleted")
    return header


ANSWERS: Final[dict[str, Callable[[HttpRequest, str, Arguments], Iterator[Any]]]] = {
    "Identify": _identify,
    "ListMetadataFormats": _formats,
    "ListSets": _sets,
    "GetRecord": _record,
    **dict.fromkeys(sorted(LISTING), _list),
}
