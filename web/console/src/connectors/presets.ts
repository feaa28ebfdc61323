import type { Encryption } from './fields';

export interface Preset {
  id: 'ses' | 'google' | 'microsoft' | 'sendgrid' | 'mailgun' | 'postmark' | 'resend';
  name: string;
  host: string;
  port: number;
  encryption: Encryption;
  /** Where the provider fixes it. */
  user?: string;
}

/** Mail services by what they tell their customers. */
export const presets: Preset[] = [
  { id: 'ses', name: 'Amazon SES', host: 'email-smtp.us-east-1.amazonaws.com', port: 587, encryption: 'starttls' },
  { id: 'google', name: 'Google Workspace', host: 'smtp.gmail.com', port: 587, encryption: 'starttls' },
  { id: 'microsoft', name: 'Microsoft 365', host: 'smtp.office365.com', port: 587, encryption: 'starttls' },
  { id: 'sendgrid', name: 'SendGrid', host: 'smtp.sendgrid.net', port: 587, encryption: 'starttls', user: 'apikey' },
  { id: 'mailgun', name: 'Mailgun', host: 'smtp.mailgun.org', port: 587, encryption: 'starttls' },
  { id: 'postmark', name: 'Postmark', host: 'smtp.postmarkapp.com', port: 587, encryption: 'starttls' },
  { id: 'resend', name: 'Resend', host: 'smtp.resend.com', port: 465, encryption: 'tls', user: 'resend' },
];

/** The service that a host belongs to. */
export function presetOf(host: string): Preset | undefined {
  const same = (one: string) => (one.startsWith('email-smtp.') ? 'email-smtp.amazonaws.com' : one);
  const asked = host.trim().toLowerCase().replace(/^email-smtp\.[a-z0-9-]+\.amazonaws\.com$/, 'email-smtp.amazonaws.com');
  return presets.find((preset) => same(preset.host) === asked);
}
