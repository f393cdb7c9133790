"""WARC: every response that is HTML, with its address and the time that it was fetched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO

from fastwarc.warc import WarcRecordType

from onrecord.errors import InputError, NoPagesError
from onrecord.reading.archive import Record, broken_record, read_records
from onrecord.reading.document import Document, Found, Notice, too_large
from onrecord.reading.payload import unwrap
from onrecord.records import Warning

HTML = frozenset({"text/html", "application/xhtml+xml"})
"""Media types that are read; all others are passed over."""


def warc_documents(stream: BinaryIO, name: str, *, packed: bool, limit: int) -> Iterator[Found]:
    """The pages of a WARC, one after the other, in memory one at a time.

    A response that is a redirect or an error has no page in it; they are counted in one
    notice at the end. A WARC in which nothing else was found either is a `NoPagesError`.
    """
    passed: Counter[int] = Counter()
    empty = True
    for record in read_records(stream, name, packed=packed):
        found = _document(record, name, passed, limit) if isinstance(record, Record) else record
        if found is not None:
            yield found
            empty = empty and isinstance(found, Notice)
    if passed:
        yield _passed_over(name, passed)
    if empty:
        yield NoPagesError(
            name, "the WARC holds no HTML (a response of type text/html with a status of 200)."
        )


def _document(
    record: Record, name: str, passed: Counter[int], limit: int
) -> Document | InputError | Notice | None:
    """The page of a record; ``None`` for all that is none."""
    warc = record.warc
    if warc.record_type is not WarcRecordType.response or not warc.is_http:
        return None
    address = (warc.headers.get("WARC-Target-URI") or "").strip().strip("<>")
    place = f"{name}: {address}" if address else record.place
    try:
        warc.parse_http(quirks_mode=True)  # LF alone ends lines in what old crawlers stored.
    except OSError as error:
        record.sound = False
        return broken_record(place, f"its HTTP headers cannot be read ({error})")
    headers = warc.http_headers
    status = headers.status_code if headers is not None else None
    if headers is None or status is None:
        return broken_record(place, "it holds no HTTP response")
    media = warc.http_content_type or warc.headers.get("WARC-Identified-Payload-Type") or ""
    if media.strip().lower() not in HTML:
        return None
    if not 200 <= status < 300:
        passed[status] += 1
        return None
    if warc.content_length > limit:
        size = warc.content_length
        return too_large(place, limit, size) if record.missing() <= 0 else None
    payload = record.payload(limit)
    if len(payload) < warc.content_length:
        return None  # `read_records` tells that it is cut off, above too.
    data, cut = unwrap(
        payload,
        headers.get_multiple("Transfer-Encoding"),
        headers.get_multiple("Content-Encoding"),
        limit,
    )
    if len(data) > limit:
        return too_large(place, limit)
    date = warc.record_date
    return Document(
        name=place,
        data=data,
        kind="html",
        charset=warc.http_charset,
        url=address or None,
        fetched=date.isoformat() if date else None,
        warnings=_cut_off(cut),
    )


def _cut_off(cut: bool) -> tuple[Warning, ...]:
    if not cut:
        return ()
    message = "the page's compressed data are cut off or corrupt; what came before was read"
    return (Warning(code="page-cut-off", message=message),)


def _passed_over(name: str, passed: Counter[int]) -> Notice:
    kinds = ", ".join(f"{status}: {count}" for status, count in sorted(passed.items()))
    message = f"{passed.total()} responses of HTML are redirects or errors ({kinds})"
    return Notice(name, Warning(code="responses-passed-over", message=message))
