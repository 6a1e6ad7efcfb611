// The app's menu at the foot of a phone.

import { h, notify } from "./dom.js";
import { post } from "./net.js";
import { isWeb } from "./words.js";

export class Menu {
  constructor(member, pickPhotos) {
    this.member = member;
    this.pickPhotos = pickPhotos;
    this.root = h("nav", { className: "menu", "aria-label": "应用菜单" });
    this.root.addEventListener("keydown", (event) => this.key(event));
    this.root.addEventListener("focusout", (event) => { if (!this.root.contains(event.relatedTarget)) this.close(); });
  }

  show(buttons) {
    const drawn = JSON.stringify(buttons);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    this.root.replaceChildren(...buttons.map((button) => this.main(button)));
  }

  main(button) {
    const under = button.sub_button || [];
    if (!under.length) return h("div", {}, h("button", { type: "button", onclick: () => this.act(button) }, button.name));
    const list = h("ul", { hidden: true }, under.map((entry) =>
      h("li", {}, h("button", { type: "button", onclick: () => { this.close(true); this.act(entry); } }, entry.name))));
    const head = h("button", { type: "button", "aria-expanded": "false", onclick: () => this.toggle(head, list) }, button.name);
    return h("div", {}, list, head);
  }

  toggle(head, list) {
    const open = list.hidden;
    this.close();
    list.hidden = !open;
    head.setAttribute("aria-expanded", String(open));
    if (open) list.querySelector("button").focus();
  }

  close(refocus = false) {
    for (const head of this.root.querySelectorAll('[aria-expanded="true"]')) {
      head.setAttribute("aria-expanded", "false");
      head.previousSibling.hidden = true;
      if (refocus) head.focus();
    }
  }

  key(event) {
    if (event.key === "Escape") this.close(true);
    const list = event.target.closest("ul");
    if (!list || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
    event.preventDefault();
    const entries = [...list.querySelectorAll("button")];
    const step = event.key === "ArrowDown" ? 1 : entries.length - 1;
    entries[(entries.indexOf(event.target) + step) % entries.length].focus();
  }

  async act(button) {
    const user = this.member.userid;
    if (button.type?.startsWith("pic_")) { this.pickPhotos(); return; }
    if (button.type === "view" && isWeb(button.url)) window.open(button.url, "_blank", "noopener");
    const body = button.type === "view" ? { user, url: button.url } : { user, key: button.key || "", note: `点了菜单“${button.name}”` };
    await post("menu", body).catch((fault) => notify(fault.message));
  }
}
