// A long list of checkboxes gets a filter (with or without diacritics) and says how many are ticked.
const LONG = 12;

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll(/[đĐ]/g, "d").toLowerCase();

function equip(group) {
  const boxes = [...group.querySelectorAll("input[type=checkbox]")];
  if (boxes.length <= LONG || group.querySelector(".check-filter")) return;
  const rows = boxes.map((box) => [box.closest("label").parentElement, fold(box.closest("label").textContent)]);
  const bar = document.createElement("div");
  bar.className = "check-filter";
  const input = document.createElement("input");
  input.type = "search";
  input.className = "input";
  input.placeholder = "Gõ để lọc danh sách";
  input.setAttribute("aria-label", `Lọc: ${group.querySelector("legend")?.textContent.trim() ?? ""}`);
  input.dataset.noSave = "";
  const output = document.createElement("output");
  bar.append(input, output);
  const count = () => { output.textContent = `Đã chọn ${boxes.filter((box) => box.checked).length}/${boxes.length}`; };
  input.addEventListener("input", () => {
    const words = fold(input.value).split(/\s+/).filter(Boolean);
    for (const [row, text] of rows) row.hidden = !words.every((word) => text.includes(word));
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
