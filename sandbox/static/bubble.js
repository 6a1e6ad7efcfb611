// One line of a conversation.

import * as cards from "./cards.js";
import { h } from "./dom.js";
import { mediaUrl } from "./net.js";
import { hour } from "./times.js";
import { view } from "./viewer.js";
import { linked, markdown } from "./words.js";

const FACES = ["#3f6f8f", "#8a5a44", "#5d6f3a", "#7a4f7d", "#9a6a1f", "#3e6b6b", "#8f4a55", "#50588f"];
const SPOKEN = { image: "一张图片", file: "一个文件", voice: "一段语音", video: "一段视频", news: "一条图文", template_card: "一张卡片", textcard: "一张卡片" };

export function colour(userid) {
  return FACES[[...userid].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 9973, 7) % FACES.length];
}

export function spoken(bubble) {
  return bubble.text || (bubble.data.title ?? SPOKEN[bubble.kind] ?? "一条消息");
}

function photo(bubble, caption) {
  const picture = h("img", { src: mediaUrl(bubble.media_id), alt: "", loading: "lazy", decoding: "async" });
  const button = h("button", { type: "button", className: "photo", "aria-label": `${caption}，点一下看大图`, onclick: () => view(picture.src, caption) }, picture);
  picture.addEventListener("error", () => button.replaceWith(h("div", { className: "lost" }, "这张图片打不开")));
  return button;
}

function player(bubble) {
  const name = bubble.kind === "voice" ? "语音" : "视频";
  return h("a", { className: "card", href: `${mediaUrl(bubble.media_id)}?download=1` }, h("b", {}, `${name}消息`), h("p", {}, bubble.data.title || "点一下保存"));
}

function content(bubble, who) {
  if (bubble.recalled) return h("div", { className: "lost" }, "这条消息已撤回");
  if (!bubble.shown) return h("div", { className: "lost" }, "微信插件显示不了这类消息，请在企业微信里看");
  switch (bubble.kind) {
    case "image": return photo(bubble, `${who}发的图片`);
    case "file": return cards.file(bubble);
    case "voice": case "video": return player(bubble);
    case "location": return cards.place(bubble);
    case "link": return cards.sharedLink(bubble);
    case "textcard": return cards.textcard(bubble);
    case "news": return cards.news(bubble);
    case "template_card": return cards.templateCard(bubble);
    case "markdown": return h("div", { className: "words markdown" }, markdown(bubble.text));
    default: return h("div", { className: "words" }, bubble.side === "app" ? linked(bubble.text) : bubble.text);
  }
}

function state(bubble) {
  if (bubble.state === "pending") return h("span", { className: "state pending" }, h("span", { className: "unseen" }, "正在送"));
  if (bubble.state === "failed") return h("span", { className: "state failed" }, `没有送到：${bubble.problem || "机器人没有应答"}`);
  if (bubble.state === "dropped") return h("span", { className: "state failed" }, "途中丢了（演练）");
  return null;
}

export function line(bubble, people) {
  if (bubble.kind === "event") return h("li", { className: "note" }, bubble.text, state(bubble));
  const mine = bubble.side === "member";
  const who = mine ? people.member.name : people.app;
  const face = mine
    ? h("span", { className: "face", "aria-hidden": "true", "data-colour": colour(people.member.userid) }, who.slice(-1))
    : h("span", { className: "face app", "aria-hidden": "true" }, who.slice(0, 1));
  if (mine) face.style.background = face.dataset.colour;
  return h("li", { className: mine ? "line mine" : "line", title: hour(new Date(bubble.at)) }, face,
    h("div", { className: "box" }, h("span", { className: "unseen" }, `${who}，${hour(new Date(bubble.at))}：`), content(bubble, who), state(bubble)));
}
