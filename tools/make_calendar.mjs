// Turns the npm package chinese-days into src/calendar/data/china.days: which days are off by announcement, and which
// Saturdays and Sundays are worked in exchange. Run it when the State Council has announced another year:
//   node tools/make_calendar.mjs [version] > src/calendar/data/china.days
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const version = process.argv[2] ?? "1.5.7";
const folder = mkdtempSync(join(tmpdir(), "calendar-"));
let days;
try {
  execFileSync("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", `chinese-days@${version}`], {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
  });
  days = JSON.parse(readFileSync(join(folder, "node_modules/chinese-days/dist/chinese-days.json"), "utf8"));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const nextDay = (day) => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
const isWeekend = (day) => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
const festivalOf = (text) => text.split(",")[1];

// Consecutive days of one festival are one line.
function runs(table) {
  const found = [];
  for (const day of Object.keys(table).sort()) {
    const festival = festivalOf(table[day]);
    const last = found.at(-1);
    if (last && last.festival === festival && nextDay(last.to) === day) last.to = day;
    else found.push({ from: day, to: day, festival });
  }
  return found;
}

const wrong = Object.keys(days.workdays).filter((day) => !isWeekend(day) || day in days.holidays);
if (wrong.length > 0) throw new Error(`not an exchange day: ${wrong.join(" ")}`);

const years = Object.keys(days.holidays).map((day) => Number(day.slice(0, 4)));
const lines = [
  "# Days off and exchange days of the People's Republic; made by tools/make_calendar.mjs, not by hand.",
  "# Source: the State Council's yearly announcements as collected by chinese-days (MIT licence).",
  "format 1",
  `version chinese-days-${version}`,
  `years ${Math.min(...years)} ${Math.max(...years)}`,
  ...runs(days.holidays).map((run) => `off ${run.from} ${run.to} ${run.festival}`),
  ...runs(days.workdays).map((run) => `work ${run.from} ${run.to} ${run.festival}`),
];
process.stdout.write(`${lines.join("\n")}\n`);
