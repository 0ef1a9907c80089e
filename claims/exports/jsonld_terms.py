"""The vocabulary of `jsonld`: its context, ids, and the nodes of articles and agents."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlsplit

from claims.store.rows import ArticleRow, AttributionRow

_OA = "http://www.w3.org/ns/oa#"
CONTEXT: dict[str, Any] = {
    "@version": 1.1,
    "@vocab": "https://schema.org/",
    "oa": _OA,
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "claims": "urn:claims:terms:",
    # As Web Annotation's own context has them (http://www.w3.org/ns/anno.jsonld).
    "id": "@id",
    "type": "@type",
    "Annotation": "oa:Annotation",
    "SpecificResource": "oa:SpecificResource",
    "TextPositionSelector": "oa:TextPositionSelector",
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "linking": "oa:linking",
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "body": {"@id": "oa:hasBody", "@type": "@id"},
    "target": {"@id": "oa:hasTarget", "@type": "@id"},
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": {"@id": "oa:hasSelector", "@type": "@id"},
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "prov:endedAtTime": {"@type": "xsd:dateTime"},
    "claims:since": {"@type": "xsd:date"},
}
"""Stands in the file, so that nothing is fetched to read it."""

_TYPES = {
    "person": "Person",
    "organization": "Organization",
    "government": "GovernmentOrganization",
    "media": "NewsMediaOrganization",
    "document": "CreativeWork",
}


def article_id(article: int) -> str:
    """Names an article."""
    return f"urn:claims:article:{article}"


def text_id(article: int, version: int | None = None) -> str:
    """Names the newest stored text of an article, or one before it by its version."""
    return f"urn:claims:text:{article}" + (f":{version}" if version is not None else "")


def article_of(text: str) -> int:
    """The article whose stored text a name is."""
    return int(text.split(":")[3])


def name_id(name: str, source_id: str | None = None, article: int | None = None) -> str:
    """Names a source: by the registry's id, else by its name, in one article if one is given."""
    if source_id is not None:
        return f"urn:claims:source:{quote(source_id, safe=':/')}"
    inside = f"article:{article}:" if article is not None else ""
    return f"urn:claims:name:{inside}{quote(name, safe='')}"


def agent(key: str, name: str, kind: str | None) -> dict[str, Any]:
    """Somebody who says or passes on."""
    return {"@id": key, "@type": [_TYPES.get(kind or "", "Thing"), "prov:Agent"], "name": name}


def article_node(row: AttributionRow | ArticleRow, article: int) -> dict[str, Any]:
    """The article as it was published. Only an http address is one: others may be scripts."""
    is_web = row.url is not None and urlsplit_scheme(row.url) in ("http", "https")
    node: dict[str, Any] = {
        "@id": article_id(article),
        "@type": ["NewsArticle", "prov:Entity"],
        "headline": row.title,
        "url": row.url if is_web else None,
        "datePublished": row.published_on.isoformat() if row.published_on else None,
        "publisher": row.outlet and {"@type": "NewsMediaOrganization", "name": row.outlet},
        "version": row.version,
    }
    return {key: value for key, value in node.items() if value is not None}


def urlsplit_scheme(url: str) -> str:
    """The scheme of a URL in small letters; empty where it can't be read."""
    try:
        return urlsplit(url.strip()).scheme.lower()
    except ValueError:
        return ""
