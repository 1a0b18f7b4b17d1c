// Suggestions while typing, after the ARIA pattern of a combobox with a list. Without this script the fields are plain
// search fields. Asks this site alone; its words come from the attributes of its own <script> element.
(() => {
  "use strict";
  const said = document.currentScript.dataset;
  const WAIT = 120; // milliseconds of rest before asking
  const answers = new Map();
  let number = 0;

  const element = (tag, attributes) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  };

  const ask = async (text) => {
    if (!answers.has(text)) {
      const answer = await fetch(`${said.suggest}?q=${encodeURIComponent(text)}`, { credentials: "omit" });
      answers.set(text, answer.ok ? (await answer.json()).suggestions : []);
    }
    return answers.get(text);
  };

  class Combobox {
    constructor(input) {
      this.input = input;
      this.active = -1;
      this.options = [];
      number += 1;
      this.list = element("ul", { id: `suggestions-${number}`, role: "listbox", "aria-label": said.label, class: "suggestions", hidden: "" });
      this.status = element("div", { role: "status", class: "visually-hidden" });
      for (const [name, value] of Object.entries({
        role: "combobox", autocomplete: "off", autocapitalize: "none", "aria-autocomplete": "list",
        "aria-expanded": "false", "aria-controls": this.list.id, "aria-haspopup": "listbox",
      })) input.setAttribute(name, value);
      input.parentElement.classList.add("has-suggestions");
      input.after(this.list, this.status);
      input.addEventListener("input", (event) => { if (!event.isComposing) this.later(); });
      input.addEventListener("compositionend", () => this.later());
      input.addEventListener("keydown", (event) => this.key(event));
      input.addEventListener("blur", () => this.close());
      // Pressing a mouse button on the list must not take the focus from the field.
      this.list.addEventListener("mousedown", (event) => event.preventDefault());
      this.list.addEventListener("click", (event) => {
        const option = event.target.closest("[role=option]");
        if (option) this.choose(this.options.indexOf(option));
      });
    }

    later() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.look(), WAIT);
    }

    async look() {
      const text = this.input.value;
      let found = [];
      try {
        found = text.trim() ? await ask(text) : [];
      } catch { /* No answer: the field stays a plain one. */ }
      if (text === this.input.value && document.activeElement === this.input) this.show(found);
    }

    show(found) {
      this.found = found;
      this.options = found.map((each, place) => {
        const option = element("li", { id: `${this.list.id}-${place}`, role: "option", "aria-selected": "false" });
        option.append(element("span", { class: "suggestions__text" }));
        each.parts.forEach((part, place) => {
          const said = element("span", { lang: part.lang });
          said.textContent = part.text;
          option.firstChild.append(place ? " " : "", said);
        });
        if (each.type !== "word") {
          const kind = element("span", { class: "suggestions__kind" });
          kind.textContent = said[each.type] || "";
          option.append(" ", kind);
        }
        return option;
      });
      this.list.replaceChildren(...this.options);
      this.active = -1;
      this.input.removeAttribute("aria-activedescendant");
      this.open(found.length > 0);
      const count = found.length;
      this.status.textContent = count === 0 ? said.none : count === 1 ? said.one : said.many.replace("#", count);
    }

    open(isOpen) {
      const { offsetLeft, offsetTop, offsetHeight, offsetWidth } = this.input;
      Object.assign(this.list.style, { left: `${offsetLeft}px`, top: `${offsetTop + offsetHeight + 2}px`, minWidth: `${offsetWidth}px` });
      this.list.hidden = !isOpen;
      this.input.setAttribute("aria-expanded", String(isOpen));
    }

    close() {
      clearTimeout(this.timer);
      this.active = -1;
      this.input.removeAttribute("aria-activedescendant");
      this.status.textContent = "";
      this.open(false);
    }

    move(step) {
      const places = this.options.length + 1; // one of them is the field itself
      this.active = ((this.active + 1 + step + places) % places) - 1;
      this.options.forEach((option, place) => option.setAttribute("aria-selected", String(place === this.active)));
      if (this.active < 0) return this.input.removeAttribute("aria-activedescendant");
      this.input.setAttribute("aria-activedescendant", this.options[this.active].id);
      this.options[this.active].scrollIntoView({ block: "nearest" });
    }

    choose(place) {
      const chosen = this.found[place];
      if (chosen.url) {
        location.assign(chosen.url);
        return;
      }
      this.input.value = chosen.text;
      this.close();
      this.input.form.requestSubmit();
    }

    key(event) {
      if (event.isComposing) return;
      const isOpen = !this.list.hidden;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (isOpen) this.move(event.key === "ArrowDown" ? 1 : -1);
        else this.look();
      } else if (event.key === "Enter" && isOpen && this.active >= 0) {
        event.preventDefault();
        this.choose(this.active);
      } else if (event.key === "Escape" && isOpen) {
        event.preventDefault(); // the first Escape closes the list, the next one empties the field
        this.close();
      }
    }
  }

  const attach = () => document.querySelectorAll('input[type="search"][name="q"]:not([role])').forEach((input) => new Combobox(input));
  document.addEventListener("list:changed", attach); // lists.js put other fields there
  attach();
})();
