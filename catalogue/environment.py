"""Reading settings from the environment: what is not understood is refused in one line, never taken for a default."""

import warnings
from collections.abc import Sequence

import environ
from django.core.exceptions import ImproperlyConfigured

YES = ("1", "true", "yes", "on", "y", "t", "ok")
NO = ("0", "false", "no", "off", "n", "f", "")
ENGINES = ("sqlite3", "postgresql")
MAILS = ("consolemail", "smtp", "smtps", "smtp+tls", "smtp+ssl")


class Environment(environ.Env):
    """The environment, with refusals that name the setting and what it may be."""

    def switch(self, name: str, default: bool) -> bool:
        """Yes or no. Anything else could be a misspelt yes, and no would quietly be the less secure choice."""
        value = self.str(name, default="yes" if default else "no").strip()
        if value.lower() not in (*YES, *NO):
            raise ImproperlyConfigured(f"{name}={value} is neither yes nor no: write 1 or 0.")
        return value.lower() in YES

    def number(self, name: str, default: int) -> int:
        value = self.str(name, default="").strip()
        if value and not value.isdecimal():
            raise ImproperlyConfigured(f"{name}={value} is not a number of seconds: write digits only.")
        return int(value) if value else default

    def choice(self, name: str, known: Sequence[str], default: str) -> str:
        value = self.str(name, default="").strip().upper() or default
        if value not in known:
            raise ImproperlyConfigured(f"{name}={value} is not known: choose one of {', '.join(known)}.")
        return value

    def database(self, name: str, default: str) -> dict:
        """The database that an address names. The address is not repeated: it may hold a password."""
        try:
            # Its warning would repeat the address, and say no more than the refusal below.
            with warnings.catch_warnings(action="ignore"):
                config = self.db_url_config(self.str(name, default="").strip() or default)
        except (ValueError, KeyError, ImproperlyConfigured):
            config = {}
        if not config.get("ENGINE", "").endswith(ENGINES):
            raise ImproperlyConfigured(
                f"{name} does not name a database: write it as postgres://user:password@host:port/name, "
                "or leave it empty for SQLite."
            )
        return config

    def mail(self, name: str, default: str) -> dict:
        """The mail server that an address names, as Django's settings. The address is not repeated, as above."""
        address = self.str(name, default="").strip() or default
        try:
            config = self.email_url_config(address)
            config["EMAIL_PORT"] = int(config.get("EMAIL_PORT") or 25)
            is_known = address.partition("://")[0] in MAILS
            is_known = is_known and (address == default or bool(config.get("EMAIL_HOST")))
        except (ValueError, KeyError, ImproperlyConfigured):
            is_known = False
        if not is_known:
            raise ImproperlyConfigured(
                f"{name} does not name a mail server: write it as smtp+tls://user:password@host:port, "
                "or leave it empty to have mails printed."
            )
        return {key: value for key, value in config.items() if key.startswith("EMAIL_")}
