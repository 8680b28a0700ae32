// <form data-cells>: a table of fields named "side.row.column" that types like a spreadsheet. Arrows
// and Enter move, a block copied out of Excel is pasted from the cell on, and what changed is sent
// (POST, header X-Cells: 1) as soon as a cell is left. The server answers JSON: `version`, `words`,
// `texts` (id of an element → its text), `cells` (name → what is stored), `faults` (name → why not).
//   200 saved · 422 nothing saved · 409 somebody else was faster: his figures appear; if he wrote
//   others, mine are sent again, and where both wrote one cell, what was typed stays, what is stored
//   is told beside it, and the next change is written over it
const DELAY_MS = 400;
let timer = 0;
let busy = false;
let again = false;

const CELL = '[name*="."]';
const inputs = (form) => [...form.querySelectorAll(CELL)];
const column = (input) => input.name.replace(/\.[^.]*\./, ".");
const changed = (form) => inputs(form).filter((input) => input.value !== input.defaultValue);
const rows = (form) => [...form.querySelectorAll("tbody tr")].filter((row) => row.querySelector(CELL));
const cells = (row) => [...row.querySelectorAll(CELL)];
const at = (row, name) => cells(row).find((input) => column(input) === name);

function say(form, words, state = "") {
  const status = form.querySelector("[data-cells-status]");
  status.textContent = words;
  status.dataset.state = state;
}

function tell(input, words) {
  input.toggleAttribute("aria-invalid", Boolean(words));
  if (words) input.setAttribute("aria-invalid", "true");
  let note = input.parentElement.querySelector(".field__error");
  if (!note && words) {
    note = document.createElement("span");
    note.className = "field__error";
    input.after(note);
  }
  if (note) note.textContent = words;
}

function show(form, answer, sent, status) {
  for (const field of document.querySelectorAll("[data-cells] [name=version], [data-cells-version]")) field.value = answer.version;
  for (const [id, text] of Object.entries(answer.texts)) {
    const element = document.getElementById(id);
    if (element) element.textContent = text;
  }
  let clash = false;
  for (const input of inputs(form)) {
    const mine = sent.get(input.name);
    const stored = answer.cells[input.name];
    const left = input.value === input.defaultValue;
    if (answer.faults[input.name]) tell(input, answer.faults[input.name]);
    else if (stored === undefined) continue;
    else if (status === 409 && mine !== undefined) {
      const touched = stored !== mine && stored !== input.defaultValue;
      clash ||= touched;
      tell(input, touched ? `đang lưu: ${stored || "bỏ trống"}` : "");
    } else if (status !== 422 && (left || input.value === mine)) {
      if (left || mine !== undefined) input.value = stored;
      input.defaultValue = stored;
      tell(input, "");
    }
  }
  return clash;
}

async function save(form) {
  const dirty = changed(form);
  if (!dirty.length) return;
  if (busy) {
    again = true;
    return;
  }
  busy = true;
  again = false;
  say(form, "Đang lưu…");
  const sent = new Map(dirty.map((input) => [input.name, input.value]));
  const body = new FormData();
  for (const name of ["csrfmiddlewaretoken", "version"]) body.append(name, form.elements.namedItem(name).value);
  for (const [name, value] of sent) body.append(name, value);
  try {
    const response = await fetch(form.action, { method: "POST", body, headers: { "X-Cells": "1" } });
    if (![200, 409, 422].includes(response.status) || response.redirected) throw new Error(String(response.status));
    const answer = await response.json();
    const clash = show(form, answer, sent, response.status);
    const now = new Date();
    if (response.status === 409 && !clash) again = true;
    else if (response.status === 200) say(form, `Đã lưu lúc ${now.getHours()}:${String(now.getMinutes()).padStart(2, "0")}`);
    else say(form, answer.words, "error");
  } catch {
    say(form, "Chưa lưu được. Số đã nhập còn trong các ô và sẽ được lưu ở lần sửa tiếp theo.", "error");
  } finally {
    busy = false;
    if (again) save(form);
  }
}

function soon(form) {
  clearTimeout(timer);
  timer = setTimeout(() => save(form), DELAY_MS);
}

function move(input, down) {
  const form = input.form;
  const all = rows(form);
  let place = all.indexOf(input.closest("tr"));
  for (place += down; all[place]; place += down) {
    const next = at(all[place], column(input));
    if (next) {
      next.focus();
      next.select();
      return true;
    }
  }
  return false;
}

function aside(input, step) {
  const row = cells(input.closest("tr"));
  const next = row[row.indexOf(input) + step];
  next?.focus();
  next?.select();
  return Boolean(next);
}

document.addEventListener("keydown", (event) => {
  const input = event.target.closest?.(`[data-cells] tbody ${CELL}`);
  if (!input || event.altKey || event.ctrlKey || event.metaKey) return;
  const [start, end] = [input.selectionStart, input.selectionEnd];
  const whole = start === 0 && end === input.value.length;
  let moved = false;
  if (event.key === "Enter") {
    event.preventDefault();
    moved = move(input, event.shiftKey ? -1 : 1);
    if (!moved) input.blur();
  } else if (event.key === "ArrowDown") moved = move(input, 1);
  else if (event.key === "ArrowUp") moved = move(input, -1);
  else if (event.key === "ArrowRight" && (whole || start === input.value.length)) moved = aside(input, 1);
  else if (event.key === "ArrowLeft" && (whole || end === 0)) moved = aside(input, -1);
  else if (event.key === "Escape") {
    input.value = input.defaultValue;
    tell(input, "");
  }
  if (moved) event.preventDefault();
});
document.addEventListener("paste", (event) => {
  const first = event.target.closest?.(`[data-cells] tbody ${CELL}`);
  const text = first && event.clipboardData.getData("text/plain").replace(/\r/g, "").replace(/\n$/, "");
  if (!text || !/[\t\n]/.test(text)) return;
  event.preventDefault();
  const all = rows(first.form);
  const names = all.map(cells).reduce((most, row) => (row.length > most.length ? row : most)).map(column);
  const top = all.indexOf(first.closest("tr"));
  const left = names.indexOf(column(first));
  text.split("\n").forEach((line, down) => {
    line.split("\t").forEach((value, right) => {
      const input = all[top + down] && at(all[top + down], names[left + right]);
      if (input) input.value = value.trim();
    });
  });
  save(first.form);
});
document.addEventListener("change", (event) => {
  const form = event.target.closest?.("[data-cells]");
  if (form) soon(form);
});
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-cells]")) return;
  event.preventDefault();
  clearTimeout(timer);
  save(event.target);
});
addEventListener("beforeunload", (event) => {
  const form = document.querySelector("[data-cells]");
  if (form && changed(form).length) event.preventDefault();
});
