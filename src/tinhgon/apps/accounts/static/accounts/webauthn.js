// Asks the browser for a security key, and puts its answer into the form that waits for it.

const toBytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));

const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

const withId = (item) => ({ ...item, id: toBytes(item.id) });

async function create(options) {
  const wanted = {
    ...options,
    challenge: toBytes(options.challenge),
    user: withId(options.user),
    excludeCredentials: (options.excludeCredentials ?? []).map(withId),
  };
  const made = await navigator.credentials.create({ publicKey: wanted });
  return {
    ...envelope(made),
    response: {
      clientDataJSON: toText(made.response.clientDataJSON),
      attestationObject: toText(made.response.attestationObject),
      transports: made.response.getTransports?.() ?? [],
    },
  };
}

async function get(options) {
  const wanted = {
    ...options,
    challenge: toBytes(options.challenge),
    allowCredentials: (options.allowCredentials ?? []).map(withId),
  };
  const given = await navigator.credentials.get({ publicKey: wanted });
  const { clientDataJSON, authenticatorData, signature, userHandle } = given.response;
  return {
    ...envelope(given),
    response: {
      clientDataJSON: toText(clientDataJSON),
      authenticatorData: toText(authenticatorData),
      signature: toText(signature),
      userHandle: userHandle ? toText(userHandle) : null,
    },
  };
}

const envelope = (credential) => ({
  type: credential.type,
  id: credential.id,
  rawId: toText(credential.rawId),
  authenticatorAttachment: credential.authenticatorAttachment ?? null,
  clientExtensionResults: credential.getClientExtensionResults(),
});

function explain(error) {
  if (error.name === "NotAllowedError") return "Đã hủy hoặc quá thời gian. Hãy thử lại.";
  if (error.name === "InvalidStateError") return "Khóa này đã được thêm trước đây.";
  if (error.name === "SecurityError") return "Địa chỉ trang này không dùng được khóa bảo mật.";
  return "Trình duyệt hoặc máy này không dùng được khóa bảo mật.";
}

for (const form of document.querySelectorAll("form[data-webauthn]")) {
  const data = JSON.parse(document.getElementById(form.dataset.webauthnOptions).textContent);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const words = form.querySelector("[data-webauthn-error]");
    words.textContent = "";
    try {
      const credential =
        form.dataset.webauthn === "create"
          ? await create(data.creation_options.publicKey)
          : await get(data.request_options.publicKey);
      form.elements.credential.value = JSON.stringify(credential);
      form.submit();
    } catch (error) {
      words.textContent = explain(error);
    }
  });
}
