import type { Connector, SmtpConfig, Template } from './queries';

export type Encryption = 'starttls' | 'tls' | 'none';

export interface Fields {
  host: string;
  port: string;
  encryption: Encryption;
  user: string;
  /** Empty keeps the one that is stored. */
  password: string;
  fromName: string;
  fromAddress: string;
  replyTo: string;
}

export function fieldsOf(connector: Connector | null): Fields {
  const config = connector?.config;
  const from = mailbox(config?.fromEmail ?? '');
  return {
    host: config?.host ?? '',
    port: String(config?.port ?? 587),
    encryption: config?.secure ? 'tls' : config?.ignoreTLS ? 'none' : 'starttls',
    user: config?.auth?.user ?? '',
    password: '',
    fromName: from.name,
    fromAddress: from.address,
    replyTo: config?.replyTo ?? '',
  };
}

/** `Example <noreply@example.com>` in its two parts. */
export function mailbox(text: string): { name: string; address: string } {
  const named = /^\s*"?([^"<]*?)"?\s*<([^<>]+)>\s*$/.exec(text);
  return named ? { name: named[1]!, address: named[2]! } : { name: '', address: text.trim() };
}

/** What is stored but not shown in this form (the templates, say) is sent back as it came. */
export function configOf(fields: Fields, connector: Connector | null): SmtpConfig {
  const user = fields.user.trim();
  const pass = fields.password || (connector?.config.auth?.user === user ? connector.config.auth.pass : undefined);
  const name = fields.fromName.trim().replace(/["<>]/g, '');
  const address = fields.fromAddress.trim();
  return {
    host: fields.host.trim(),
    port: Number(fields.port),
    ...(user ? { auth: { type: 'login', user, ...(pass === undefined ? {} : { pass }) } } : {}),
    fromEmail: name ? `${name} <${address}>` : address,
    ...(fields.replyTo.trim() ? { replyTo: fields.replyTo.trim() } : {}),
    secure: fields.encryption === 'tls',
    ...(fields.encryption === 'none' ? { ignoreTLS: true } : {}),
    templates: connector?.config.templates ?? [],
  };
}

/** Whether a password must be typed: there is a user, and none is stored for it. */
export function needsPassword(fields: Fields, connector: Connector | null): boolean {
  const user = fields.user.trim();
  return user !== '' && !(connector?.config.auth?.pass && connector.config.auth.user === user);
}

export function withTemplate(config: SmtpConfig, template: Template): SmtpConfig {
  return { ...config, templates: [...withoutTemplate(config, template.usageType).templates!, template] };
}

export function withoutTemplate(config: SmtpConfig, usageType: string): SmtpConfig {
  return { ...config, templates: (config.templates ?? []).filter((each) => each.usageType !== usageType) };
}

const samples: Record<string, string> = {
  code: '482913',
  link: 'https://example.com/invitation',
  'organization.name': 'Acme',
  'application.name': 'Bookstore',
  'user.name': 'Ada Lovelace',
  'inviter.name': 'Grace Hopper',
};

const escape = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

/** The gaps filled as the server does it, with values that show what is meant. */
export function filled(text: string, html: boolean): string {
  return text.replace(/\{\{\{?\s*([\w.]{1,100})\s*\}?\}\}/g, (_, path: string) => {
    const value = samples[path] ?? '';
    return html ? escape(value) : value;
  });
}

/** The same words in the other format: without tags, or with a paragraph for each block of lines. */
export function converted(content: string, to: Template['contentType']): string {
  if (to === 'text/html') {
    return content.split(/\n{2,}/).map((block) => `<p>${escape(block).replace(/\n/g, '<br>')}</p>`).join('\n');
  }
  const body = content.replace(/<(style|script|head|title)\b[\s\S]*?<\/\1>|<!--[\s\S]*?-->/gi, '').replace(/<br\s*\/?>|<\/(p|div|tr|h[1-6]|li|table)>/gi, '\n');
  const text = new DOMParser().parseFromString(body, 'text/html').body.textContent ?? '';
  return text.split('\n').map((line) => line.trim()).filter(Boolean).join('\n\n');
}
