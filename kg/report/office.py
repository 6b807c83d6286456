"""Office files as packages: the same document is the same bytes, whenever and wherever made."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Final
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from kg.analysis.dates import stated_date
from kg.report.plain import clean_text

CORE: Final = "docProps/core.xml"
_CONTENT_TYPES: Final = "[Content_Types].xml"
# The earliest time that a zip can carry: no clock is read.
_TIME: Final = (1980, 1, 1, 0, 0, 0)
_LEVEL: Final = 6


def pack(data: bytes, *, replaced: Mapping[str, bytes]) -> bytes:
    """A zip file again, its entries in one order, at one time, some of them replaced.

    The list of content types comes first, as readers expect; the others are sorted.
    """
    with ZipFile(BytesIO(data)) as package:
        files = {name: package.read(name) for name in package.namelist()}
    files |= replaced
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as package:
        for name in sorted(files, key=lambda name: (name != _CONTENT_TYPES, name)):
            entry = ZipInfo(name, _TIME)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 0
            package.writestr(entry, files[name], compresslevel=_LEVEL)
    return target.getvalue()


def core_properties(*, title: str, language: str, date: str | None) -> bytes:
    """The core properties: title, language, who made it, and the day of the data, if any.

    Parameters
    ----------
    title
        Of the document.
    language
        Its tag, such as `zh-CN`.
    date
        The day by which the report was judged; without one no time is given at all.
    """
    day = stated_date(date)
    times = ""
    if day is not None:
        stamp = f"{day.end}T00:00:00Z"
        times = "".join(
            f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{stamp}</dcterms:{name}>'
            for name in ("created", "modified")
        )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        "<cp:coreProperties "
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(clean_text(title))}</dc:title><dc:creator>kg</dc:creator>"
        f"<dc:language>{language}</dc:language>{times}</cp:coreProperties>"
    ).encode()
