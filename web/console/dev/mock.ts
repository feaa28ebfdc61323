import type { IncomingMessage, ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { answerOfApplication } from './applications.ts';
import { answerAuthorization, authorizationRooms } from './authorization.ts';
import { answerConfigs } from './configs.ts';
import { answerInvitations, answerOrganizations, fill, type World } from './organizations.ts';
import { answerPeople } from './people.ts';
import { answerRegistration } from './registration.ts';
import { answerScripts } from './scripts.ts';

/**
 * A Management API of a few lines in memory, so that pages can be worked on without a server.
 * It knows the shapes, not the rules: what it accepts says nothing about the real one.
 */
type Row = Record<string, any>;

const now = Date.now();
const minute = 60_000;
const id = (length = 21) => Array.from({ length }, () => 'abcdefghijklmnopqrstuvwxyz0123456789'[Math.floor(Math.random() * 36)]).join('');

const application = (name: string, type: string, ago: number): Row => ({
  tenantId: 'default', id: id(), name, type, description: null, isThirdParty: false, appLevelAccessControlEnabled: false, createdAt: now - ago,
  oidcClientMetadata: { redirectUris: [], postLogoutRedirectUris: [] }, customClientMetadata: {}, customData: {},
});
const payments = application('Payments', 'Traditional', 41 * 24 * 60 * minute);
Object.assign(payments.oidcClientMetadata, {
  redirectUris: ['https://pay.example/callback'], backchannelLogoutUri: 'https://pay.example/logout', tokenEndpointAuthMethod: 'private_key_jwt',
  jwks: { keys: [
    { kty: 'EC', crv: 'P-256', kid: '2026-09', alg: 'ES256', use: 'sig', x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU', y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0' },
    { kty: 'OKP', crv: 'Ed25519', kid: '2026-11', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' },
  ] },
});
payments.customClientMetadata = { dpop: 'required', securityProfile: 'fapi2' };
const applications: Row[] = process.env.MOCK_EMPTY ? [] : [
  application('Bookstore', 'Traditional', 3 * minute),
  application('Reading list', 'SPA', 60 * minute),
  application('Library for iOS', 'Native', 26 * 60 * minute),
  application('Nightly import', 'MachineToMachine', 40 * 24 * 60 * minute),
  payments,
  { ...application('Notes agent', 'Native', 2 * 60 * minute), isThirdParty: true, source: 'Registered' },
  { ...application('Living-room TV', 'Native', 41 * 24 * 60 * minute), customClientMetadata: { isDeviceFlow: true } },
];
const secrets = new Map<string, Row[]>();
const secretsOf = (app: string) => {
  if (!secrets.has(app)) secrets.set(app, [{ applicationId: app, name: 'Default secret', value: id(32), createdAt: now, expiresAt: null }]);
  return secrets.get(app)!;
};
const user = (username: string, name: string | null, more: Row = {}): Row => ({
  id: id(12), username, name, primaryEmail: null, primaryPhone: null, avatar: null, customData: {}, profile: {}, identities: {},
  lastSignInAt: now - 12 * minute, createdAt: now - 50 * 60 * minute, updatedAt: now, applicationId: applications[0]?.id ?? null,
  isSuspended: false, hasPassword: true, ...more,
});
const users: Row[] = process.env.MOCK_EMPTY ? [] : [
  user('ada', 'Ada Lovelace', { primaryEmail: 'ada@example.com', identities: { google: { userId: '107691503500061507' } } }),
  user('grace', 'Grace Hopper', { lastSignInAt: null }),
  user('alan', null, { isSuspended: true }),
  ...Array.from({ length: 43 }, (_, index) => user(`reader_${index + 1}`, null, { createdAt: now - index * 3 * 60 * minute })),
];
const experience: Row = {
  color: { primaryColor: '#0F766E', isDarkModeEnabled: true, darkPrimaryColor: '#2DD4BF' }, branding: {},
  languageInfo: { autoDetect: true, fallbackLanguage: 'en' }, termsOfUseUrl: null, privacyPolicyUrl: null,
  signIn: { methods: [{ identifier: 'username', password: true, verificationCode: false, isPasswordPrimary: true }] },
  signUp: { identifiers: ['username'], password: true, verify: false }, signInMode: 'SignInAndRegister', singleSignOnEnabled: false, customCss: null, customUiAssets: null, customUiCsp: {},
};
const drawing = (color: string, path: string) => `data:image/svg+xml;base64,${btoa(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="${color}"><path d="${path}"/></svg>`)}`;
const circle = 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm0 5a5 5 0 1 1 0 10 5 5 0 0 1 0-10z';
const provider = (providerName: string, name: string, color: string, path = circle): Row =>
  ({ providerName, providerType: /SAML|AzureAD$/.test(providerName) ? 'saml' : 'oidc', name, description: name, logo: drawing(color, path), logoDark: drawing(color, path) });
const providers = [
  provider('OIDC', 'OIDC', '#F78C40'), provider('SAML', 'SAML', '#334155'), provider('AzureAD', 'Microsoft Entra ID (SAML)', '#0078D4'),
  provider('AzureAdOidc', 'Microsoft Entra ID (OIDC)', '#0078D4', 'M12 2 2 14l10 8 10-8z'), provider('GoogleWorkspace', 'Google Workspace', '#4285F4'), provider('Okta', 'Okta', '#007DC1'),
];
const connector = (connectorName: string, providerName: string, more: Row = {}): Row => {
  const { name, providerType, logo, logoDark } = providers.find((each) => each.providerName === providerName)!;
  return {
    tenantId: 'default', id: id(12), providerName, connectorName, config: {}, domains: [], branding: {}, syncProfile: false, enableTokenStorage: false,
    createdAt: now - 3 * minute, name, providerType, providerLogo: logo, providerLogoDark: logoDark, ...more,
  };
};
const entra = { clientId: '11111111-2222-3333-4444-555555555555', clientSecret: 'sT~8Q-secret', issuer: 'https://login.microsoftonline.com/9d1e/v2.0' };
const connectors: Row[] = process.env.MOCK_EMPTY ? [] : [
  connector('Acme Inc.', 'AzureAdOidc', { config: entra, domains: ['acme.com', 'acme.example', 'acme.co.jp'] }),
  connector('Kyoto Paper', 'Okta', { config: { ...entra, issuer: 'https://kyoto.okta.com' } }),
  connector('Northwind', 'GoogleWorkspace', { domains: ['northwind.example'] }),
  connector('Contoso', 'OIDC'),
];
const tags = new Map<string, number>();
const discovered = (issuer: string): Row => ({
  issuer, issuerToStore: issuer, authorizationEndpoint: `${issuer}/oauth2/authorize`, tokenEndpoint: `${issuer}/oauth2/token`, userinfoEndpoint: `${issuer}/oauth2/userinfo`, jwksUri: `${issuer}/keys`,
});
const keys = ['Interaction.SignIn.Submit', 'ExchangeTokenBy.AuthorizationCode', 'Interaction.SignIn.Verification.Password.Submit', 'ExchangeTokenBy.RefreshToken', 'Interaction.Create'];
const logs: Row[] = process.env.MOCK_EMPTY ? [] : Array.from({ length: 64 }, (_, index) => ({
  id: id(), key: keys[index % keys.length], createdAt: now - index * 4 * minute,
  payload: {
    key: keys[index % keys.length], result: index % 7 === 2 ? 'Error' : 'Success', ip: '203.0.113.7', userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0',
    userId: users[index % 3]?.id, applicationId: applications[index % 2]?.id, ...(index % 7 === 2 ? { error: { code: 'session.invalid_credentials', message: 'Wrong username or password.' } } : {}),
  },
}));
Object.assign(logs[1]?.payload ?? {}, { key: 'ManagementApi.PUT', path: `/api/organizations/${id()}/users/${id(12)}/roles` });
if (logs[1]) logs[1].key = 'ManagementApi.PUT';
if (users[0]) {
  users[0].ssoIdentities = [{
    id: id(), userId: users[0].id, issuer: entra.issuer, identityId: 'AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ', detail: {}, ssoConnectorId: connectors[0]!.id,
    createdAt: now - 40 * 24 * 60 * minute, updatedAt: now - 12 * minute,
  }];
}
fill({ users, applications, connectors });
const role = { id: 'management', name: 'Logto Management API access', description: '', type: 'MachineToMachine' };
const granted = new Set<string>();

const body = async (request: IncomingMessage): Promise<Row> => {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text && request.headers['content-type']?.includes('json') ? JSON.parse(text) : {};
};

function page(rows: Row[], query: URLSearchParams, response: ServerResponse, fields: string[]) {
  const patterns = [...query].filter(([key]) => key.startsWith('search')).map(([, value]) => value.replace(/%|\\/g, '').toLowerCase());
  const found = rows.filter((row) => patterns.length === 0 || patterns.some((pattern) => fields.some((field) => String(row[field] ?? '').toLowerCase().includes(pattern))));
  const size = Number(query.get('page_size') ?? 20);
  response.setHeader('Total-Number', String(found.length));
  return found.slice((Number(query.get('page') ?? 1) - 1) * size).slice(0, size);
}

function refuse(response: ServerResponse, status: number, code: string, message: string, data?: unknown): Row {
  response.statusCode = status;
  return { code, message, data };
}

/** Discovery fails as the host is called: `https://timeout.example` times out. */
async function answerSso(request: IncomingMessage, response: ServerResponse, key: string | undefined, part: string | undefined, sent: Row, query: URLSearchParams): Promise<unknown> {
  const { method = 'GET' } = request;
  const taken = () => connectors.some((row) => row.connectorName === sent.connectorName && row.id !== key);
  if (key === 'discovery') {
    await new Promise((done) => setTimeout(done, 400));
    const issuer = String(sent.issuer).replace(/\/?(\.well-known\/.*)?$/, '');
    const fault = /^https:\/\/(\w+)\.fault/.exec(issuer)?.[1];
    return fault ? refuse(response, 400, 'connector.invalid_config', 'No.', { ssoErrorCode: 'invalid_config', fault, status: 503 }) : discovered(issuer);
  }
  if (!key && method === 'GET') return page(connectors.map((row) => ({ ...row, all: row.domains.join() })), query, response, ['id', 'connectorName', 'all']);
  if (!key) {
    if (taken()) return refuse(response, 409, 'single_sign_on.duplicate_connector_name', 'Another connector has this name.');
    connectors.unshift(connector(sent.connectorName, sent.providerName, { createdAt: Date.now() }));
    return connectors[0];
  }
  const row = connectors.find((each) => each.id === key);
  if (!row) return undefined;
  if (part === 'test') return { testUri: `/sign-in?test=${key}` };
  const tag = () => `W/"${tags.get(key) ?? 0}"`;
  if (method === 'DELETE') return connectors.splice(connectors.indexOf(row), 1), {};
  if (method === 'PATCH') {
    if (request.headers['if-match'] && request.headers['if-match'] !== tag()) return refuse(response, 412, 'request.precondition_failed', 'Changed elsewhere.');
    if (taken()) return refuse(response, 409, 'single_sign_on.duplicate_connector_name', 'Another connector has this name.');
    Object.assign(row, sent);
    tags.set(key, (tags.get(key) ?? 0) + 1);
  }
  response.setHeader('ETag', tag());
  return row.config.issuer ? { ...row, providerConfig: { ...row.config, ...discovered(row.config.issuer) } } : row;
}

