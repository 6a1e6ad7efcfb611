// One phone on the desk: whose it is, the conversation, the typing box and the menu.

import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { h } from "./dom.js";
import { Menu } from "./menu.js";
import { hour } from "./times.js";

export class Phone {
  constructor(desk, role, userid) {
    this.desk = desk;
    this.role = role;
    this.chosen = h("select", { "aria-label": `${role || "这部"}手机是谁的`, onchange: () => this.change(this.chosen.value) });
    this.badge = h("span", { className: "dot", hidden: true, role: "img", "aria-label": "其他人有新消息" });
    this.title = h("span", { className: "hour", "aria-hidden": "true" });
    this.screen = h("div", { className: "screen" });
    this.root = h("section", { className: "phone" },
      h("div", { className: "plate" }, role ? h("span", { className: "role" }, role) : null, h("span", { className: "person" }, this.chosen, this.badge)),
      this.screen);
    this.fillPeople();
    this.hand(userid);
  }

  fillPeople() {
    this.chosen.replaceChildren(...this.desk.people.map((p) => h("option", { value: p.userid }, this.named(p))));
  }

  named(person, count = 0) {
    const place = person.position || person.place;
    return `${count ? "● " : ""}${person.name}${place ? `（${place}）` : ""}${count ? ` ${count} 条新消息` : ""}`;
  }

  // Gives the phone to somebody.
  hand(userid) {
    this.member = this.desk.person(userid);
    this.chosen.value = this.member.userid;
    this.root.setAttribute("aria-label", `${this.role} ${this.member.name} 的手机`);
    this.conversation = new Conversation({ member: this.member, app: this.desk.app.name });
    this.composer = new Composer(this.member, this.desk.clock);
    this.menu = new Menu(this.member, () => this.composer.pickPhotos());
    this.menu.show(this.desk.menu);
    const face = h("span", { className: "face app", "aria-hidden": "true" }, this.desk.app.name.slice(0, 1));
    this.screen.replaceChildren(h("div", { className: "title" }, face, h("b", {}, this.desk.app.name), this.title), this.conversation.root, this.composer.root, this.menu.root);
    this.composer.acceptDrops(this.screen);
    this.fresh = true;
  }

  async change(userid) {
    this.hand(userid);
    await this.desk.opened(this);
  }

  get key() { return this.member.userid.toLowerCase(); }

  // Shows what changed; returns the app's new words, none at the first load.
  take(changes) {
    const news = this.conversation.take(changes);
    const first = this.fresh;
    this.fresh = false;
    return first ? [] : news;
  }

  tick(now) { this.title.textContent = hour(now); }

  count(unread) {
    let others = 0;
    for (const option of this.chosen.options) {
      const person = this.desk.person(option.value);
      const count = this.desk.onDesk(person.userid) ? 0 : unread[person.userid.toLowerCase()] || 0;
      const text = this.named(person, count);
      if (option.text !== text) option.text = text;
      others += count;
    }
    this.badge.hidden = !others;
  }
}
