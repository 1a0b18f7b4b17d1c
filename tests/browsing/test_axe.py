"""Every kind of page, in every state, as axe-core judges it: both languages, both colour schemes, two widths."""

from pathlib import Path

import axe_playwright_python as axe
import pytest

from tests.browsing import places

SCRIPT = (Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
# A target large enough for a finger is asked by WCAG 2.2, and by Lighthouse, but not by axe-core unless told to.
JUDGED = """() => axe.run(document, {resultTypes: ["violations"], rules: {"target-size": {enabled: true}}}).then(
  (found) => found.violations.flatMap((rule) => rule.nodes.map(
    (node) => `${rule.id} at ${node.target.join(" ")}: ${node.html.slice(0, 120)}`)))"""
OVERFLOWS = "document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"
# What lies over the page when it is open, and is looked at by itself (a stop of `places`), stays as it is.
OPEN_ALL = """document.querySelectorAll("details:not(.sheet, .site-nav__more)").forEach((each) => (each.open = true))"""
# Each language in each scheme, on a wide window and on a phone with everything unfolded: what a page says differs by
# language, its colours by scheme and how it lies by width, so that each is seen with each of the others once.
LOOKS = {
    "en-light-wide": ("", "light", 1280),
    "en-dark-phone": ("", "dark", 360),
    "zh-dark-wide": ("/zh-hans", "dark", 1280),
    "zh-light-phone": ("/zh-hans", "light", 360),
}


def found_on(page, prefix: str, stop: places.Stop, is_phone: bool) -> list[str]:
    """What is wrong with one page, in words."""
    answer = page.goto(prefix + stop.path)
    if answer.status != stop.status:
        return [f"answered with {answer.status}"]
    stop.act(page)
    if is_phone and stop.act is not places.suggested:
        page.evaluate(OPEN_ALL)
    page.evaluate(SCRIPT)
    wrong = page.evaluate(JUDGED)
    if is_phone:
        page.set_viewport_size({"width": 320, "height": 740})
        wrong += ["scrolls sideways at 320 px"] if page.evaluate(OVERFLOWS) else []
    return wrong


@pytest.mark.parametrize("look", LOOKS)
def test_nothing_on_any_page_shuts_somebody_out_or_lies_outside_a_phone(open_reader, base, look):
    prefix, scheme, width = LOOKS[look]
    page, wrong = open_reader(width, 740, color_scheme=scheme), []
    page.set_default_timeout(15_000)
    for stop in places.every(base):
        page.set_viewport_size({"width": width, "height": 740})
        wrong += [f"{stop.name}: {each}" for each in found_on(page, prefix, stop, width < 500)]
    assert not wrong, "\n".join(wrong)
