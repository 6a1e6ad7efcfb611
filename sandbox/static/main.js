// Puts the phones on the desk and keeps them up to date by long polling.

import { spoken } from "./bubble.js";
import { Clock } from "./clock.js";
import { h, notify } from "./dom.js";
import { get, post } from "./net.js";
import { Phone } from "./phone.js";

const WAIT = 20;
const BREATH = 150;
const narrow = window.matchMedia("(max-width: 760px)");
const pause = (ms) => new Promise((done) => { setTimeout(done, ms); });

class Desk {
  async open() {
    const state = await get("state");
    this.people = state.users;
    this.app = state.app;
    this.run = state.run;
    this.menu = [];
    this.unread = {};
    this.readUpTo = new Map();
    this.revision = 0;
    this.clock = new Clock();
    this.clock.set(state.now);
    document.getElementById("school").textContent = state.corp.name;
    this.phones = [];
    for (const { role, userid } of state.featured) this.phones.push(new Phone(this, role, userid));
    document.getElementById("phones").replaceChildren(...this.phones.map((phone) => phone.root));
    this.tabs = this.phones.map((phone) => h("button", { type: "button", onclick: () => this.turnTo(phone) }));
    document.getElementById("tabs").replaceChildren(...this.tabs);
    this.turnTo(this.phones[0]);
    setInterval(() => this.tick(), 1000);
    this.tick();
    document.addEventListener("visibilitychange", () => this.markRead());
    narrow.addEventListener("change", () => { this.count(); this.markRead(); });
    this.poll();
  }

  person(userid) { return this.people.find((p) => p.userid === userid); }

  onDesk(userid) { return this.phones.some((phone) => phone.member.userid === userid); }

  turnTo(phone) {
    this.current = phone;
    for (const each of this.phones) each.root.classList.toggle("current", each === phone);
    phone.conversation.toEnd();
    this.count();
    this.markRead();
  }

  tick() {
    this.clock.show();
    for (const phone of this.phones) phone.tick(this.clock.now());
  }

  // A phone was handed to somebody else: load all of it, and tell the app that the conversation was opened.
  async opened(phone) {
    this.count();
    const answer = await get("feed", { users: phone.key });
    phone.take(answer.users[phone.key] || []);
    phone.conversation.toEnd();
    this.polling?.abort();
    this.markRead();
    await post("enter", { user: phone.member.userid }).catch((fault) => notify(fault.message));
  }

  async poll() {
    for (;;) {
      try {
        await this.once();
        await pause(BREATH);
      } catch (fault) {
        if (fault.name === "AbortError") continue;
        notify("和沙箱的连接断了，正在重新连接…");
        await pause(1500);
      }
    }
  }

  async once() {
    this.polling = new AbortController();
    const users = this.phones.map((phone) => phone.key).join(",");
    const wait = this.revision ? WAIT : 0;
    const answer = await get("feed", { users, since: this.revision, wait }, this.polling.signal);
    if (answer.run !== this.run) { location.reload(); return; }
    this.revision = answer.revision;
    this.menu = answer.menu;
    this.unread = answer.unread;
    this.clock.set(answer.now);
    this.clock.offer(answer.jumps);
    for (const phone of this.phones) this.update(phone, answer.users[phone.key] || []);
    this.count();
    this.markRead();
  }

  update(phone, changes) {
    phone.menu.show(this.menu);
    if (!changes.length) return;
    const news = phone.take(changes);
    if (news.length) this.announce(phone, news);
  }

  announce(phone, news) {
    const live = document.getElementById("live");
    live.textContent = `${this.app.name}对${phone.member.name}说：${news.map(spoken).join("；")}`;
  }

  visible(phone) { return document.visibilityState === "visible" && (!narrow.matches || phone === this.current); }

  markRead() {
    for (const phone of this.phones) {
      const last = phone.conversation.last;
      if (!last || !this.visible(phone) || this.readUpTo.get(phone.key) >= last.number) continue;
      this.readUpTo.set(phone.key, last.number);
      post("read", { user: phone.member.userid, upto: last.number }).catch(() => this.readUpTo.delete(phone.key));
    }
  }

  count() {
    this.phones.forEach((phone, at) => {
      phone.count(this.unread);
      const tab = this.tabs[at];
      const count = this.visible(phone) ? 0 : this.unread[phone.key] || 0;
      tab.setAttribute("aria-current", String(phone === this.current));
      const drawn = `${phone.role}|${phone.member.name}|${count}`;
      if (tab.dataset.drawn === drawn) return;
      tab.dataset.drawn = drawn;
      tab.replaceChildren(phone.member.name, h("small", {}, phone.role || "手机"),
        ...(count ? [h("span", { className: "dot", role: "img", "aria-label": `${count} 条新消息` }, String(count))] : []));
    });
  }
}

new Desk().open().catch((fault) => notify(`打不开：${fault.message}`));
