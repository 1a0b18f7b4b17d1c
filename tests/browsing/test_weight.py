"""What a first visit costs: bytes over the wire, and whether anything moves while it is read."""

import pytest

from tests.browsing import places

MOST = 60_000  # bytes over the wire for the first visit of a list; a map is allowed to weigh more
WITH_A_MAP = {"map"}
SENDS_A_FORM = {"nominate"}  # sets the one cookie there is, which says that a form comes from our page
# Every shift of the layout since the page began, from before its first line is drawn, and what moved.
WATCHED = """window.__shifts = [];
const named = ({node}) => node && (node.outerHTML || node.textContent || "").slice(0, 60);
new PerformanceObserver((list) => list.getEntries().forEach(
  (each) => window.__shifts.push([each.value, each.sources.map(named).join(" | ")])))
  .observe({type: "layout-shift", buffered: true});"""
SETTLED = """() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(
  () => done(window.__shifts), 50))))"""
# So slow that a page is drawn while it still arrives: what comes late must not push aside what is there.
# A two-hundredth of the window is less than anybody sees; less than a tenth counts as good.
MOST_MOVED = 0.005
SLOW = {"offline": False, "latency": 50, "downloadThroughput": 30_000, "uploadThroughput": 30_000}


def first_visit(open_reader, path: str) -> tuple[int, list[str], list]:
    """Bytes over the wire for somebody who comes for the first time; the addresses asked for; the cookies left."""
    page, sizes, asked = open_reader(412, 823), [], []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda each: sizes.append(each["encodedDataLength"]))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path)
    page.wait_for_timeout(150)  # for what is asked for late, and for the last word on each size
    cookies = page.context.cookies()
    page.context.close()
    return int(sum(sizes)), asked, cookies


@pytest.mark.parametrize("prefix", places.LANGUAGES.values(), ids=places.LANGUAGES)
def test_the_first_visit_of_a_list_is_light_asks_nobody_else_and_leaves_no_cookie(open_reader, base, prefix):
    heavy, strangers = {}, set()
    for stop in places.fixed(base):
        size, asked, cookies = first_visit(open_reader, prefix + stop.path)
        assert len(asked) > 1 and size > 5_000, f"{stop.name}: nothing was measured"
        assert cookies == [] or stop.name in SENDS_A_FORM, stop.name
        strangers |= {each for each in asked if not each.startswith((base, "data:"))}
        if size > MOST and stop.name not in WITH_A_MAP:
            heavy[stop.name] = size
    assert (heavy, strangers) == ({}, set())


@pytest.mark.parametrize("width", [412, 1280])
def test_nothing_moves_while_a_page_arrives_and_is_read(open_reader, base, width):
    page, moved = open_reader(width, 823), {}
    page.add_init_script(WATCHED)
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)
    for stop in [*places.fixed(base), *places.THINGS]:
        page.goto(stop.path.partition("#")[0])
        shifts = page.evaluate(SETTLED)
        if sum(moved_by for moved_by, _what in shifts) > MOST_MOVED:
            moved[stop.name] = shifts
    assert not moved, "\n".join(f"{name}: {each}" for name, shifts in moved.items() for each in shifts)
