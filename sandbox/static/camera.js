// Draws a sample photo: a room, people at a table, and when and by whom it was "taken".

import { dayAndHour } from "./times.js";

const WALLS = ["#e8ded0", "#dbe4e6", "#e4e2d6", "#e6dcd8"];
const SHIRTS = ["#4f6f8f", "#7d5a50", "#5f7a4f", "#8a7a4a", "#6a5a86", "#3f6f6a"];
const PLACES = ["实验室开放日", "师生座谈会", "论文写作辅导", "走访宿舍", "党员服务站", "集中点评会"];

const pick = (list) => list[Math.floor(Math.random() * list.length)];

function person(pen, x, y, scale) {
  pen.fillStyle = pick(SHIRTS);
  pen.beginPath();
  pen.roundRect(x - 70 * scale, y, 140 * scale, 190 * scale, 60 * scale);
  pen.fill();
  pen.fillStyle = "#e9c4a0";
  pen.beginPath();
  pen.arc(x, y - 38 * scale, 46 * scale, 0, 7);
  pen.fill();
  pen.fillStyle = pick(["#2b2622", "#3a332c", "#8d8a86"]);
  pen.beginPath();
  pen.arc(x, y - 48 * scale, 48 * scale, Math.PI, 0);
  pen.fill();
}

function room(pen, width, height) {
  pen.fillStyle = pick(WALLS);
  pen.fillRect(0, 0, width, height);
  const sky = pen.createLinearGradient(0, 90, 0, 420);
  sky.addColorStop(0, "#a9cbe4");
  sky.addColorStop(1, "#e9f1ec");
  pen.fillStyle = sky;
  for (const x of [90, 350, 760, 1020]) pen.fillRect(x, 150, 200, 260);
  pen.fillStyle = "#a8352c";
  pen.fillRect(120, 50, width - 240, 74);
  pen.fillStyle = "#b98d5e";
  pen.fillRect(0, height - 210, width, 210);
}

function caption(pen, width, height, member, now) {
  pen.textBaseline = "middle";
  pen.font = '600 44px "Noto Sans CJK SC", "PingFang SC", sans-serif';
  pen.textAlign = "center";
  pen.fillStyle = "#fbe9b7";
  pen.fillText(pick(PLACES), width / 2, 88);
  pen.font = '30px "Noto Sans CJK SC", "PingFang SC", sans-serif';
  pen.textAlign = "right";
  pen.fillStyle = "#fff";
  pen.fillText(`${dayAndHour(now)}　${member.name} 拍摄（样张）`, width - 30, height - 36);
}

export function snapshot(member, now) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [1280, 960];
  const pen = canvas.getContext("2d");
  room(pen, 1280, 960);
  const seats = 4 + Math.floor(Math.random() * 3);
  for (let seat = 0; seat < seats; seat += 1) person(pen, ((seat + 0.5) * 1280) / seats, 540 + Math.random() * 40, 1.1 + Math.random() * 0.2);
  pen.fillStyle = "#8a6238";
  pen.fillRect(0, 720, 1280, 240);
  pen.fillStyle = "#9d7446";
  pen.fillRect(0, 720, 1280, 26);
  pen.fillStyle = "#f4f1e8";
  for (let seat = 0; seat < seats; seat += 1) pen.fillRect(((seat + 0.5) * 1280) / seats - 60, 775, 120, 70);
  caption(pen, 1280, 960, member, now);
  return new Promise((done) => canvas.toBlob((blob) => done(new File([blob], "现场照片.jpg", { type: "image/jpeg" })), "image/jpeg", 0.88));
}
