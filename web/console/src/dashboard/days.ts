const day = 86_400_000;

/** Today, where the days of the server begin and end. */
export function today(now = Date.now()): string {
  return new Date(now).toISOString().slice(0, 10);
}

export function shifted(date: string, days: number): string {
  return today(Date.parse(`${date}T00:00:00Z`) + days * day);
}

/** A day as it is written in an address or typed; nothing if there is no such day, or it has not come yet. */
export function dayOf(text: string | null, now = Date.now()): string | null {
  if (!text || !/^\d{4}-\d\d-\d\d$/.test(text)) return null;
  const at = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(at) || today(at) !== text || text > today(now) ? null : text;
}

export function dayName(date: string, language: string, style: 'short' | 'long' = 'short'): string {
  const how: Intl.DateTimeFormatOptions = style === 'long' ? { dateStyle: 'full' } : { month: 'short', day: 'numeric' };
  return new Intl.DateTimeFormat(language, { ...how, timeZone: 'UTC' }).format(Date.parse(`${date}T00:00:00Z`));
}

/** Round figures for the lines of a chart, from nothing to at least `most`; never between whole numbers. */
export function ticks(most: number, lines = 4): number[] {
  const rough = Math.max(most, 1) / lines;
  const size = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, size * ([1, 2, 2.5, 4, 5, 10].find((each) => each * size >= rough && Number.isInteger(each * size)) ?? 10));
  return Array.from({ length: Math.ceil(Math.max(most, 1) / step) + 1 }, (_, index) => index * step);
}
