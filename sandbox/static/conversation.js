// The scrolling list of one phone. Only the latest lines are in the page; older ones come by a button.

import { line } from "./bubble.js";
import { h } from "./dom.js";
import { day, hour } from "./times.js";

const PAGE = 120;
const PAUSE = 5 * 60 * 1000;
const NEAR = 60;

export class Conversation {
  constructor(people) {
    this.people = people;
    this.bubbles = [];
    this.elements = new Map();
    this.shown = PAGE;
    this.list = h("ol", { className: "lines", role: "list", tabindex: "0", "aria-label": `${people.member.name}与${people.app}的对话` });
    this.newer = h("button", { type: "button", className: "newer", hidden: true, onclick: () => this.toEnd() }, "↓ 新消息");
    this.root = h("div", { className: "talk" }, this.list, this.newer);
    this.sticking = true;
    this.list.addEventListener("scroll", () => this.scrolled(), { passive: true });
    this.list.addEventListener("load", () => { if (this.sticking) this.toEnd(); }, true);
    new ResizeObserver(() => { if (this.sticking) this.toEnd(); }).observe(this.list);
    this.render();
  }

  atEnd() { return this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < NEAR; }

  scrolled() {
    this.sticking = this.atEnd();
    if (this.sticking) this.newer.hidden = true;
  }

  toEnd() {
    this.sticking = true;
    this.list.scrollTop = this.list.scrollHeight;
    this.newer.hidden = true;
  }

  get last() { return this.bubbles.at(-1); }

  // Takes changed and new bubbles; returns the app's new ones.
  take(changes) {
    const stick = this.sticking || changes.some((b) => b.side === "member" && !this.elements.has(b.number));
    const fresh = [];
    for (const bubble of changes) {
      const at = this.bubbles.findIndex((known) => known.number === bubble.number);
      if (at >= 0) this.replace(at, bubble);
      else fresh.push(bubble);
    }
    if (fresh.length) this.append(fresh.sort((a, b) => a.number - b.number));
    this.sticking = stick;
    if (stick) this.toEnd();
    else if (fresh.some((b) => b.side === "app")) this.newer.hidden = false;
    return fresh.filter((b) => b.side === "app" && !b.recalled);
  }

  replace(at, bubble) {
    this.bubbles[at] = bubble;
    const old = this.elements.get(bubble.number);
    if (!old) return;
    const focused = old.contains(document.activeElement);
    const fresh = line(bubble, this.people);
    const picture = old.querySelector(".photo img");
    if (picture && fresh.querySelector(".photo")) fresh.querySelector(".photo").replaceWith(old.querySelector(".photo"));
    old.replaceWith(fresh);
    this.elements.set(bubble.number, fresh);
    if (focused) fresh.querySelector("button, a")?.focus();
  }

  append(fresh) {
    const inOrder = !this.last || fresh[0].number > this.last.number;
    const bulk = fresh.length > 20 || !this.bubbles.length || !inOrder;
    this.bubbles.push(...fresh);
    if (bulk) { this.bubbles.sort((a, b) => a.number - b.number); this.render(); return; }
    let previous = this.bubbles.at(-fresh.length - 1);
    for (const bubble of fresh) {
      const element = this.element(bubble, previous);
      this.elements.get(bubble.number).classList.add("fresh");
      this.list.append(element);
      previous = bubble;
    }
    this.shown += fresh.length;
  }

  element(bubble, previous) {
    const pieces = document.createDocumentFragment();
    if (!previous || Math.abs(new Date(bubble.at) - new Date(previous.at)) > PAUSE) {
      const moment = new Date(bubble.at);
      pieces.append(h("li", { className: "when" }, `${day(moment)} ${hour(moment)}`));
    }
    const item = line(bubble, this.people);
    this.elements.set(bubble.number, item);
    pieces.append(item);
    return pieces;
  }

  render() {
    const start = Math.max(0, this.bubbles.length - this.shown);
    const all = document.createDocumentFragment();
    this.elements.clear();
    if (!this.bubbles.length) all.append(h("li", { className: "empty" }, "还没有消息。\n发“帮助”，看能做什么。"));
    if (start) all.append(h("li", {}, h("button", { type: "button", className: "earlier", onclick: () => this.showEarlier() }, `看更早的 ${start} 条`)));
    for (let at = start; at < this.bubbles.length; at += 1) all.append(this.element(this.bubbles[at], this.bubbles[at - 1]));
    this.list.replaceChildren(all);
  }

  showEarlier() {
    const before = this.list.scrollHeight - this.list.scrollTop;
    this.shown += PAGE;
    this.sticking = false;
    this.render();
    this.list.scrollTop = this.list.scrollHeight - before;
    this.list.focus({ preventScroll: true });
  }
}
