"""Private links of nominations, kept out of what is written down of requests."""

import logging
import re

_LINK = re.compile(r"(/nominate/(?:confirm/)?)[\w-]{20,}")


def without_private_links(text: str) -> str:
    """A text with the secret part of each private link left out."""
    return _LINK.sub(r"\1…", text)


class WithoutPrivateLinks(logging.Filter):
    """Leaves the secret part of private links out of messages: their addresses open drafts, names and e-mails."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always true; the message is put together here, so that no part of it is missed."""
        record.msg, record.args = without_private_links(record.getMessage()), None
        return True
