// A message can be put away; the summary of errors is read out first; what htmx could not do is said.
function prepare(scope) {
  for (const button of scope.querySelectorAll("[data-dismiss]")) button.hidden = false;
  scope.querySelector("[data-error-summary]")?.focus();
}

document.addEventListener("click", (event) => {
  event.target.closest("[data-dismiss]")?.closest(".message").remove();
});
document.addEventListener("htmx:load", (event) => prepare(event.detail.elt));
prepare(document);

const REFUSALS = {
  403: "Không có quyền thực hiện việc này, hoặc phiên làm việc đã hết hạn. Tải lại trang rồi thử lại.",
  404: "Nội dung này không còn hoặc đã được chuyển đi. Tải lại trang để xem bản mới.",
  409: "Nội dung vừa được người khác thay đổi. Tải lại trang để xem bản mới rồi thực hiện lại.",
  413: "Tệp lớn quá mức cho phép.",
};

function say(words) {
  const region = document.getElementById("messages");
  const box = document.createElement("div");
  box.className = "message message--error";
  const text = document.createElement("p");
  text.textContent = words;
  box.append(text);
  region?.replaceChildren(box);
  box.scrollIntoView({ block: "nearest" });
}

document.addEventListener("htmx:responseError", (event) => {
  say(REFUSALS[event.detail.xhr.status] ?? "Hệ thống gặp lỗi, việc vừa làm chưa được lưu. Thử lại sau ít phút.");
});
document.addEventListener("htmx:sendError", () => {
  say("Mất kết nối với máy chủ, việc vừa làm chưa được lưu. Kiểm tra mạng rồi thử lại.");
});
