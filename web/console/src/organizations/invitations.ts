import type { Invitation, InvitationStatus } from '../api/types';

/** An invitation runs out without anybody doing it, so the list may be older than the fact. */
export function statusOf(invitation: Pick<Invitation, 'status' | 'expiresAt'>, now = Date.now()): InvitationStatus {
  return invitation.status === 'Pending' && invitation.expiresAt <= now ? 'Expired' : invitation.status;
}

/** The addresses in what was typed or pasted, each once. */
export function addresses(texts: readonly string[]): string[] {
  const all = texts.flatMap((text) => text.split(/[\s,;、，；]+/)).map((text) => text.replace(/^.*<(.+)>$/, '$1').trim()).filter(Boolean);
  return all.filter((address, index) => all.findIndex((other) => other.toLowerCase() === address.toLowerCase()) === index);
}

export const day = 86_400_000;
/** In days. */
export const lifetimes = [1, 3, 7, 14, 30] as const;

/** The address of the page where one person accepts. */
export interface InvitationLink {
  invitee: string;
  link: string;
}
