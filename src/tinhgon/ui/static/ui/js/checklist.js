// A long list of checkboxes gets a filter (with or without diacritics), a button that ticks all that
// it shows, and says how many are ticked. A group of [data-checklist] has the button even when short.
const LONG = 12;

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll(/[đĐ]/g, "d").toLowerCase();

function equip(group) {
  const boxes = [...group.querySelectorAll("input[type=checkbox]")];
  const short = boxes.length <= LONG;
  if (short && !(group.matches("[data-checklist]") && boxes.length > 1)) return;
  if (group.querySelector(".check-filter")) return;
  const rows = boxes.map((box) => [box.closest("label").parentElement, fold(box.closest("label").textContent)]);
  const bar = document.createElement("div");
  bar.className = "check-filter";
  const input = document.createElement("input");
  input.type = "search";
  input.placeholder = "Gõ để lọc danh sách";
  input.setAttribute("aria-label", `Lọc: ${group.querySelector("legend")?.textContent.trim() ?? ""}`);
  input.dataset.noSave = "";
  const output = document.createElement("output");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--small";
  bar.append(...(short ? [] : [input, " "]), button, output);
  const shown = () => boxes.filter((box, i) => !rows[i][0].hidden);
  const full = () => shown().every((box) => box.checked);
  const count = () => {
    output.textContent = `Đã chọn ${boxes.filter((box) => box.checked).length}/${boxes.length}`;
    button.textContent = full() ? "Bỏ chọn cả" : "Chọn cả";
  };
  button.addEventListener("click", () => {
    const tick = !full();
    for (const box of shown()) box.checked = tick;
    for (const kind of ["input", "change"]) group.dispatchEvent(new Event(kind, { bubbles: true }));
  });
  input.addEventListener("input", () => {
    const words = fold(input.value).split(/\s+/).filter(Boolean);
    for (const [row, text] of rows) row.hidden = !words.every((word) => text.includes(word));
    count();
  });
  input.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.ctrlKey) event.preventDefault(); });
  group.addEventListener("change", count);
  boxes[0].closest("label").parentElement.parentElement.before(bar);
  count();
}

function prepare(scope) {
  for (const group of scope.querySelectorAll("fieldset")) equip(group);
}
document.addEventListener("htmx:load", (event) => prepare(event.detail.elt));
prepare(document);
