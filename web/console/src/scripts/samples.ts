import type { Kind } from './queries';

/** What a script finds in its arguments: the editor completes it, the panel beside it shows it. */
export interface Field {
  name: string;
  type: string;
  fields?: Field[];
}

const text = (name: string): Field => ({ name, type: 'string' });
const list = (name: string, ...fields: Field[]): Field => ({ name, type: 'array', fields });
const object = (name: string, ...fields: Field[]): Field => ({ name, type: 'object', fields });

const application = object('application', text('id'), text('name'), text('description'), text('type'), object('customData'), { name: 'isThirdParty', type: 'boolean' });
const organization = object('organization', text('id'), text('name'), text('description'), object('customData'));
const api = object('api', { name: 'denyAccess', type: '(message?) => never' }, { name: 'fetch', type: '(url, options?) => Promise<Response>' });
const environmentVariables = object('environmentVariables');
const token = [text('jti'), text('aud'), text('scope'), text('clientId')];

const user = object(
  'user',
  text('id'), text('username'), text('primaryEmail'), text('primaryPhone'), text('name'), text('avatar'),
  object('customData'), object('identities'),
  object('profile', ...['familyName', 'givenName', 'middleName', 'nickname', 'preferredUsername', 'profile', 'website', 'gender', 'birthdate', 'zoneinfo', 'locale'].map(text), object('address')),
  { name: 'lastSignInAt', type: 'number' }, { name: 'createdAt', type: 'number' }, { name: 'updatedAt', type: 'number' },
  text('applicationId'), { name: 'isSuspended', type: 'boolean' }, { name: 'hasPassword', type: 'boolean' },
  list('ssoIdentities', text('issuer'), text('identityId'), object('detail')),
  { name: 'mfaVerificationFactors', type: 'string[]' },
  list('roles', text('id'), text('name'), text('description'), list('scopes', text('id'), text('name'), object('resource', text('id'), text('name'), text('indicator')))),
  list('organizations', text('id'), text('name'), text('description')),
  list('organizationRoles', text('organizationId'), text('roleId'), text('roleName')),
);

export const fieldsOf: Record<Kind, Field[]> = {
  'access-token': [
    object('token', ...token, text('accountId'), text('grantId'), text('gty'), text('sessionUid'), text('sid'), { name: 'expiresWithSession', type: 'boolean' }, text('kind')),
    object(
      'context',
      user,
      object('interaction', text('interactionEvent'), text('userId'), list('verificationRecords', text('id'), text('type')), object('signInContext', text('ip'), text('userAgent'))),
      object('grant', text('type'), object('subjectTokenContext')),
      application,
      organization,
    ),
    environmentVariables,
    api,
  ],
  'client-credentials': [object('token', ...token, text('kind')), object('context', application, organization), environmentVariables, api],
};

/** The fields below a path of names, `['context', 'user']`; none for what is unknown. */
export function fieldsAt(kind: Kind, path: string[]): Field[] {
  return path.reduce<Field[]>((fields, name) => fields.find((each) => each.name === name)?.fields ?? [], fieldsOf[kind]);
}

const sampleApplication = { id: 'my-application', name: 'My application', description: null, customData: {}, isThirdParty: false };

export const tokenSample: Record<Kind, object> = {
  'access-token': {
    jti: 'sample-token-id', aud: 'https://api.example.com', scope: 'read:orders', clientId: 'my-application', accountId: 'user1234abcd', grantId: 'sample-grant-id',
    gty: 'authorization_code', sessionUid: 'sample-session', expiresWithSession: false, kind: 'AccessToken',
  },
  'client-credentials': { jti: 'sample-token-id', aud: 'https://api.example.com', scope: 'read:orders', clientId: 'my-application', kind: 'ClientCredentials' },
};

