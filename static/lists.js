// Lists brought up to date in place: a filter, an order, a page or a chip asks for the same address that the browser
// would go to, and the list of that page takes the place of the one shown. The address is always that of what is
// shown; back and forward go through what was seen. Without this script, or where anything fails, the browser goes
// there itself. On a small screen the filters open as a sheet over the page.
(() => {
  "use strict";
  const SMALL = matchMedia("(max-width: 59.99rem)");
  const REST = 250; // milliseconds of rest after a tick before asking
  const parts = { main: () => document.getElementById("main"), list: () => document.querySelector(".list-layout") };
  if (!parts.list()) return;

  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  document.body.append(status);

  let asking = null;
  let later = 0;
  let shown = location.href;

  // --- what is asked for

  const isOurs = (url) => url.origin === location.origin && url.pathname === location.pathname;

  const addressOf = (form, submitter) => {
    const url = new URL(form.getAttribute("action") || location.pathname, location.href);
    const fields = [...new FormData(form, submitter)].filter(([, value]) => value !== "");
    url.search = new URLSearchParams(fields).toString();
    url.hash = "";
    return url;
  };

  // --- what the reader had at hand

  const nameOf = (element) => {
    if (!element || !parts.main().contains(element)) return null;
    if (element.id) return `#${CSS.escape(element.id)}`;
    if (element.name && element.type === "checkbox") return `input[name="${CSS.escape(element.name)}"][value="${CSS.escape(element.value)}"]`;
    if (element.matches(".filters > button")) return ".filters > button";
    if (element.matches(".sort button")) return ".sort button";
    if (!element.matches(".filters summary")) return null;
    const group = element.closest("fieldset")?.dataset.name;
    return group ? `fieldset[data-name="${CSS.escape(group)}"] summary` : `.${element.parentElement.className} > summary`;
  };

  // What a choice elsewhere folded away meanwhile is unfolded: what has the focus is in sight.
  const focusAgain = (name) => {
    const element = parts.main().querySelector(name);
    const fold = element?.closest(".filters details:not([open])");
    if (fold && !element.matches("summary")) fold.open = true;
    element?.focus({ preventScroll: true });
  };

  const opened = () => [...document.querySelectorAll(".filters details[open]")].map((each) => each.closest("fieldset")?.dataset.name || each.className);

  const openAgain = (names) => {
    for (const each of document.querySelectorAll(".filters details")) {
      if (names.includes(each.closest("fieldset")?.dataset.name || each.className)) each.open = true;
    }
  };

  // --- taking over what was answered

  const HEAD = "link[rel=canonical], link[rel=alternate], link[rel=describedby], meta[name=description], meta[name=robots], meta[property], meta[name^='DC.'], meta[name^='dcterms.'], script[type='application/ld+json']";
  const AROUND = [".language", ".site-nav", ".site-footer ul"];

  // Words that were typed since an answer was asked for, with the place of the caret.
  const typed = (before) => [...document.querySelectorAll(".filters input[type=search]")]
    .filter((each) => (each.id || each.name) && each.value !== before.get(each.id || each.name))
    .map((each) => ({ place: each.id ? `#${CSS.escape(each.id)}` : `.filters input[name="${CSS.escape(each.name)}"]`, value: each.value, caret: [each.selectionStart, each.selectionEnd] }));

  const typeAgain = (words) => {
    for (const { place, value, caret } of words) {
      const field = document.querySelector(place);
      if (!field) continue;
      field.value = value;
      field.setSelectionRange(...caret);
    }
  };

  const take = (answered, before) => {
    const words = typed(before);
    const isSheetOpen = document.querySelector(".sheet")?.open;
    const height = document.querySelector(".filters__groups")?.scrollTop;
    const [focus, open] = [nameOf(document.activeElement), opened()];
    document.title = answered.title;
    for (const old of document.head.querySelectorAll(HEAD)) old.remove();
    document.head.append(...[...answered.head.querySelectorAll(HEAD)].map((each) => document.adoptNode(each)));
    for (const selector of AROUND) {
      const [old, made] = [document.querySelector(selector), answered.querySelector(selector)];
      if (old && made && old.innerHTML !== made.innerHTML) old.replaceWith(document.adoptNode(made));
    }
    answered.getElementById("count")?.removeAttribute("role"); // the region at the foot tells it
    const main = parts.main();
    main.replaceChildren(...[...answered.getElementById("main").childNodes].map((each) => document.adoptNode(each)));
    openAgain(open);
    typeAgain(words);
    const sheet = document.querySelector(".sheet");
    if (sheet && isSheetOpen) sheet.open = true;
    dress();
    if (isSheetOpen && SMALL.matches) cover(sheet, true);
    const groups = document.querySelector(".filters__groups");
    if (groups) groups.scrollTop = height;
    if (focus) focusAgain(focus);
    document.dispatchEvent(new CustomEvent("list:changed"));
  };

  // What is new is told once, by the region at the foot of the page. Whose focus was led to the count has heard it;
  // what is wrong is an alarm, which tells itself when it is put in.
  const say = (isLed) => {
    const count = isLed || document.querySelector("main [role=alert]") ? null : document.getElementById("count");
    status.textContent = count?.textContent.trim().replace(/\s+/g, " ") || "";
  };

  const stop = () => {
    clearTimeout(later);
    asking?.abort();
  };

  const ask = async (url, { keep = true, focusOn = null, y = null } = {}) => {
    stop();
    const before = new Map([...document.querySelectorAll(".filters input[type=search]")].map((each) => [each.id || each.name, each.value]));
    asking = new AbortController();
    const own = asking;
    const fade = setTimeout(() => parts.list()?.setAttribute("aria-busy", "true"), 150);
    try {
      const answer = await fetch(url, { signal: own.signal, headers: { Accept: "text/html" } });
      const isPage = (answer.headers.get("Content-Type") || "").startsWith("text/html");
      const answered = isPage && answer.status < 500 ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
      if (!answered?.querySelector(".list-layout") || !isOurs(new URL(answer.url))) throw new Error("not a list");
      if (own !== asking) return;
      if (keep) {
        history.replaceState({ ...history.state, y: scrollY }, "");
        history.pushState({}, "", answer.url);
      }
      shown = location.href;
      // What was typed before is part of what was asked; only what came after is kept beside the answer.
      take(answered, before);
      if (y !== null) scrollTo(0, y);
      if (focusOn) {
        const target = document.querySelector(focusOn);
        if (target) {
          target.tabIndex = -1;
          target.focus({ preventScroll: true });
          // With what was chosen above it in sight: it is dropped there.
          if (keep) (document.querySelector(".chips") || target).scrollIntoView({ block: "start" });
        }
      }
      say(Boolean(focusOn));
    } catch (failed) {
      if (failed.name !== "AbortError") location.assign(url);
    } finally {
      clearTimeout(fade);
      if (own === asking) parts.list()?.removeAttribute("aria-busy");
    }
  };

  // --- the sheet on a small screen

  const cover = (sheet, isOpen) => {
    const isOver = isOpen && SMALL.matches;
    sheet.classList.toggle("sheet--over", isOver);
    document.documentElement.classList.toggle("has-sheet", isOver);
    for (let inside = sheet; inside && inside !== document.body; inside = inside.parentElement) {
      for (const beside of inside.parentElement.children) {
        if (beside !== inside && beside !== status && !beside.matches("script")) beside.inert = isOver;
      }
    }
  };

  const close = () => {
    const sheet = document.querySelector(".sheet[open]");
    if (!sheet || !SMALL.matches) return;
    sheet.open = false;
    cover(sheet, false);
    sheet.querySelector("summary").focus();
  };

  // Once after each change: what the markup alone cannot say.
  const dress = () => {
    const sheet = document.querySelector(".sheet");
    const form = sheet?.querySelector("form.filters");
    if (!form) return;
    sheet.ontoggle = () => cover(sheet, sheet.open);
    promise(form);
  };

  // The button of the sheet says how many rows it shows, while that is known: not when a word was typed since. The
  // fields that find values change no rows.
  const promise = (form) => {
    const [button, count] = [form.querySelector(":scope > button[type=submit]"), document.getElementById("count")];
    if (!button || !count || !form.dataset.show) return;
    button.dataset.plain ??= button.textContent;
    const isKnown = [...form.querySelectorAll("input[type=search]")].every((each) => each.name.startsWith("find_") || each.value.trim() === each.defaultValue.trim());
    button.textContent = SMALL.matches && isKnown ? form.dataset.show.replace("#", count.textContent.trim()) : button.dataset.plain;
  };

  // --- what readers do

  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (!form?.matches(".filters, .sort") || !form.closest(".list-layout") || !event.target.matches("[type=checkbox], select")) return;
    stop(); // an answer that came within the rest would take this tick away
    later = setTimeout(() => ask(addressOf(form)), REST);
  });

  document.addEventListener("input", (event) => {
    if (event.target.form?.matches(".sheet .filters") && event.target.type === "search") promise(event.target.form);
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "get" || !form.closest(".list-layout")) return;
    const url = addressOf(form, event.submitter);
    if (!isOurs(url)) return;
    event.preventDefault();
    const isSheet = form.closest(".sheet--over");
    if (isSheet) close();
    ask(url, isSheet ? { focusOn: "#count" } : {});
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link?.closest(".list-layout") || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || link.target || link.hasAttribute("download")) return;
    const url = new URL(link.href);
    if (!isOurs(url) || url.hash) return;
    event.preventDefault();
    ask(url, { focusOn: "#count" });
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) close();
  });

  SMALL.addEventListener("change", () => {
    const sheet = document.querySelector(".sheet");
    if (!sheet) return;
    cover(sheet, sheet.open);
    dress();
  });

  addEventListener("popstate", (event) => {
    if (location.href.split("#")[0] === shown.split("#")[0]) return; // only another place of the same page
    close(); // the list is what went back, and the focus goes to it
    ask(location.href, { keep: false, focusOn: "#count", y: event.state?.y ?? 0 });
  });

  dress();
})();
