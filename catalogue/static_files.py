"""Addresses of static files: with a hash where they were collected, plain where they were not."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class CollectedOrPlain(CompressedManifestStaticFilesStorage):
    """The collected files, cacheable for ever; for a file that is not in their manifest its plain address.

    A fresh clone, or one brought up to date and not collected again, would otherwise fail on every page.
    """

    def stored_name(self, name: str) -> str:
        """The name the file is served under."""
        try:
            return super().stored_name(name)
        except ValueError:
            return name
