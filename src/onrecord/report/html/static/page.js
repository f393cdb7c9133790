"use strict";
// Text and ledger light up together, filters, folding, and the copying of quotations. Without
// this script all can be read, and the numbers lead from text to ledger and back.
(() => {
  const entries = new Map(); // by the attribution's id
  for (const entry of document.querySelectorAll(".entry")) entries.set(entry.dataset.a, entry);
  const numbers = new Map(); // of each element that belongs to attributions: their ids, outer ones first
  const elements = new Map(); // the other way round
  for (const element of document.querySelectorAll("[data-a]")) {
    const all = element.dataset.a.split(" ");
    numbers.set(element, all);
    for (const number of all) {
      if (!elements.has(number)) elements.set(number, []);
      elements.get(number).push(element);
    }
  }
  const out = new Set(); // the attributions that the filters leave out
  const ledger = document.getElementById("ledger");
  const besideText = matchMedia("(min-width: 52.01rem)");

  // Lighting up: what is pointed at or has the focus, else what was clicked.

  let lit = null;
  let pinned = null;

  function light(number) {
    if (number === lit) return;
    for (const element of elements.get(lit) ?? []) element.classList.remove("lit");
    for (const element of elements.get(number) ?? []) element.classList.add("lit");
    lit = number;
  }

  // The innermost attribution of an element that the filters leave.
  function attributionAt(target) {
    const element = target instanceof Element ? target.closest("[data-a]") : null;
    const shown = (numbers.get(element) ?? []).filter((one) => !out.has(one));
    return shown.at(-1) ?? null;
  }

  // Only the ledger's own box is scrolled: the text stays under the pointer.
  function showInLedger(number) {
    const entry = entries.get(number);
    if (!entry || !besideText.matches || !ledger.contains(entry)) return;
    const box = ledger.getBoundingClientRect();
    const place = entry.getBoundingClientRect();
    if (place.top < box.top) ledger.scrollTop += place.top - box.top;
    else if (place.bottom > box.bottom) ledger.scrollTop += place.bottom - box.bottom;
  }

  function pin(number, element) {
    entries.get(pinned)?.classList.remove("peek");
    pinned = number;
    light(number);
    if (number === null) return;
    if (element.matches(".entry, .entry *")) {
      document.getElementById(`a${number}`)?.scrollIntoView({ block: "nearest" });
    } else {
      entries.get(number)?.classList.add("peek");
      showInLedger(number);
    }
  }

  document.addEventListener("pointerover", (event) => {
    const number = attributionAt(event.target) ?? pinned;
    const moved = number !== lit;
    light(number);
    if (moved && event.target.closest?.("#text")) showInLedger(number);
  });
  document.addEventListener("focusin", (event) => {
    const number = attributionAt(event.target);
    light(number ?? pinned);
    if (event.target.closest("#text")) showInLedger(number);
  });
  document.addEventListener("click", (event) => {
    if (String(getSelection())) return;
    if (event.target.closest("a, button, summary, select, label")) return;
    const number = attributionAt(event.target);
    pin(number === pinned ? null : number, event.target);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") pin(null);
  });

  // Following a number: the place may be filtered out or folded away.

  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#e"], a[href^="#a"]');
    if (link) reveal(link.hash.slice(1));
  });
  addEventListener("hashchange", () => reveal(location.hash.slice(1)));

  function reveal(id) {
    const element = document.getElementById(id);
    const number = element?.dataset.a;
    if (number === undefined) return;
    if (out.has(number)) filters.reset();
    for (let at = element; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    pin(null);
    pinned = number;
    light(number);
  }

  // Filters. What is chosen stands in the address, so that it can be sent; after "#" stands, as
  // anywhere, a place in the page.

  const filters = document.getElementById("filters");
  const choices = [...filters.elements].filter((one) => one.name);
  const shown = document.getElementById("shown");
  const inText = [...numbers].filter(([element]) => element.matches(".mark, .ref"));

  function filter() {
    const asked = choices.filter((one) => one.value);
    let count = 0;
    for (const entry of entries.values()) {
      const { a: number } = entry.dataset;
      const left = asked.every((one) => entry.dataset[one.name] === one.value);
      count += left;
      if (left !== out.has(number)) continue;
      entry.hidden = !left;
      if (left) out.delete(number);
      else out.add(number);
    }
    for (const [element, all] of inText) {
      element.classList.toggle("off", all.every((one) => out.has(one)));
    }
    if (out.has(pinned)) pin(null);
    document.body.classList.toggle("filtered", asked.length > 0);
    const words = asked.map((one) => one.selectedOptions[0].textContent);
    shown.textContent = [`${count} of ${entries.size} attributions`, ...words].join(" · ");
  }

  function toAddress() {
    const address = new URL(location.href);
    for (const { name, value } of choices) {
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    try {
      history.replaceState(null, "", address);
    } catch {
      // Not every browser allows it for a file from disk.
    }
  }

  function fromAddress() {
    const asked = new URLSearchParams(location.search);
    for (const choice of choices) {
      choice.value = asked.get(choice.name) ?? "";
      if (choice.selectedIndex < 0) choice.value = "";
    }
  }

  filters.hidden = entries.size === 0;
  filters.addEventListener("change", () => {
    filter();
    toAddress();
  });
  filters.addEventListener("reset", (event) => {
    event.preventDefault();
    for (const choice of choices) choice.value = "";
    filter();
    toAddress();
  });
  filters.addEventListener("submit", (event) => event.preventDefault());
  fromAddress();
  if (entries.size) filter();
  reveal(location.hash.slice(1));

  // The thread.

  for (const part of document.querySelectorAll(".folding")) part.hidden = false;
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-fold]");
    if (!button) return;
    for (const one of document.querySelectorAll(".comment > details")) {
      one.open = button.dataset.fold === "open";
    }
  });

  // Copying.

  document.documentElement.classList.add("scripted");

  function wordsOf(element) {
    const copy = element.cloneNode(true);
    for (const number of copy.querySelectorAll(".ref")) number.remove();
    return copy.textContent.replace(/\s+/g, " ").trim();
  }

  // The content with who said it, the paragraph or comment around it, the page, and where in it.
  function quotation(entry) {
    const part = (name) => entry.querySelector(name)?.textContent.trim();
    const content = elements.get(entry.dataset.a).find((one) => one.matches(".mark.content"));
    const around = content?.closest(".block, .said");
    const [start, end] = entry.dataset.place.split("-");
    const page = ["h1", ".about"].map((one) => document.querySelector(`main.page ${one}`));
    return [
      part("blockquote"),
      `— ${[part(".name"), part(".role")].filter(Boolean).join(", ")}`,
      around && `In: ${wordsOf(around)}`,
      ...page.map((one) => one?.textContent),
      `${part(".where").split(" · ")[1]}, characters ${start} to ${end}`,
    ].filter(Boolean).join("\n");
  }

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

  const done = document.getElementById("done");
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button.copy");
    if (!button) return;
    const entry = button.closest(".entry");
    await copy(quotation(entry));
    button.focus();
    done.textContent = `Copied attribution ${numberOf(entry)} with its context and place.`;
  });
  addEventListener("pointerdown", () => (done.textContent = ""));
  addEventListener("keydown", () => (done.textContent = ""));

  function numberOf(entry) {
    return entry.querySelector(".where").textContent.split(" · ")[0];
  }
})();