async function answer(request: IncomingMessage, response: ServerResponse, path: string[], query: URLSearchParams): Promise<unknown> {
  const { method = 'GET' } = request;
  const sent = method === 'GET' ? {} : await body(request);
  const [room, key, part, name] = path;
  const remove = (rows: Row[], match: (row: Row) => boolean) => void rows.splice(rows.findIndex(match), 1);
  if (room === 'cimd' || room === 'configs') {
    const known = answerRegistration(method, path, sent);
    if (known !== undefined) return known;
  }
  if (room === 'configs') return answerConfigs(method, path, sent);
  if (room === 'sign-in-exp') return key ? { customUiAssetId: id() } : Object.assign(experience, sent);
  const ofAuthorization = authorizationRooms.includes(room!);
  if (ofAuthorization || room?.startsWith('organization')) {
    const { 'if-match': ifMatch } = request.headers;
    const world: World = {
      users, applications, connectors, query, ifMatch,
      page: (rows) => page(rows, query, response, ofAuthorization ? ['id', 'name', 'description', 'indicator', 'username'] : []),
      refuse: (status, code, message) => refuse(response, status, code, message),
      tag: (value) => void response.setHeader('ETag', value),
    };
    if (ofAuthorization) return answerAuthorization(method, path, sent, world);
    return room === 'organizations' ? answerOrganizations(method, path, sent, world) : answerInvitations(method, path, sent, world);
  }
  if (room === 'configs' && key === 'jwt-customizer') {
    return answerScripts(method, part, sent, {
      ifMatch: request.headers['if-match'], tag: (value) => void response.setHeader('ETag', value), refuse: (status, code, message, data) => refuse(response, status, code, message, data),
    });
  }
  if (room === 'sso-connector-providers') return providers;
  if (room === 'sso-connectors') return answerSso(request, response, key, part, sent, query);
  if (room === 'logs') {
    if (key) return logs.find((row) => row.id === key);
    const after = Number(query.get('start_time') ?? 0);
    return page(logs.filter((row) => (!query.get('logKey') || row.key === query.get('logKey')) && (!query.get('userId') || row.payload.userId === query.get('userId'))
      && (!query.get('applicationId') || row.payload.applicationId === query.get('applicationId')) && row.createdAt >= after), query, response, []);
  }
  if (room === 'users' && part) {
    const known = answerPeople(method, path, sent, applications, (found) => page(found, query, response, ['id', 'name', 'description']));
    if (known !== undefined) return known;
  }
  if (room === 'applications' && part) {
    const known = answerOfApplication(method, path, sent, (found) => page(found, query, response, []));
    if (known !== undefined) return known;
  }
  const rows = room === 'applications' ? applications : room === 'users' ? users : undefined;
  if (!rows) return undefined;
  if (!key && method === 'GET') {
    const type = query.get('types');
    return page(rows.filter((row) => !type || row.type === type), query, response, ['id', 'name', 'username', 'primaryEmail', 'primaryPhone']);
  }
  if (!key) {
    if (room === 'users' && users.some((row) => row.username === sent.username)) {
      response.statusCode = 422;
      return { code: 'user.username_already_in_use', message: 'This username is already in use.' };
    }
    const made = room === 'applications' ? { ...application(sent.name, sent.type, 0), ...sent } : user(sent.username ?? null, sent.name ?? null, { ...sent, password: undefined, lastSignInAt: null, createdAt: Date.now() });
    rows.unshift(made);
    return made;
  }
  const row = rows.find((each) => each.id === key);
  if (!row) return undefined;
  if (part === 'secrets') {
    const list = secretsOf(key);
    if (method === 'POST') list.push({ applicationId: key, value: id(32), createdAt: Date.now(), expiresAt: null, ...sent });
    if (method === 'PATCH') Object.assign(list.find((each) => each.name === decodeURIComponent(name!))!, sent);
    if (method === 'DELETE') remove(list, (each) => each.name === decodeURIComponent(name!));
    return list;
  }
  if (part === 'roles') {
    if (method === 'POST') granted.add(key);
    if (method === 'DELETE') granted.delete(key);
    return granted.has(key) ? [role] : [];
  }
  if (part === 'has-password') return { hasPassword: row.hasPassword };
  if (method === 'DELETE') return remove(rows, (each) => each === row), {};
  if (room === 'applications' && !part) {
    const tag = () => `W/"${tags.get(key) ?? 0}"`;
    if (method === 'PATCH') {
      if (request.headers['if-match'] && request.headers['if-match'] !== tag()) return refuse(response, 412, 'request.precondition_failed', 'Changed elsewhere.');
      tags.set(key, (tags.get(key) ?? 0) + 1);
    }
    response.setHeader('ETag', tag());
  }
  if (part === 'password') return Object.assign(row, { hasPassword: true });
  return Object.assign(row, sent);
}

