const forbidden = new Set(['javascript:', 'data:', 'vbscript:', 'file:', 'blob:', 'about:']);

export type UriFault = 'uri' | 'fragment' | 'duplicate' | 'fapi';

/** What is wrong with an address the browser shall return to; the server checks again. */
export function uriFault(text: string): UriFault | null {
  if (text.includes('#')) return 'fragment';
  // A wildcard may stand in host or path; for the parser it is any label.
  const parsed = parse(text.replaceAll('*', 'x'));
  if (!parsed || forbidden.has(parsed.protocol) || /\s/.test(text)) return 'uri';
  if (/^https?:$/.test(parsed.protocol) && !/^https?:\/\/[^/]/i.test(text)) return 'uri';
  return null;
}

function parse(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/** An origin and nothing after it. */
export function originFault(text: string): UriFault | null {
  const url = parse(text.replaceAll('*', 'x'));
  return url && /^https?:$/.test(url.protocol) && /^https?:\/\/[^/?#\s]+$/i.test(text) ? null : 'uri';
}

/** Faults by index; later copies of an address are the ones at fault. */
export function listFaults(list: readonly string[], check = uriFault): (UriFault | null)[] {
  return list.map((entry, index) => {
    const text = entry.trim();
    if (!text) return null;
    return check(text) ?? (list.findIndex((other) => other.trim() === text) < index ? 'duplicate' : null);
  });
}

/** What is sent: trimmed, without empty rows. */
export function filled(list: readonly string[]): string[] {
  return list.map((entry) => entry.trim()).filter(Boolean);
}

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/** An address that is called or loaded: encrypted, or on the machine itself. */
export function webFault(text: string): UriFault | null {
  if (text.includes('*')) return 'uri';
  const fault = uriFault(text);
  const url = parse(text);
  if (fault || !url) return fault ?? 'uri';
  return url.protocol === 'https:' || (url.protocol === 'http:' && loopback.has(url.hostname)) ? null : 'uri';
}

/** The origin of an address, or nothing if it is none of the web. */
export function originOf(text: string): string | null {
  const url = parse(text);
  return url && /^https?:$/.test(url.protocol) ? url.origin : null;
}
