// <label data-dropzone> around a file input takes a dropped file; data-page-drop on it takes one
// dropped anywhere on the page; data-submit-on-choose sends the form at once. Once is-ready, we
// name the file ourselves: the browser's own button speaks the language of the computer.
const input = (zone) => zone.querySelector("input[type=file]");

function size(bytes) {
  const format = (value) => value.toLocaleString("vi", { maximumFractionDigits: 1 });
  return bytes < 1048576 ? `${format(bytes / 1024)} KB` : `${format(bytes / 1048576)} MB`;
}

function chosen(zone) {
  const files = [...input(zone).files];
  const output = zone.querySelector("output");
  if (output) output.textContent = files.map((file) => `${file.name} (${size(file.size)})`).join("\n");
  if (files.length && "submitOnChoose" in zone.dataset) input(zone).form.requestSubmit();
}

const zoneFor = (event) => event.target.closest?.("[data-dropzone]") ?? document.querySelector("[data-dropzone][data-page-drop]");

document.addEventListener("dragover", (event) => {
  const zone = zoneFor(event);
  if (!zone || !event.dataTransfer.types.includes("Files")) return;
  event.preventDefault();
  zone.classList.add("is-over");
});
document.addEventListener("dragleave", (event) => {
  const zone = zoneFor(event);
  if (zone && !zone.contains(event.relatedTarget)) zone.classList.remove("is-over");
});
document.addEventListener("drop", (event) => {
  const zone = zoneFor(event);
  if (!zone || !event.dataTransfer.files.length) return;
  event.preventDefault();
  zone.classList.remove("is-over");
  const files = new DataTransfer();
  const wanted = input(zone).multiple ? [...event.dataTransfer.files] : [event.dataTransfer.files[0]];
  for (const file of wanted) files.items.add(file);
  input(zone).files = files.files;
  chosen(zone);
});
function prepare(scope) {
  for (const zone of scope.querySelectorAll("[data-dropzone]")) zone.classList.add("is-ready");
}
document.addEventListener("htmx:load", (event) => prepare(event.detail.elt));
prepare(document);

document.addEventListener("change", (event) => {
  const zone = event.target.matches("input[type=file]") && event.target.closest("[data-dropzone]");
  if (zone) chosen(zone);
});
