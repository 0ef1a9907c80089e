"""PDF files with a text layer, by pypdf."""

from __future__ import annotations

import io
import logging

from claims.documents.build import Given, build
from claims.errors import DocumentError
from claims.records import Document
from claims.settings import settings


def read_pdf(data: bytes, name: str, where: str, given: Given) -> Document:
    """Article of a PDF. The stored text is that of its pages, an empty line between them.

    Lines stay as they are set; the labeller joins them into paragraphs.

    Raises:
        DocumentError: if the file is damaged, needs a password, or has no text layer.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.ERROR)
    pages: list[str] = []
    encrypted, size = False, 0
    try:
        reader = PdfReader(io.BytesIO(data))
        encrypted = reader.is_encrypted and not reader.decrypt("")
        for page in () if encrypted else reader.pages:
            pages.append(page.extract_text().strip())
            size += len(pages[-1])
            if size > settings().max_text_chars:
                break
    except Exception as error:  # damaged files fail in any part of the parser
        what = str(error) if isinstance(error, PyPdfError) else type(error).__name__
        raise DocumentError(
            f"{where}: can't be read as PDF ({what})",
            repair="open it in a viewer and print it to a new PDF",
        ) from error
    if encrypted:
        raise DocumentError(
            f"{where}: is encrypted and needs a password",
            repair="save it without a password (qpdf --decrypt --password=… FILE NEW)",
        )
    text = "\n\n".join(page for page in pages if page)
    if not any(c.isalpha() for c in text):
        raise DocumentError(
            f"{where}: has no text layer, only images",
            repair="run character recognition on it first (ocrmypdf FILE NEW)",
        )
    # Fonts without a character map yield NUL for what they can't name; it stands for no letter.
    text = text.replace("\x00", "�")
    return build(text, data, name, "pdf", given, where=where, keep_origin=False)
