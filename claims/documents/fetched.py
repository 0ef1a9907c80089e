"""Articles that came from the network: the same readers, with the address that they came from."""

from __future__ import annotations

from claims.documents.build import Given, build
from claims.documents.decode import decode, sniff
from claims.documents.page import read_page
from claims.documents.pdf import read_pdf
from claims.records import Document, Fact


def read_fetched(
    data: bytes,
    url: str,
    *,
    form: str | None = None,
    charset: str | None = None,
    published: Fact | None = None,
) -> Document:
    """Article of a page at `url`, which stays its address whatever the page says of itself.

    `form` (`html`, `txt` or `pdf`) and `charset` are what the server said; `published` is the day
    that a feed gave, which counts where the page's own metadata has none.

    Raises:
        DocumentError: if no article can be read from it.
    """
    given = Given(url=url, page=(("published", published),) if published else ())
    form = form or sniff(data)
    if sniff(data) == "pdf" or form == "pdf":
        return read_pdf(data, url, url, given)
    if form == "html":
        return read_page(data, url, url, given, charset=charset)
    text = decode(data, url, charset=charset)
    return build(text, data, url, "txt", given, keep_origin=False)
