"""Plans: a stage keeps every line that describes it."""

from sources.models import Source


def test_a_stage_shows_all_its_lines(client, catalogue):
    plan = "/plans/ningbo-internationalisation-plan"
    stages = client.get(f"{plan}.json").json()["stages"]
    assert [stage["lines"] for stage in stages] == ["8; 12", "8; 24-26"]
    page = client.get(f"{plan}/").content.decode()
    assert "8; 24-26" in page
    assert Source.objects.get(slug="ningbo-plan").get_absolute_url() in page
