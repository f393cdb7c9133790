"use strict";
// Text and ledger light up together, filters, and the copying of quotations. Without this script
// everything can still be read, and the numbers lead from text to ledger and back.
(() => {
  const marks = new Map(); // the elements of each attribution
  for (const element of document.querySelectorAll("[data-a]")) {
    for (const number of element.dataset.a.split(" ")) {
      if (!marks.has(number)) marks.set(number, []);
      marks.get(number).push(element);
    }
  }
  const entries = [...document.querySelectorAll(".entry")];
  let lit = null;
  let pinned = null;

  function light(number) {
    if (number === lit) return;
    for (const element of marks.get(lit) ?? []) element.classList.remove("lit");
    for (const element of marks.get(number) ?? []) element.classList.add("lit");
    lit = number;
  }

  // The innermost attribution of a place in the text that is shown.
  function attributionAt(target) {
    const element = target instanceof Element ? target.closest("[data-a]") : null;
    if (!element) return null;
    const shown = element.dataset.a.split(" ").filter((one) => !entryOf(one)?.hidden);
    return shown.at(-1) ?? null;
  }

  function entryOf(number) {
    return document.getElementById(`e${number}`);
  }

  document.addEventListener("pointerover", (event) => light(attributionAt(event.target) ?? pinned));
  document.addEventListener("focusin", (event) => {
    const number = attributionAt(event.target);
    if (number !== null) light(number);
  });
  document.addEventListener("click", (event) => {
    const mark = event.target.closest(".mark[data-a]");
    if (!mark || String(getSelection())) return;
    pinned = attributionAt(mark);
    light(pinned);
    if (pinned !== null) entryOf(pinned)?.scrollIntoView({ block: "nearest" });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      pinned = null;
      light(null);
    }
  });

  const filters = document.getElementById("filters");
  const names = ["speaker", "source", "cue", "kind"];

  function filter() {
    const asked = names.map((name) => [name, filters.elements[name].value]);
    let shown = 0;
    for (const entry of entries) {
      entry.hidden = asked.some(([name, value]) => value && entry.dataset[name] !== value);
      shown += !entry.hidden;
    }
    for (const mark of document.querySelectorAll(".mark[data-a], .ref")) {
      const all = mark.dataset.a.split(" ");
      mark.classList.toggle("off", all.every((number) => entryOf(number)?.hidden));
    }
    document.getElementById("shown").textContent = `${shown} of ${entries.length} attributions`;
  }

  filters.hidden = entries.length === 0;
  filters.addEventListener("change", filter);
  filters.addEventListener("reset", () => setTimeout(filter));
  filters.addEventListener("submit", (event) => event.preventDefault());
  filter();

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Some browsers give no clipboard to a file from disk.
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
  }

  const said = document.getElementById("said");
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button.copy");
    if (!button) return;
    await copy(button.dataset.copy);
    button.focus();
    said.textContent = "Copied the quotation with its context and place.";
  });
})();