const discovery = (origin: string) => {
  const at = (path: string) => `${origin}/oidc${path}`;
  return {
    issuer: at(''), authorization_endpoint: at('/auth'), pushed_authorization_request_endpoint: at('/request'), device_authorization_endpoint: at('/device/auth'), token_endpoint: at('/token'),
    userinfo_endpoint: at('/me'), jwks_uri: at('/jwks'), end_session_endpoint: at('/session/end'), introspection_endpoint: at('/token/introspection'), revocation_endpoint: at('/token/revocation'),
  };
};

export function mockServer(): Plugin {
  return {
    name: 'mock-server',
    enforce: 'pre',
    resolveId(source, importer) {
      const isSession = source.endsWith('/session') && importer?.includes('/src/app/');
      return isSession ? fileURLToPath(new URL('./session.ts', import.meta.url)) : undefined;
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const url = new URL(request.originalUrl ?? '/', 'http://localhost');
        if (url.pathname === '/sign-in' || url.pathname === '/register') {
          response.setHeader('content-type', 'text/html');
          response.end(`<body style="font-family:sans-serif;display:grid;place-items:center;height:90vh">sign-in page ${url.search.slice(0, 120)}`);
          return;
        }
        if (url.pathname === '/oidc/.well-known/openid-configuration') {
          response.setHeader('content-type', 'application/json');
          response.end(JSON.stringify(discovery(`http://${request.headers.host}`)));
          return;
        }
        if (!url.pathname.startsWith('/api/')) return next();
        void answer(request, response, url.pathname.split('/').slice(2), url.searchParams).then((result) => {
          response.setHeader('content-type', 'application/json');
          if (result === undefined) response.statusCode = 404;
          response.end(JSON.stringify(result ?? { code: 'entity.not_found', message: 'Not found.' }));
        });
      });
    },
  };
}
