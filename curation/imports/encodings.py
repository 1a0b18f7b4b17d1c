"""In which encoding a file is written: what is valid UTF-8 is that; else Chinese or Western, by what is plausible."""

from __future__ import annotations

import codecs
import re

import charset_normalizer
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

UTF8, MARKED, CHINESE, WESTERN = "utf-8", "utf-8-sig", "gb18030", "cp1252"
NAMES = {
    UTF8: "UTF-8",
    MARKED: gettext_lazy("UTF-8 with a mark"),
    CHINESE: "GB18030 (GBK, GB2312)",
    WESTERN: "Windows-1252",
}
_SAMPLE = 200_000
# A pair of bytes as GB2312 has it; a lead byte with an ASCII letter is rare there, and the rule in Western texts.
_PAIR = re.compile(rb"[\xb0-\xf7\xa1-\xa9][\xa1-\xfe]")
_HIGH = re.compile(rb"[\x80-\xff]+")
# The longer marks first: that of UTF-32 begins as that of UTF-16 does.
_MARKS = {
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}
_WIDE = {"utf-32-le": "UTF-32", "utf-32-be": "UTF-32", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}
# So many in a file of another encoding are a slip, and their cells are named.
FEW_ZEROS = 2
_IN_NO_TABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


class Unreadable(Exception):
    """The file cannot be taken; its text is for the person who sent it."""


def recognise(content: bytes) -> str:
    """The most plausible of the encodings in NAMES. Raises Unreadable for what is none of them."""
    if content.startswith(b"\xef\xbb\xbf"):
        return MARKED
    if _decodes(content, UTF8):
        return UTF8
    if _is_mostly_utf8(content):
        return UTF8  # the cells that are not will be named
    chinese, western = _decodes(content, CHINESE), _decodes(content, WESTERN)
    if chinese and western:
        return CHINESE if _share_of_pairs(content) > 0.6 else WESTERN
    if chinese or western:
        return CHINESE if chinese else WESTERN
    if _share_of_pairs(content) > 0.9:
        return CHINESE
    best = charset_normalizer.from_bytes(content[:_SAMPLE]).best()
    if best is not None and best.encoding not in ("utf_8", "ascii", "gb18030", "gb2312", "gbk", "cp1252"):
        text = _("This file seems to be written in %(encoding)s. Save it as “CSV UTF-8” and send that.")
        raise Unreadable(text % {"encoding": best.encoding})
    return WESTERN


def refuse_wide(content: bytes) -> None:
    """Raises Unreadable for what is written in UTF-16 or UTF-32, with a mark or without, and says which."""
    found = next((name for mark, name in _MARKS.items() if content.startswith(mark)), "")
    sample = content[:_SAMPLE]
    if not found and sample.count(b"\0") > FEW_ZEROS:
        found = next((name for codec, name in _WIDE.items() if _is_table_in(sample, codec)), "")
    if found:
        text = _("This file is written in %(encoding)s. Save it as “CSV UTF-8” and send that.")
        raise Unreadable(text % {"encoding": found})


def _is_table_in(sample: bytes, codec: str) -> bool:
    """Whether it is lines or cells of text in an encoding without a mark; a character may be cut off at its end."""
    try:
        text = codecs.getincrementaldecoder(codec)().decode(sample)
    except UnicodeDecodeError:
        return False
    return any(each in text for each in "\n\r,;\t") and not _IN_NO_TABLE.search(text)


def decode(content: bytes, encoding: str) -> str:
    """The text. Bytes that do not belong to the encoding become lone surrogates, so that their cell can be named."""
    return content.decode(encoding, errors="surrogateescape")


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _is_mostly_utf8(content: bytes) -> bool:
    """Whether some lines hold several characters of valid UTF-8, though others are broken: encodings are mixed."""
    good = 0
    for line in content.splitlines():
        if line.isascii() or not _decodes(line, UTF8):
            continue
        wide = sum(len(char.encode()) - 1 for char in line.decode() if ord(char) > 127)
        good += wide >= 4 or (wide and not _decodes(line, CHINESE))
    return good > 0


def _share_of_pairs(content: bytes) -> float:
    runs = _HIGH.findall(content[:_SAMPLE])
    total = sum(map(len, runs))
    paired = sum(2 * len(_PAIR.findall(run)) for run in runs)
    return paired / total if total else 0.0
