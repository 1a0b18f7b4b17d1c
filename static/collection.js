// A collection of one's own: cases marked in this browser alone. Without this script plain links lead to collections.
// Sends nothing; its words come from the attributes of its own <script>.
(() => {
  "use strict";
  const said = document.currentScript.dataset;
  const KEY = "catalogue-collection", VERSION = 1, MOST = 200;
  const all = (what, within = document) => [...within.querySelectorAll(what)];
  const words = (text) => (text || "").split(" ").filter(Boolean);
  let memory = null; // takes the place of a storage that cannot be used, until the page is left

  const read = () => {
    if (memory) return memory;
    try {
      const kept = JSON.parse(localStorage.getItem(KEY));
      return kept.version === VERSION ? kept.cases.filter((slug) => typeof slug === "string" && /^[\w-]{1,120}$/.test(slug)).slice(0, MOST) : [];
    } catch { return []; } // nothing there, nothing readable, or no storage
  };

  const write = (cases) => {
    try {
      localStorage.setItem(KEY, JSON.stringify({ version: VERSION, cases }));
    } catch { memory = cases; }
    show();
  };

  const at = (path, cases) => `${path}?${cases.map((slug) => `case=${slug}`).join("&")}`;
  const link = (href, text) => Object.assign(document.createElement("a"), { href, textContent: text });
  const counted = (count) => (count === 1 ? said.one : said.many.replace("#", count));

  const toast = document.createElement("div");
  toast.className = "collection-told";
  toast.setAttribute("role", "status");
  document.body.append(toast);
  const tell = (text) => {
    const cases = read();
    const parts = [text || counted(cases.length), memory ? said.broken : ""];
    if (cases.length) parts.push(link(at(said.url, cases), said.show));
    if (cases.length > 1 && cases.length < 5) parts.push(link(at(said.compare, cases), said.together));
    toast.replaceChildren(...parts.filter(Boolean).flatMap((part) => [part, " "]));
    clearTimeout(tell.timer);
    tell.timer = setTimeout(() => toast.matches(":hover, :focus-within") || toast.replaceChildren(), 12000);
  };

  const toggle = (slug) => {
    const cases = read(), isIn = cases.includes(slug);
    if (!isIn && cases.length >= MOST) return tell(said.full);
    write(isIn ? cases.filter((each) => each !== slug) : [...cases, slug]);
    tell();
  };

  const mark = (row, isIn) => {
    const place = row.querySelector("[data-mark]") || row.querySelector("p.small");
    if (!place) return;
    let button = place.querySelector(".keep");
    if (!button) {
      const title = row.querySelector("h2 a, h3 a, h2, h3") || document.querySelector("h1");
      button = Object.assign(document.createElement("button"), { type: "button", className: "keep button--quiet" });
      button.innerHTML = '<span></span><span class="visually-hidden"></span>';
      button.lastChild.textContent = ` ${title.textContent}`;
      button.lastChild.lang = title.closest("[lang]").lang;
      button.onclick = () => toggle(row.dataset.id);
      place.append(button);
    }
    const text = isIn ? said.marked : said.mark;
    if (button.firstChild.textContent !== text) button.firstChild.textContent = text;
    button.classList.toggle("keep--on", isIn);
  };

  function show() {
    const cases = read();
    for (const row of all('[data-type="case"][data-id]')) mark(row, cases.includes(row.dataset.id));
    for (const each of all("[data-collection]")) {
      each.href = cases.length ? at(said.url, cases) : said.url;
      each.querySelector("span").textContent = cases.length ? `(${cases.length})` : "";
    }
    document.dispatchEvent(new Event("collection"));
  }

  addEventListener("storage", (event) => { if (!event.key || event.key === KEY) show(); });
  addEventListener("pageshow", (event) => { if (event.persisted) show(); });
  // A list may change its rows without another page being loaded.
  new MutationObserver(show).observe(document.getElementById("main"), { childList: true, subtree: true });
  window.collection = { read, write, tell, at, counted, said, most: MOST };
  show();
})();
