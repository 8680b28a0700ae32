// <form data-autosave> (POST) is sent a moment after the last change, with the header X-Autosave: 1;
// its [data-save-status] says what happened. The server answers:
//   2xx  saved; header X-Version, where given, becomes the form's "version", and the text of the
//        answer takes the place of what is in [data-save-answer]
//   409  somebody else changed it: saving stops
//   422  not saved, the words are the text of the answer
// Files are not sent; data-autosave="Đã giữ" says other words than "Đã lưu".
// <form data-guard> is not sent, but leaving the page with changes in it warns.
const DELAY_MS = 800;
const states = new WeakMap();
const unsaved = new Set();

function say(form, words, state = "") {
  const status = form.querySelector("[data-save-status]");
  if (!status) return;
  status.textContent = words;
  status.dataset.state = state;
}

function clock() {
  const now = new Date();
  return `${now.getHours()}:${String(now.getMinutes()).padStart(2, "0")}`;
}

async function answered(form, response) {
  if (response.status === 409) {
    states.get(form).stopped = true;
    say(form, "Nội dung vừa được người khác thay đổi. Tải lại trang để xem bản mới rồi nhập lại.", "error");
  } else if (response.status === 422) {
    say(form, (await response.text()).trim() || "Chưa lưu: có ô chưa đúng.", "error");
  } else if (response.ok && !response.redirected) {
    const version = response.headers.get("X-Version");
    const field = form.elements.namedItem("version");
    if (version && field) field.value = version;
    const answer = form.querySelector("[data-save-answer]");
    if (answer) answer.innerHTML = await response.text();
    say(form, `${form.dataset.autosave || "Đã lưu"} lúc ${clock()}`);
    return true;
  } else {
    say(form, "Chưa lưu được. Sẽ lưu lại khi có thay đổi tiếp theo.", "error");
  }
  return false;
}

async function save(form) {
  const state = states.get(form);
  if (state.stopped) return;
  if (state.busy) {
    state.again = true;
    return;
  }
  state.busy = true;
  state.again = false;
  say(form, "Đang lưu…");
  try {
    const body = new FormData(form);
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
    const response = await fetch(form.action, { method: "POST", body, headers: { "X-Autosave": "1" } });
    if ((await answered(form, response)) && !state.again) unsaved.delete(form);
  } catch {
    say(form, "Mất kết nối, chưa lưu được. Sẽ lưu lại khi có thay đổi tiếp theo.", "error");
  } finally {
    state.busy = false;
    if (state.again) save(form);
  }
}

function changed(event) {
  const form = event.target.closest?.("form[data-autosave], form[data-guard]");
  if (!form || event.target.matches("[data-no-save]")) return;
  unsaved.add(form);
  if (!form.matches("[data-autosave]")) return;
  if (!states.has(form)) states.set(form, { timer: 0, busy: false, again: false, stopped: false });
  const state = states.get(form);
  if (state.busy) state.again = true;
  if (!state.stopped) say(form, "Chưa lưu");
  clearTimeout(state.timer);
  state.timer = setTimeout(() => save(form), DELAY_MS);
}

document.addEventListener("input", changed);
document.addEventListener("submit", (event) => {
  clearTimeout(states.get(event.target)?.timer);
  unsaved.delete(event.target);
});
addEventListener("beforeunload", (event) => {
  for (const form of unsaved) if (!form.isConnected) unsaved.delete(form);
  if (unsaved.size) event.preventDefault();
});
