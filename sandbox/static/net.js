// The control calls of the sandbox.

const BASE = "/sandbox/api/";

async function parsed(response) {
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.error || "没有成功，请再试一次。");
  return body;
}

export async function get(path, query = {}, signal = undefined) {
  return parsed(await fetch(`${BASE}${path}?${new URLSearchParams(query)}`, { signal }));
}

export async function post(path, body = {}) {
  const headers = { "Content-Type": "application/json" };
  return parsed(await fetch(BASE + path, { method: "POST", headers, body: JSON.stringify(body) }));
}

export async function upload(user, files) {
  const form = new FormData();
  form.append("user", user);
  for (const file of files) form.append("file", file, file.name || "照片.jpg");
  return parsed(await fetch(`${BASE}image`, { method: "POST", body: form }));
}

export const mediaUrl = (id) => `/sandbox/media/${encodeURIComponent(id)}`;
