// Dates and hours of Shanghai, wherever the browser is.

const ZONE = "Asia/Shanghai";
const WEEK = ["日", "一", "二", "三", "四", "五", "六"];

const parts = new Intl.DateTimeFormat("en-CA", {
  timeZone: ZONE, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
});

export function pieces(moment) {
  const found = Object.fromEntries(parts.formatToParts(moment).map((p) => [p.type, p.value]));
  const week = WEEK[new Date(`${found.year}-${found.month}-${found.day}T00:00:00Z`).getUTCDay()];
  return { ...found, week, month1: Number(found.month), day1: Number(found.day) };
}

export const hour = (moment) => { const p = pieces(moment); return `${p.hour}:${p.minute}`; };
export const day = (moment) => { const p = pieces(moment); return `${p.month1}月${p.day1}日 周${p.week}`; };
export const dayAndHour = (moment) => { const p = pieces(moment); return `${p.month1}月${p.day1}日 ${p.hour}:${p.minute}`; };
export const inputValue = (moment) => { const p = pieces(moment); return `${p.year}-${p.month}-${p.day}T${p.hour}:${p.minute}`; };
export const size = (bytes) => (bytes < 1024 ? `${bytes} 字节` : bytes < 1048576 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`);
