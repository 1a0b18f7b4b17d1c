"""Attaching full texts: known by checksum, all or nothing, twice the same as once."""

import hashlib
import shutil

import pytest
from django.core.management import CommandError, call_command

from sources.models import Source, SourceText
from sources.reading.accounting import line_hash

pytestmark = pytest.mark.django_db

TEXT = "Title\n\nA first line of our own.\nA second one, with 3 numbers.\nA third.\n"


@pytest.fixture
def source():
    return Source.objects.create(
        slug="own", kind="plan", title="Own", sha256=hashlib.sha256(TEXT.encode()).hexdigest(), line_count=6
    )


def said(capsys, *arguments, **options):
    call_command("attach_texts", *arguments, **options)
    return capsys.readouterr().out


def test_a_text_is_known_by_its_checksum_whatever_its_name(source, tmp_path, capsys):
    (tmp_path / "whatever.bin").write_text(TEXT)
    (tmp_path / "another.txt").write_text("Nothing of ours.")
    (tmp_path / "copy.txt").write_text(TEXT)
    said_first = said(capsys, tmp_path)
    assert "attached: own (copy.txt)" in said_first
    assert "whatever.bin is own once more" in said_first
    assert "another.txt is no source" in said_first
    assert SourceText.objects.get().text == TEXT


def test_attaching_twice_changes_nothing(source, tmp_path, capsys):
    (tmp_path / "a").write_text(TEXT)
    said(capsys, tmp_path)
    before = SourceText.objects.get().attached_at
    assert "already attached: own (a)" in said(capsys, tmp_path)
    assert SourceText.objects.get().attached_at == before


def test_a_text_of_an_earlier_checksum_is_replaced(source, tmp_path, capsys):
    SourceText.objects.create(source=source, text="an earlier text")
    (tmp_path / "a").write_text(TEXT)
    assert "replaced: own (a)" in said(capsys, tmp_path)
    assert SourceText.objects.get().text == TEXT


def test_all_are_detached(source, tmp_path, capsys):
    (tmp_path / "a").write_text(TEXT)
    said(capsys, tmp_path)
    assert said(capsys, remove=True) == "Detached 1 texts.\n"
    assert not SourceText.objects.exists()


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"Something else.", TEXT.encode()[:-1]])
def test_a_folder_without_any_text_of_a_source_is_refused(source, tmp_path, content):
    (tmp_path / "a.txt").write_bytes(content)
    with pytest.raises(CommandError, match=r"a\.txt"):
        call_command("attach_texts", tmp_path)
    assert not SourceText.objects.exists()


def test_a_folder_that_cannot_be_read_is_refused(source, tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("attach_texts", tmp_path / "nowhere")


def test_without_sources_the_operator_is_told_what_to_do(tmp_path):
    with pytest.raises(CommandError, match="load_catalogue"):
        call_command("attach_texts", tmp_path)


@pytest.mark.parametrize("options", [{}, {"remove": True}])
def test_a_folder_or_remove_but_not_both(tmp_path, options):
    arguments = [tmp_path] if options else []
    with pytest.raises(CommandError, match="Name the folder"):
        call_command("attach_texts", *arguments, **options)


@pytest.mark.usefixtures("catalogue")
class TestWithTheRecordedSources:
    """A changed or cut copy of a source that was read is told by the line checksums."""

    @pytest.fixture
    def recorded(self, monkeypatch):
        """The line checksums say that a text of ours is the plan."""
        entries = [
            {"line": number, "hash": line_hash(line)}
            for number, line in enumerate(TEXT.split("\n"), 1)
            if line
        ]
        lines = {"lines": entries}
        for module in ("sources.attaching", "sources.reading.folder"):
            monkeypatch.setattr(
                f"{module}.load_lines", lambda slug, data: lines if slug == "ningbo-plan" else None
            )
        declaration = Source.objects.get(slug="ningbo-initiative")
        declaration.sha256 = hashlib.sha256(b"whole").hexdigest()
        declaration.save()

    @pytest.mark.parametrize(("old", "new"), [("second one", "second two"), ("A third.\n", "")])
    def test_a_changed_copy_stops_everything(self, recorded, tmp_path, old, new):
        (tmp_path / "a-whole.txt").write_bytes(b"whole")
        (tmp_path / "plan.txt").write_text(TEXT.replace(old, new))
        with pytest.raises(CommandError, match=r"plan\.txt is not ningbo-plan as it was read") as caught:
            call_command("attach_texts", tmp_path)
        assert "Nothing was attached" in str(caught.value)
        assert not SourceText.objects.exists()


@pytest.mark.needs_sources
@pytest.mark.usefixtures("catalogue")
def test_the_real_texts(sources_dir, tmp_path, capsys):
    assert said(capsys, sources_dir).count("attached:") == 5
    assert {len(each.text.split("\n")) == each.source.line_count for each in SourceText.objects.all()} == {
        True
    }


def test_readers_see_the_attached_texts_but_not_one_whose_rights_are_reserved(client, catalogue):
    for source in Source.objects.exclude(sha256=""):
        SourceText.objects.create(source=source, text=f"The very words of {source.slug}.")
        shown = f"The very words of {source.slug}." in client.get(f"/sources/{source.slug}/").content.decode()
        assert shown == (source.slug != "alliance-launch"), source.slug


def test_staff_see_every_attached_text(admin_client, catalogue):
    source = Source.objects.get(slug="alliance-launch")
    SourceText.objects.create(source=source, text="The very words.")
    page = admin_client.get(f"/admin/sources/sourcetext/{source.attached_text.pk}/change/")
    assert "The very words." in page.content.decode()


@pytest.mark.needs_sources
def test_an_empty_file_attaches_nothing(catalogue, sources_dir, tmp_path):
    folder = shutil.copytree(sources_dir, tmp_path / "texts")
    sorted(folder.iterdir())[0].write_bytes(b"")
    with pytest.raises(CommandError, match=r"is empty.*Nothing was attached"):
        call_command("attach_texts", str(folder))
    assert not SourceText.objects.exists()
