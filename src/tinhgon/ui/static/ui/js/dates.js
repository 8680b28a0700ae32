// [data-date] around a typed date: its button opens the browser's own calendar, whatever way that
// writes dates, and the choice is written as 01/7/2024.
function toIso(text) {
  const parts = /^\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*$/.exec(text);
  return parts ? `${parts[3]}-${parts[2].padStart(2, "0")}-${parts[1].padStart(2, "0")}` : "";
}

function toVietnamese(iso) {
  const [year, month, day] = iso.split("-");
  return `${day}/${Number(month) < 3 ? month : Number(month)}/${year}`;
}

function picker(box) {
  let native = box.querySelector("input[type=date]");
  if (native) return native;
  native = document.createElement("input");
  native.type = "date";
  native.tabIndex = -1;
  native.setAttribute("aria-hidden", "true");
  native.className = "date-input__native";
  box.append(native);
  native.addEventListener("input", (event) => event.stopPropagation());
  native.addEventListener("change", (event) => {
    event.stopPropagation();
    const typed = box.querySelector("input");
    typed.value = native.value ? toVietnamese(native.value) : "";
    typed.dispatchEvent(new Event("input", { bubbles: true }));
    typed.dispatchEvent(new Event("change", { bubbles: true }));
    typed.focus();
  });
  return native;
}

document.addEventListener("click", (event) => {
  const box = event.target.closest("[data-date-pick]")?.closest("[data-date]");
  if (!box) return;
  const native = picker(box);
  native.value = toIso(box.querySelector("input").value);
  native.showPicker();
});

function prepare(scope) {
  if (!("showPicker" in HTMLInputElement.prototype)) return;
  for (const button of scope.querySelectorAll("[data-date-pick]")) button.hidden = false;
}
document.addEventListener("htmx:load", (event) => prepare(event.detail.elt));
prepare(document);
