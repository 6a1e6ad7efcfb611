// The typing box: words, photos chosen, dropped or pasted, and a sample photo from the camera.

import { snapshot } from "./camera.js";
import { h, icon, notify } from "./dom.js";
import { post, upload } from "./net.js";

const drafts = new Map();

const PHOTO = ["M4 6.500A1.500 1.500 0 0 1 5.500 5h13A1.500 1.500 0 0 1 20 6.500v11a1.500 1.500 0 0 1-1.500 1.500h-13A1.500 1.500 0 0 1 4 17.500z", "M4.500 16.500l4.500-4.500 3.500 3.500 2.500-2.500 4.500 4.500", "M14.800 9.200h.01"];
const CAMERA = ["M3.500 8.500A1.500 1.500 0 0 1 5 7h2.800l1.400-2h5.600l1.400 2H19a1.500 1.500 0 0 1 1.500 1.500v9A1.500 1.500 0 0 1 19 19H5a1.500 1.500 0 0 1-1.500-1.500z", "M15.500 13a3.500 3.500 0 1 1-7 0 3.500 3.500 0 0 1 7 0z"];

export class Composer {
  constructor(member, clock) {
    this.member = member;
    this.clock = clock;
    this.chooser = h("input", { type: "file", accept: "image/*", multiple: true, hidden: true, onchange: () => this.choose() });
    this.words = h("textarea", { rows: 1, placeholder: "发消息", "aria-label": `以${member.name}的身份发消息，回车发送`, enterkeyhint: "send" });
    this.send = h("button", { type: "submit", className: "send" }, "发送");
    this.root = h("form", { className: "composer", onsubmit: (event) => { event.preventDefault(); this.say(); } },
      this.tool("photo", "发照片", PHOTO, () => this.chooser.click()),
      this.tool("camera", "拍照（画一张样张）", CAMERA, () => this.shoot()),
      this.chooser, this.words, this.send);
    this.words.value = drafts.get(member.userid) || "";
    this.words.addEventListener("input", () => this.fit());
    this.words.addEventListener("keydown", (event) => this.key(event));
    this.words.addEventListener("paste", (event) => this.paste(event));
    this.fit();
  }

  tool(name, label, paths, act) {
    return h("button", { type: "button", className: `tool ${name}`, "aria-label": label, title: label, onclick: act }, icon(...paths));
  }

  fit() {
    drafts.set(this.member.userid, this.words.value);
    this.send.disabled = !this.words.value.trim();
    this.root.classList.toggle("typing", !this.send.disabled);
    this.words.style.height = "44px";
    if (this.words.scrollHeight > 46) this.words.style.height = `${Math.min(this.words.scrollHeight + 2, 160)}px`;
  }

  // Enter that ends the choice of a Chinese word must not send.
  key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.say();
  }

  async say() {
    const text = this.words.value;
    if (!text.trim()) return;
    this.words.value = "";
    this.fit();
    this.words.focus();
    await post("say", { user: this.member.userid, text }).catch((fault) => {
      this.words.value = text;
      this.fit();
      notify(fault.message);
    });
  }

  async photos(files) {
    const pictures = [...files].filter((file) => file.type.startsWith("image/"));
    if (!pictures.length) { notify("这里只能发图片。"); return; }
    await upload(this.member.userid, pictures).catch((fault) => notify(fault.message));
  }

  async choose() {
    await this.photos(this.chooser.files);
    this.chooser.value = "";
  }

  async shoot() { await this.photos([await snapshot(this.member, this.clock.now())]); }

  pickPhotos() { this.chooser.click(); }

  paste(event) {
    const files = [...event.clipboardData.files];
    if (!files.length) return;
    event.preventDefault();
    this.photos(files);
  }

  acceptDrops(area) {
    area.addEventListener("dragover", (event) => { event.preventDefault(); area.classList.add("dropping"); });
    area.addEventListener("dragleave", (event) => { if (!area.contains(event.relatedTarget)) area.classList.remove("dropping"); });
    area.addEventListener("drop", (event) => {
      event.preventDefault();
      area.classList.remove("dropping");
      this.photos(event.dataTransfer.files);
    });
  }
}
