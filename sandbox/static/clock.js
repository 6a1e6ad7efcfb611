// The sandbox's clock in the header, and the buttons that move it.

import { h, notify } from "./dom.js";
import { post } from "./net.js";
import { day, dayAndHour, hour, inputValue, pieces } from "./times.js";

const $ = (id) => document.getElementById(id);

export class Clock {
  constructor() {
    this.base = Date.now();
    this.read = performance.now();
    $("hour-on").onclick = () => this.move({ seconds: 3600 });
    $("tomorrow").onclick = () => this.move({ to: this.tomorrow() });
    $("set-clock").onsubmit = (event) => { event.preventDefault(); this.move({ to: $("moment").value }); };
  }

  now() { return new Date(this.base + performance.now() - this.read); }

  tomorrow() {
    const next = pieces(new Date(this.now().getTime() + 86400000));
    return `${next.year}-${next.month}-${next.day}T09:00`;
  }

  set(iso) {
    const jump = Math.abs(new Date(iso) - this.now()) > 90000;
    this.base = new Date(iso).getTime();
    this.read = performance.now();
    if (jump && this.known) this.flash();
    if (jump || !this.known) $("moment").value = inputValue(this.now());
    this.known = true;
    this.show();
  }

  flash() {
    $("now").classList.remove("moved");
    void $("now").offsetWidth;
    $("now").classList.add("moved");
  }

  show() {
    const now = this.now();
    $("hour").textContent = hour(now);
    $("day").textContent = day(now);
    $("now").dateTime = inputValue(now);
  }

  async move(body) {
    await post("clock", body).then((answer) => this.set(answer.now)).catch((fault) => notify(fault.message));
  }

  offer(jumps) {
    const drawn = JSON.stringify(jumps);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    $("jumps").replaceChildren(...jumps.map(([label, iso]) =>
      h("button", { type: "button", onclick: () => this.move({ to: iso }) }, `${label} ${dayAndHour(new Date(iso))}`)));
  }
}
