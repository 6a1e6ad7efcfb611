// Files, places, links and the cards of apps.

import { h, notify } from "./dom.js";
import { mediaUrl, post } from "./net.js";
import { size } from "./times.js";
import { described, isWeb, link } from "./words.js";

export function file(bubble) {
  const media = bubble.media || { name: "文件", size: 0 };
  const kind = (/\.([A-Za-z0-9]{1,4})$/.exec(media.name) || ["", "文件"])[1].toLowerCase();
  const address = `${mediaUrl(bubble.media_id)}?download=1`;
  return h("a", { className: "card file", href: address, download: media.name, "aria-label": `下载文件 ${media.name}，${size(media.size)}` },
    h("span", { className: `sheet ${kind}`, "aria-hidden": "true" }, kind),
    h("span", {}, h("b", {}, media.name), h("small", {}, `${size(media.size)} · 点一下下载`)));
}

export function place(bubble) {
  return h("div", { className: "card" }, h("b", {}, "位置"), h("p", {}, bubble.text || "没有名字的地方"));
}

function opened(url, ...inside) {
  return isWeb(url) ? h("a", { className: "card", href: url, target: "_blank", rel: "noopener noreferrer" }, ...inside) : h("div", { className: "card" }, ...inside);
}

export function sharedLink(bubble) {
  return opened(bubble.data.url, h("b", {}, bubble.data.title), h("p", {}, bubble.data.description));
}

export function textcard(bubble) {
  const { title, description, url, btntxt } = bubble.data;
  return opened(url, h("b", {}, title), h("p", {}, described(description)), h("span", { className: "more" }, btntxt));
}

export function news(bubble) {
  return h("div", { className: "card" }, bubble.data.articles.map((article) => [
    isWeb(article.picurl) ? h("img", { src: article.picurl, alt: "", loading: "lazy" }) : null,
    h("b", {}, isWeb(article.url) ? link(article.url, article.title) : article.title),
    article.description ? h("p", {}, article.description) : null,
  ]));
}

export function templateCard(bubble) {
  const card = bubble.data.card;
  const title = card.main_title || {};
  const emphasis = card.emphasis_content || {};
  return h("div", { className: "card", role: "group", "aria-label": title.title || "卡片" },
    title.title ? h("b", {}, title.title) : null,
    title.desc ? h("p", {}, title.desc) : null,
    emphasis.title ? h("div", { className: "big" }, emphasis.title) : null,
    card.sub_title_text ? h("p", {}, card.sub_title_text) : null,
    rows(card.horizontal_content_list, "keyname", "value"),
    rows(card.vertical_content_list, "title", "desc"),
    isWeb((card.card_action || {}).url) ? h("span", { className: "more" }, link(card.card_action.url, "打开")) : null,
    bubble.data.replaced ? h("p", { className: "choices" }, bubble.data.replaced) : answers(bubble, card));
}

function rows(list, name, value) {
  if (!Array.isArray(list) || !list.length) return null;
  return h("dl", {}, list.flatMap((row) => [h("dt", {}, String(row[name] || "")), h("dd", {}, String(row[value] || ""))]));
}

function answers(bubble, card) {
  const box = h("form", { className: "choices", onsubmit: (event) => event.preventDefault() });
  const questions = [...(card.select_list || []), card.checkbox, card.button_selection].filter(Boolean);
  for (const question of questions) box.append(options(bubble, question));
  const buttons = [...(card.button_list || []), ...(card.submit_button ? [{ text: "提交", ...card.submit_button }] : [])];
  for (const button of buttons) box.append(h("button", { type: "button", onclick: () => press(bubble, button, box) }, button.text));
  for (const action of (card.action_menu || {}).action_list || []) {
    box.append(h("button", { type: "button", onclick: () => press(bubble, { ...action, menu: true }, box) }, action.text));
  }
  return box.children.length ? box : null;
}

function options(bubble, question) {
  const kind = question.mode === 1 ? "checkbox" : "radio";
  const name = `${bubble.number}-${question.question_key}`;
  return h("fieldset", { "data-question": question.question_key }, question.title ? h("legend", {}, question.title) : null,
    question.option_list.map((option) => h("label", {},
      h("input", { type: kind, name, value: option.id, checked: option.is_checked || option.id === question.selected_id }), ` ${option.text}`)));
}

async function press(bubble, button, box) {
  if (isWeb(button.url)) { window.open(button.url, "_blank", "noopener"); return; }
  const selections = {};
  for (const question of box.querySelectorAll("fieldset")) {
    selections[question.dataset.question] = [...question.querySelectorAll("input:checked")].map((input) => input.value);
  }
  const body = { user: bubble.user, task_id: bubble.data.card.task_id, key: button.key, selections, menu: Boolean(button.menu) };
  await post("press", body).catch((fault) => notify(fault.message));
}