export const contextSample: Record<Kind, object> = {
  'access-token': {
    user: {
      id: 'user1234abcd', username: 'ada', primaryEmail: 'ada@example.com', primaryPhone: null, name: 'Ada Lovelace', avatar: null,
      customData: { plan: 'gold' }, identities: {}, profile: { familyName: 'Lovelace', givenName: 'Ada' }, applicationId: 'my-application',
      lastSignInAt: 1767225600000, createdAt: 1735689600000, updatedAt: 1767225600000, isSuspended: false, hasPassword: true,
      ssoIdentities: [], mfaVerificationFactors: ['Totp'],
      roles: [{ id: 'role-1', name: 'Reader', description: 'Reads orders', scopes: [] }],
      organizations: [{ id: 'org-1', name: 'Acme', description: null }],
      organizationRoles: [{ organizationId: 'org-1', roleId: 'member', roleName: 'Member' }],
    },
    interaction: {
      interactionEvent: 'SignIn', userId: 'user1234abcd',
      verificationRecords: [{ id: 'record-1', type: 'Password', identifier: { type: 'username', value: 'ada' }, verified: true }],
      signInContext: { ip: '203.0.113.7' },
    },
    application: { ...sampleApplication, type: 'Traditional' },
  },
  'client-credentials': { application: { ...sampleApplication, type: 'MachineToMachine' } },
};

export interface Example {
  key: 'plan' | 'roles' | 'deny' | 'fetch';
  script: string;
}

export const starter: Record<Kind, string> = {
  'access-token': `const getCustomJwtClaims = async ({ token, context, api }) => {
  return {
    email: context.user.primaryEmail,
  };
};
`,
  'client-credentials': `const getCustomJwtClaims = async ({ token, context, api }) => {
  return {
    application: context.application.name,
  };
};
`,
};

export const examples: Record<Kind, Example[]> = {
  'access-token': [
    {
      key: 'plan',
      script: `const getCustomJwtClaims = async ({ context }) => {
  return {
    email: context.user.primaryEmail,
    plan: context.user.customData.plan ?? 'free',
  };
};
`,
    },
    {
      key: 'roles',
      script: `const getCustomJwtClaims = async ({ context }) => {
  const { user, organization } = context;
  return {
    roles: user.roles.map((role) => role.name),
    organization_roles: organization
      ? user.organizationRoles
          .filter((role) => role.organizationId === organization.id)
          .map((role) => role.roleName)
      : [],
  };
};
`,
    },
    {
      key: 'deny',
      script: `const getCustomJwtClaims = async ({ context, api }) => {
  if (!context.user.primaryEmail?.endsWith('@example.com')) {
    api.denyAccess('Only employees may use this application');
  }
  return {};
};
`,
    },
    {
      key: 'fetch',
      script: `const getCustomJwtClaims = async ({ context, environmentVariables, api }) => {
  const response = await api.fetch(
    \`https://crm.example.com/customers/\${context.user.id}\`,
    { headers: { authorization: \`Bearer \${environmentVariables.CRM_TOKEN}\` } },
  );
  if (!response.ok) {
    return {};
  }
  const { tier } = await response.json();
  return { tier };
};
`,
    },
  ],
  'client-credentials': [
    {
      key: 'plan',
      script: `const getCustomJwtClaims = async ({ context }) => {
  return {
    team: context.application.customData.team,
  };
};
`,
    },
    {
      key: 'deny',
      script: `const getCustomJwtClaims = async ({ token, context, api }) => {
  if (context.application.customData.blocked) {
    api.denyAccess('This machine is blocked');
  }
  return {};
};
`,
    },
    {
      key: 'fetch',
      script: `const getCustomJwtClaims = async ({ token, environmentVariables, api }) => {
  const response = await api.fetch(
    \`https://inventory.example.com/machines/\${token.clientId}\`,
    { headers: { authorization: \`Bearer \${environmentVariables.INVENTORY_TOKEN}\` } },
  );
  return response.ok ? { location: (await response.json()).location } : {};
};
`,
    },
  ],
};
