// The page of a collection: taking its cases over, passing its address on, emptying one's own. Stands on collection.js;
// its words come from the attributes of #collection.
(() => {
  "use strict";
  const { read, write, tell, at, said, most } = window.collection;
  const box = document.getElementById("collection");
  const words = (text) => text.split(" ").filter(Boolean);
  const here = words(box.dataset.cases), gone = words(box.dataset.gone);

  // Cases that are called otherwise by now are kept under their present names.
  const moved = new Map(box.dataset.moved.split(";").map((pair) => pair.split(" ")));
  const kept = read(), present = [...new Set(kept.map((slug) => moved.get(slug) || slug))];
  if (String(kept) !== String(present)) write(present);

  const action = (name, act) => {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "button--quiet", textContent: box.dataset[name] });
    button.onclick = () => act(button);
    box.append(button);
  };

  if (here.length) {
    action("save", () => {
      const every = [...new Set([...read(), ...here])];
      if (every.length > most) return tell(said.full);
      write(every);
      tell();
    });
    action("address", () => {
      const copied = navigator.clipboard?.writeText(document.querySelector("link[rel=canonical]").href);
      (copied || Promise.reject()).then(() => tell(box.dataset.passed), () => tell(box.dataset.uncopied));
    });
  }

  if (present.some((slug) => gone.includes(slug))) action("forget", () => {
    write(read().filter((slug) => !gone.includes(slug)));
    tell();
  });

  let before = null; // what was held when it was emptied
  const isUndo = () => Boolean(before && !read().length);
  action("clear", () => {
    if (isUndo()) {
      write(before);
      before = null;
    } else {
      before = read();
      write([]);
    }
    tell();
  });
  const clear = box.lastChild;
  const own = document.createElement("a");
  box.append(own);

  // What stays as it is, is not written anew: each change in the page has the marks looked at again.
  const say = (element, text) => { if (element.textContent !== text) element.textContent = text; };
  const show = () => {
    const cases = read();
    own.hidden = !cases.length || String([...cases].sort()) === String([...here].sort());
    own.href = at(said.url, cases);
    say(own, `${said.show} (${cases.length})`);
    clear.hidden = !cases.length && !isUndo();
    say(clear, isUndo() ? box.dataset.undo : box.dataset.clear);
  };
  document.addEventListener("collection", show);
  show();
})();
