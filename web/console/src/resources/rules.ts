/** An identifier is any absolute URI without fragment (RFC 8707 section 2); those of organizations are taken. */
export function indicatorFault(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed.includes('#') || /\s/.test(trimmed) || trimmed.startsWith('urn:logto:')) return true;
  return !URL.canParse(trimmed);
}

/** A scope is a word of RFC 6749 section 3.3: printable ASCII without space, quote and backslash. */
export function scopeFault(text: string): boolean {
  return !/^[\x21\x23-\x5B\x5D-\x7E]+$/.test(text.trim());
}
