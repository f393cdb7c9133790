"use strict";
// Words are picked from the text: places are counted in characters, as the page's record does,
// and not in UTF-16's units, as scripts do.
(() => {
  const form = document.getElementById("correct");
  const pick = document.getElementById("pick");
  const ROLES = ["source", "cue", "content"];
  const stretches = [...pick.querySelectorAll("[data-start]")].map((element) => {
    const signs = [...element.textContent];
    const start = Number(element.dataset.start);
    return { element, signs, start, end: start + signs.length };
  });

  for (const buttons of form.querySelectorAll(".buttons")) buttons.hidden = false;

  function read(role) {
    const found = [];
    for (const part of form.elements[role].value.split(",")) {
      const matched = part.trim().match(/^(\d+)\s*[-–]\s*(\d+)$/);
      if (matched) found.push([Number(matched[1]), Number(matched[2])]);
    }
    return found;
  }

  function words([start, end]) {
    return stretches
      .filter((one) => one.start < end && start < one.end)
      .map((one) => one.signs.slice(Math.max(start - one.start, 0), end - one.start).join(""))
      .join(" ");
  }

  function write(role, spans) {
    form.elements[role].value = spans.map(([start, end]) => `${start}-${end}`).join(", ");
    show();
  }

  // The text is drawn anew, each sign with the roles that it has.
  function show() {
    const spans = Object.fromEntries(ROLES.map((role) => [role, read(role)]));
    for (const role of ROLES) {
      document.getElementById(`quoted-${role}`).textContent = spans[role].map(words).join(" … ");
    }
    for (const one of stretches) draw(one, spans);
  }

  function draw({ element, signs, start, end }, spans) {
    const cuts = new Set([start, end]);
    for (const role of ROLES) {
      for (const span of spans[role]) {
        for (const place of span) if (place > start && place < end) cuts.add(place);
      }
    }
    const places = [...cuts].sort((a, b) => a - b);
    const parts = places.slice(0, -1).map((from, number) => {
      const to = places[number + 1];
      const text = signs.slice(from - start, to - start).join("");
      const roles = ROLES.filter((role) => spans[role].some(([a, b]) => a <= from && to <= b));
      if (!roles.length) return document.createTextNode(text);
      const part = document.createElement("span");
      part.className = `mark ${roles.join(" ")}`;
      part.textContent = text;
      return part;
    });
    element.replaceChildren(...parts);
  }

  // A place of the browser's selection, in characters of the page.
  function place(node, offset) {
    const one = stretches.find(({ element }) => element.contains(node));
    if (!one) return null;
    const before = document.createRange();
    before.setStart(one.element, 0);
    before.setEnd(node, offset);
    return one.start + [...before.toString()].length;
  }

  function selected() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const start = place(range.startContainer, range.startOffset);
    const end = place(range.endContainer, range.endOffset);
    return start === null || end === null || start >= end ? null : [start, end];
  }

  // Words of a stretch as pairs of places.
  function wordsOf(one) {
    const found = [];
    let from = null;
    for (let index = 0; index <= one.signs.length; index += 1) {
      const space = index === one.signs.length || /\s/u.test(one.signs[index]);
      if (!space && from === null) from = index;
      if (space && from !== null) {
        found.push([one.start + from, one.start + index]);
        from = null;
      }
    }
    return found;
  }

  function nudge(role, edge, step) {
    const spans = read(role);
    if (!spans.length) return;
    const span = edge === "start" ? spans[0] : spans.at(-1);
    const all = stretches.flatMap(wordsOf);
    if (edge === "start") {
      const starts = all.map(([start]) => start);
      const next = step < 0 ? starts.findLast((one) => one < span[0]) : starts.find((one) => one > span[0]);
      if (next !== undefined && next < span[1]) span[0] = next;
    } else {
      const ends = all.map(([, end]) => end);
      const next = step < 0 ? ends.findLast((one) => one < span[1]) : ends.find((one) => one > span[1]);
      if (next !== undefined && next > span[0]) span[1] = next;
    }
    write(role, spans);
  }

  let last = null; // Pressing a button can take the selection away.
  document.addEventListener("selectionchange", () => {
    last = selected() ?? last;
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const { take, clear, nudge: by } = button.dataset;
    if (take && last) write(take, [last]);
    if (clear) write(clear, []);
    if (by) {
      const [edge, step] = by.split(",");
      nudge(button.closest("[data-role]").dataset.role, edge, Number(step));
    }
  });
  form.addEventListener("input", (event) => {
    if (ROLES.includes(event.target.name)) show();
  });
  pick.querySelector(".mark")?.scrollIntoView({ block: "nearest" });
})();
