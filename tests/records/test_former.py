"""History of before there were two languages is read in that of the page, where its words were the catalogue's."""

import pytest
from django.utils.translation import override

from records.operations import Operation
from tests.factories import make_case
from tests.staff import address, curator

Kind = Operation.Kind
WORDS = [
    (Kind.BULK, "subject", "Hide selected cases (3)", "隐藏所选的案例 (3)"),
    (Kind.STATE, "subject", "Send selected cases for review (2)", "将所选的案例送审 (2)"),
    (Kind.BULK, "subject", "Set “programme” of selected cases (12)", "设置所选的案例的“项目” (12)"),
    (Kind.UNDO, "subject", "Send selected cities for review (1)", "将所选的城市送审 (1)"),
    (Kind.IMPORT, "subject", "Cities: list of 2026: new.csv", "城市: list of 2026: new.csv"),
    (Kind.IMPORT, "reason", "Rows left out: 3, 4.", "略去的行：3, 4。"),
    (Kind.IMPORT, "reason", "Their list.\nOf 2026\nRows left out: 3.", "Their list.\nOf 2026\n略去的行：3。"),
    (Kind.INBOX, "subject", "Error report 7: declined", "错误报告 7: 未采纳"),
    (Kind.INBOX, "subject", "Nomination 7: answered", "提名 7: 已答复"),
    (Kind.MERGE, "subject", "Housing, split: Care", "Housing，拆分：Care"),
]
OWN = [
    (Kind.EDIT, "subject", "Cities: list.csv"),
    (Kind.EDIT, "reason", "Rows left out: 3."),
    (Kind.IMPORT, "subject", "Notes: list.csv"),
    (Kind.BULK, "reason", "Hide selected cases (3)"),
    (Kind.BULK, "subject", "Hide selected whales (3)"),
    (Kind.EDIT, "subject", "Name"),
]


def read(kind: str, name: str, text: str) -> dict[str, str]:
    operation, found = Operation(kind=kind, **{name: text}), {}
    for code in ("en", "zh-hans"):
        with override(code):
            found[code] = operation.what if name == "subject" else operation.why
    return found


@pytest.mark.parametrize(("kind", "name", "english", "chinese"), WORDS)
def test_words_of_the_catalogue_are_read_in_either_language_whichever_was_kept(kind, name, english, chinese):
    assert read(kind, name, english) == {"en": english, "zh-hans": chinese}
    assert read(kind, name, chinese) == {"en": english, "zh-hans": chinese}


@pytest.mark.parametrize(("kind", "name", "text"), OWN)
def test_somebodys_own_words_and_names_stay(kind, name, text):
    assert read(kind, name, text) == {"en": text, "zh-hans": text}


@pytest.mark.django_db
def test_the_log_shows_them_so():
    client = curator()
    Operation.objects.create(kind=Kind.BULK, subject="Hide selected cases (3)", by="lin")
    make_case("One")
    assert "Hide selected cases (3)" in client.get(address(Operation)).content.decode()
    page = client.get(f"/zh-hans{address(Operation)}").content.decode()
    assert "隐藏所选的案例 (3)" in page and "Hide selected" not in page
