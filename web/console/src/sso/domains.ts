/** Anyone may hold an address there, so no company may claim them; the server refuses them too. */
const publicDomains = new Set([
  'gmail.com', 'yahoo.com', 'hotmail.com', 'outlook.com', 'live.com', 'icloud.com', 'aol.com', 'yandex.com', 'mail.com', 'protonmail.com',
  'yanex.com', 'gmx.com', 'mail.ru', 'zoho.com', 'qq.com', '163.com', '126.com', 'sina.com', 'sohu.com',
]);

export type DomainFault = 'syntax' | 'public' | 'duplicate';

/**
 * The domain as the server compares it: lower case, without the dot of the root, other scripts and full-width
 * letters in their ASCII form. Of a whole address only what follows the @ counts.
 */
export function canonical(text: string): string {
  const bare = text.trim().replace(/^.*@/, '').replace(/[.。．｡]+$/, '').toLowerCase();
  if (!/^[\p{L}\p{N}\p{M}.。．｡-]+$/u.test(bare)) return bare;
  try {
    return new URL(`http://${bare}`).hostname;
  } catch {
    return bare;
  }
}

const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const syntax = new RegExp(`^(?=.{4,253}$)(?:${label}\\.)+(?!\\d+$)${label}$`);

/** Faults by index; of two equal domains the later is at fault. */
export function domainFaults(domains: readonly string[]): (DomainFault | null)[] {
  const all = domains.map(canonical);
  return all.map((domain, index) => {
    if (!syntax.test(domain)) return 'syntax';
    if (publicDomains.has(domain)) return 'public';
    return all.indexOf(domain) < index ? 'duplicate' : null;
  });
}
