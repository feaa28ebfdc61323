export const units = { minutes: 60, hours: 3_600, days: 86_400 } as const;
export type Unit = keyof typeof units;

export const shortest = 60;
export const longest = 365 * units.days;

/** The largest unit of which a lifetime is a whole number. */
export function split(ttl: number): { amount: number; unit: Unit } {
  const unit: Unit = ttl % units.days === 0 ? 'days' : ttl % units.hours === 0 ? 'hours' : 'minutes';
  // What an API client set to the second is shown rounded, and only changed when somebody changes it.
  return { amount: Math.max(1, Math.round(ttl / units[unit])), unit };
}

export function isLifetime(amount: number | string, unit: Unit): boolean {
  const ttl = Number(amount) * units[unit];
  return amount !== '' && Number.isInteger(Number(amount)) && ttl >= shortest && ttl <= longest;
}
