"""The docs say what is there, no less and no more."""

import re
from pathlib import Path

from catalogue import dictionary

ROOT = Path(__file__).resolve().parent.parent


def test_the_data_dictionary_is_up_to_date():
    assert dictionary.PATH.read_text(encoding="utf-8") == dictionary.text()


def test_every_column_is_described():
    for table in dictionary.TABLES:
        assert len(set(table.names)) == len(table.names)
        assert all(len(column.doc) > 3 for column in table.columns), table.name


def test_every_setting_read_from_the_environment_is_documented_and_no_other():
    code = (ROOT / "catalogue/settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r'env\.\w+\("([A-Z_]+)"', code))
    documented = set(
        re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs/settings.md").read_text(encoding="utf-8"), re.M)
    )
    assert documented == read


def test_every_relative_link_in_the_docs_leads_somewhere():
    missing = []
    for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]:
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", page.read_text(encoding="utf-8")):
            if not (page.parent / target).exists():
                missing.append(f"{page.relative_to(ROOT)}: {target}")
    assert not missing


def test_every_make_target_the_docs_name_exists():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]:
        named = set(re.findall(r"(?:^|`)make ([a-z-]+)", page.read_text(encoding="utf-8"), re.M))
        assert named <= targets, page


def test_staff_are_given_each_command_in_the_form_that_works_from_the_checkout():
    text = (ROOT / "docs/staff.md").read_text(encoding="utf-8")
    commands = re.findall(r"`([^`]*manage\.py[^`]*)`", text)
    assert commands
    assert [each for each in commands if not each.startswith(".venv/bin/python manage.py ")] == []
    assert re.findall(r"`(?:load_catalogue|attach_texts|export|createsuperuser)\b", text) == []
