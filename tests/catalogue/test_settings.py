"""What a setting may be, and what the operator is told where it is something else."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

import serve
from catalogue.environment import Environment

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "foo"),
        ("DATABASE_URL", "foo://u:secret@h/n"),
        ("DATABASE_URL", "postgres://u:secret@h:port/n"),
        ("HTTPS", "maybe"),
        ("BEHIND_PROXY", "ye"),
        ("DEBUG", "2"),
        ("HSTS_SECONDS", "a year"),
        ("LOG_LEVEL", "loud"),
        ("EMAIL_URL", "mail.example.org"),
        ("EMAIL_URL", "smtp://"),
        ("EMAIL_URL", "imap://u:secret@h"),
        ("EMAIL_URL", "smtp://u:secret@h:port"),
    ],
)
def test_a_start_with_a_wrong_setting_ends_in_one_line_that_names_it(tmp_path, name, value):
    env = {**os.environ, "DATABASE_URL": "", "CATALOGUE_VAR": str(tmp_path), "PORT": "18764", name: value}
    ended = subprocess.run([sys.executable, ROOT / "serve.py"], env=env, capture_output=True, text=True)
    assert ended.returncode == 1
    assert ended.stdout == ""
    [line] = ended.stderr.splitlines()
    assert line.startswith(f"Stopped: a setting is not right (docs/settings.md). {name}")
    assert "secret" not in line


@pytest.mark.parametrize(("value", "means"), [("1", True), ("Yes", True), ("off", False), ("", False)])
def test_a_switch_is_yes_or_no(monkeypatch, value, means):
    monkeypatch.setenv("HTTPS", value)
    assert Environment().switch("HTTPS", default=True) is means
    monkeypatch.delenv("HTTPS")
    assert Environment().switch("HTTPS", default=True) is True


def test_other_databases_are_refused(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "mysql://u:p@h/n")
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL does not name a database"):
        Environment().database("DATABASE_URL", default="")


def test_the_start_names_the_address_of_the_operator_while_it_is_not_set(monkeypatch):
    monkeypatch.delenv("OPERATOR_EMAIL", raising=False)
    assert "operator@localhost: set OPERATOR_EMAIL" in serve.where_to_go("8000")
    monkeypatch.setenv("OPERATOR_EMAIL", "editors@example.org")
    assert "OPERATOR_EMAIL" not in serve.where_to_go("8000")
