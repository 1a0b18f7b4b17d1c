"""A reader who has no mouse: goes on by Tab, and is told roles, names and what is announced, as a screen reader is."""

from __future__ import annotations

import re
from typing import Any

MOST = 300  # presses of Tab before one gives up

# What live regions came to say, whether they were there from the beginning or came later.
LISTENING = """() => {
  window.__announced = [];
  const live = "[role=status], [role=alert], [role=log], [aria-live=polite], [aria-live=assertive], output";
  const hear = (changes) => changes.forEach((change) => {
    const at = change.target.nodeType === 1 ? change.target : change.target.parentElement;
    const regions = new Set([at && at.closest(live)]);
    change.addedNodes.forEach((each) => each.nodeType === 1 && [each, ...each.querySelectorAll(live)]
      .filter((one) => one.matches(live)).forEach((one) => regions.add(one)));
    regions.forEach((region) => region && window.__announced.push(region.textContent.replace(/\\s+/g, " ").trim()));
  });
  new MutationObserver(hear).observe(document, {childList: true, characterData: true, subtree: true});
}"""
# Whether one sees where one is: what has the focus looks different from what has it not.
IS_MARKED = """(part) => {
  const style = getComputedStyle(part);
  return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
}"""


class Reader:
    """Wraps a page; every step is one that can be taken with a keyboard."""

    def __init__(self, page: Any):
        self.page = page
        self.pressed = 0
        page.set_default_timeout(15_000)
        page.add_init_script(f"({LISTENING})()")

    def open(self, path: str) -> None:
        """Types an address, or follows a link that somebody sent."""
        self.page.goto(path)

    # --- the keyboard

    def reach(self, role: str, name: str | re.Pattern, within: Any = None) -> Any:
        """Goes on by Tab to the part of that role and name; fails where Tab does not lead there, or unseen."""
        part = (within or self.page).get_by_role(role, name=name).first
        handle = part.element_handle()
        for _press in range(MOST):
            if handle.evaluate("(part) => part === document.activeElement"):
                assert handle.evaluate(IS_MARKED), f"Nothing shows that {name} has the focus"
                return part
            self.page.keyboard.press("Tab")
            self.pressed += 1
        raise AssertionError(f"No way by Tab to {role} {name!r} on {self.page.url}")

    def has_focus(self, role: str, name: str | re.Pattern) -> bool:
        part = self.page.get_by_role(role, name=name).first
        return part.evaluate("(part) => part === document.activeElement")

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Types as a person does; what a keyboard has no keys for comes whole, as from an input method."""
        if text.isascii():
            self.page.keyboard.type(text)
        else:
            self.page.keyboard.insert_text(text)

    def follow(self, name: str | re.Pattern, within: Any = None) -> None:
        """Goes to a link and on to where it leads."""
        self._and_wait(self.reach("link", name, within))

    def push(self, name: str | re.Pattern, within: Any = None) -> None:
        """Goes to a button that leads to another page, and presses it."""
        self._and_wait(self.reach("button", name, within))

    def submit(self, text: str) -> None:
        """Types into the field that has the focus, and sends it."""
        self.type(text)
        with self.page.expect_navigation():
            self.press("Enter")

    def tick(self, name: str | re.Pattern) -> None:
        """Ticks or unticks a box."""
        self.reach("checkbox", name)
        self.press("Space")

    def unfold(self, part: Any) -> None:
        """Goes to the first line of what may be folded, and opens it where it is not open."""
        handle = part.locator("summary").first.element_handle()
        for _press in range(MOST):
            if handle.evaluate("(part) => part === document.activeElement"):
                if not part.evaluate("(part) => part.open"):
                    self.press("Enter")
                assert part.evaluate("(part) => part.open")
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"No way by Tab to what is folded on {self.page.url}")

    def _and_wait(self, part: Any) -> None:
        before = self.page.url
        self.press("Enter")
        self.page.wait_for_function("(before) => location.href !== before", arg=before)
        self.page.wait_for_load_state()

    # --- what is told

    def headings(self, level: int | None = None) -> list[str]:
        """The headings that one may jump between."""
        more = {"level": level} if level else {}
        return [each.strip() for each in self.page.get_by_role("heading", **more).all_inner_texts()]

    def link_names(self, within: Any) -> list[str]:
        return [" ".join(each.split()) for each in within.get_by_role("link").all_inner_texts()]

    def told(self) -> str:
        """What the page says of itself when it is there: the text of its regions of state and alarm."""
        # The count of a list that was brought up to date in place is told by the region at the foot of the page.
        parts = self.page.locator("main #count:not([role])").all_inner_texts()
        parts += self.page.locator("main").get_by_role("status").all_inner_texts()
        parts += self.page.locator("main").get_by_role("alert").all_inner_texts()
        return " ".join(" ".join(parts).split())

    def announced(self) -> str:
        """What was announced since the page was opened, in order."""
        return " | ".join(filter(None, self.page.evaluate("window.__announced")))
