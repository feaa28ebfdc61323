/** A JSON object out of a text field, or nothing if it is none; an empty field is the empty object. */
export function jsonObject(text: string): Record<string, unknown> | null {
  if (!text.trim()) return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

export function jsonText(value: Record<string, unknown>): string {
  return JSON.stringify(value, null, 2);
}
