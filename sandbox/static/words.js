// Words of apps and members as elements: everything is text, except the few marks WeCom knows.

import { h } from "./dom.js";

const LINK = /<a\s+href=(?:"(https?:\/\/[^"<>\s]+)"|'(https?:\/\/[^'<>\s]+)')\s*>([^<]*)<\/a>/gi;

export function link(url, ...inside) {
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, ...inside);
}

export const isWeb = (url) => /^https?:\/\//i.test(url || "");

export function linked(text) {
  const found = [];
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    found.push(text.slice(from, match.index), link(match[1] || match[2], match[3]));
    from = match.index + match[0].length;
  }
  return [...found, text.slice(from)];
}

// A text card's description: line breaks and three kinds of <div>.
export function described(text) {
  const found = [];
  let kind = "";
  for (const piece of text.split(/(<br\s*\/?>|<div class="(?:gray|highlight|normal)">|<\/div>)/i)) {
    const opening = /^<div class="(\w+)">$/i.exec(piece);
    if (opening) kind = opening[1];
    else if (/^<\/div>$/i.test(piece)) { kind = ""; found.push("\n"); }
    else if (/^<br/i.test(piece)) found.push("\n");
    else if (piece) found.push(h("span", { className: kind || undefined }, piece));
  }
  return found;
}

const INLINE = /\*\*([^*]+)\*\*|\[([^\]]+)\]\((https?:\/\/[^)\s]+)\)|`([^`]+)`|<font color="(info|comment|warning)">([^<]*)<\/font>/g;

function inline(text) {
  const found = [];
  let from = 0;
  for (const m of text.matchAll(INLINE)) {
    found.push(text.slice(from, m.index));
    if (m[1]) found.push(h("b", {}, m[1]));
    else if (m[2]) found.push(link(m[3], m[2]));
    else if (m[4]) found.push(h("code", {}, m[4]));
    else found.push(h("span", { className: m[5] }, m[6]));
    from = m.index + m[0].length;
  }
  return [...found, text.slice(from)];
}

export function markdown(text) {
  return text.split("\n").map((line) => {
    const heading = /^#{1,6}\s+(.*)/.exec(line);
    if (heading) return h("h4", {}, inline(heading[1]));
    if (line.startsWith(">")) return h("blockquote", {}, inline(line.slice(1).trim()));
    return h("p", {}, inline(line) || "\u00a0");
  });
}
