// Dates and figures in the county's zone and the reader's language.
import { language, t } from '../words';

let zone = 'Asia/Shanghai';
export function set_zone(name: string): void {
  zone = name;
}

const made = new Map<string, Intl.DateTimeFormat>();
function formatter(kind: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language.value}|${zone}|${kind}`;
  let found = made.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(tag(language.value), { timeZone: zone, ...options });
    made.set(key, found);
  }
  return found;
}

function tag(name: string): string {
  return name === 'en' ? 'en-GB' : name === 'zh-Hant' ? 'zh-Hant-HK' : 'zh-Hans-CN';
}

export function day_time(instant: string): string {
  return formatter('day_time', {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(instant));
}

/** A time limit that ends with a day is said as that day's 24:00, not as the next day's 00:00. */
function end_of_day(instant: string): Date | undefined {
  const at = new Date(instant);
  const clock = formatter('clock', {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(at);
  return clock === '00:00:00' ? new Date(at.getTime() - 1) : undefined;
}

export function due_time(instant: string): string {
  const before = end_of_day(instant);
  return before ? `${day(before.toISOString())} 24:00` : day_time(instant);
}

const in_this_year = (at: Date): boolean => {
  const year = formatter('year', { year: 'numeric' });
  return year.format(at) === year.format(new Date());
};

export function short_due(instant: string): string {
  const before = end_of_day(instant);
  return before ? `${short_day(before)} 24:00` : short_time(instant);
}

function short_day(at: Date): string {
  return in_this_year(at)
    ? formatter('short_day', { month: '2-digit', day: '2-digit' }).format(at)
    : date(at.toISOString());
}

/** For tables: month and day, hour and minute; of another year its date alone. */
export function short_time(instant: string): string {
  if (!in_this_year(new Date(instant))) return date(instant);
  return formatter('short', {
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(instant));
}

export function day(value: string): string {
  // A plain day is no instant: noon UTC+8 lies within it in the county's zone.
  const at = value.length === 10 ? new Date(`${value}T12:00:00+08:00`) : new Date(value);
  return formatter('day', { year: 'numeric', month: 'long', day: 'numeric', weekday: 'short' }).format(at);
}

/** "in 3 days", "2 hours ago". */
export function relative(instant: string, now: number = Date.now()): string {
  const seconds = (new Date(instant).getTime() - now) / 1000;
  const [amount, unit] = step(Math.abs(seconds));
  const words = new Intl.RelativeTimeFormat(tag(language.value), { numeric: 'auto' });
  return words.format(Math.sign(seconds) * amount, unit);
}

function step(seconds: number): [number, Intl.RelativeTimeFormatUnit] {
  if (seconds < 3600) return [Math.round(seconds / 60), 'minute'];
  if (seconds < 86_400) return [Math.round(seconds / 3600), 'hour'];
  if (seconds < 86_400 * 60) return [Math.round(seconds / 86_400), 'day'];
  return [Math.round(seconds / (86_400 * 30)), 'month'];
}

/** "36 hours": the largest unit in which it is at least two. */
export function length_of_time(seconds: number): string {
  const [size, unit] =
    seconds >= 2 * 86_400
      ? ([86_400, 'day'] as const)
      : seconds >= 2 * 3600
        ? ([3600, 'hour'] as const)
        : ([60, 'minute'] as const);
  return new Intl.NumberFormat(tag(language.value), { style: 'unit', unit, unitDisplay: 'long' }).format(
    Math.round(seconds / size),
  );
}

/** Several names in a row, with the comma of the language. */
export const listed = (names: readonly string[]): string => names.join(t('list_comma'));

export function count(value: number): string {
  return new Intl.NumberFormat(tag(language.value)).format(value);
}

/** Percent with one decimal, half away from zero, from integers (docs/metrics.md, rounding). */
export function percent(numerator: number, denominator: number): string {
  if (denominator === 0) return '—';
  const tenths = Math.floor((numerator * 2000 + denominator) / (denominator * 2));
  return `${Math.floor(tenths / 10)}.${tenths % 10}%`;
}

export function bytes(value: number): string {
  return value < 1024 * 1024 ? `${Math.ceil(value / 1024)} KB` : `${(value / 1024 / 1024).toFixed(1)} MB`;
}

/** Without the weekday, for lists. */
export function date(instant: string): string {
  return formatter('date', { year: 'numeric', month: 'numeric', day: 'numeric' }).format(new Date(instant));
}

/** `YYYY-MM` as a reader says it. */
export function month_name(month: string): string {
  return formatter('month', { year: 'numeric', month: 'long' }).format(
    new Date(`${month}-15T12:00:00+08:00`),
  );
}
