import { expect, test } from 'vitest';
import { ApiError } from '../src/api/errors';
import { configOf, fieldsOf, filled, mailbox, needsPassword, withoutTemplate, withTemplate } from '../src/connectors/fields';
import { presetOf, presets } from '../src/connectors/presets';
import { faultOf, type Connector } from '../src/connectors/queries';

const connector: Connector = {
  id: 'abc',
  connectorId: 'simple-mail-transfer-protocol',
  logo: '',
  logoDark: null,
  config: {
    host: 'smtp.example.com', port: 465, secure: true, auth: { type: 'login', user: 'mailer', pass: 's3cret' }, fromEmail: 'Example <noreply@example.com>',
    templates: [{ usageType: 'SignIn', contentType: 'text/plain', subject: 's', content: '{{code}}' }],
  },
};

test('a form that is not touched saves what was there, templates and password included', () => {
  expect(configOf(fieldsOf(connector), connector)).toEqual(connector.config);
});

test('the stored password goes with its user only', () => {
  const fields = { ...fieldsOf(connector), user: 'other' };
  expect(configOf(fields, connector).auth).toEqual({ type: 'login', user: 'other' });
  expect(needsPassword(fields, connector)).toBe(true);
  expect(needsPassword(fieldsOf(connector), connector)).toBe(false);
  expect(configOf({ ...fields, user: '' }, connector).auth).toBeUndefined();
});

test('a sender is a name and an address', () => {
  expect(mailbox('"Example, Inc" <a@example.com>')).toEqual({ name: 'Example, Inc', address: 'a@example.com' });
  expect(mailbox('a@example.com')).toEqual({ name: '', address: 'a@example.com' });
});

test('a preset is known by its host, whatever its region', () => {
  expect(presetOf('email-smtp.eu-west-1.amazonaws.com')?.id).toBe('ses');
  expect(presetOf('SMTP.Resend.com ')?.id).toBe('resend');
  expect(presetOf('smtp.example.com')).toBeUndefined();
  expect(new Set(presets.map(({ host }) => host)).size).toBe(presets.length);
});

test('one kind of message has one template', () => {
  const template = { usageType: 'SignIn', contentType: 'text/html' as const, subject: 'new', content: '<b>{{code}}</b>' };
  expect(withTemplate(connector.config, template).templates).toEqual([template]);
  expect(withoutTemplate(connector.config, 'SignIn').templates).toEqual([]);
});

test('a preview fills the gaps, and only the gaps', () => {
  expect(filled('<a href="{{link}}">{{ organization.name }}</a>{{nothing}}', true)).toBe('<a href="https://example.com/invitation">Acme</a>');
});

test('a fault is one that has a sentence', () => {
  expect(faultOf(new ApiError(400, 'connector.general', '', { fault: 'tls' }))).toBe('tls');
  expect(faultOf(new ApiError(400, 'connector.general', '', { fault: 'unheard-of' }))).toBeNull();
  expect(faultOf(new ApiError(400, 'guard.invalid_input', ''))).toBeNull();
});
