type Row = Record<string, any>;

/** What belongs to one application: who may use it, how it looks, what it may ask for, where it acts. */
const kept = new Map<string, Row>();
const first: Record<string, () => Row> = {
  'access-control': () => ({ userIds: [], userRoleIds: [], organizationIds: [], organizationRoleRules: [] }),
  'sign-in-experience': () => ({ color: {}, branding: {}, customCss: null, termsOfUseUrl: null, privacyPolicyUrl: null, displayName: null }),
  'user-consent-scopes': () => ({ userScopes: ['profile', 'email'], resourceScopes: [], organizationResourceScopes: [], organizationScopes: [] }),
};

/** Nothing where it is not about these. */
export function answerOfApplication(method: string, [, id, part]: string[], sent: Row, page: (rows: Row[]) => Row[]): unknown {
  if (part === 'organizations') return method === 'GET' ? page([{ id: 'acme00000001', name: 'Acme Inc.', description: null, color: {}, branding: {}, customData: {}, organizationRoles: [{ id: 'importer', name: 'importer' }] }]) : {};
  const begin = part && first[part];
  if (!begin) return undefined;
  const key = `${id}/${part}`;
  if (!kept.has(key)) kept.set(key, begin());
  return method === 'PUT' ? Object.assign(kept.get(key)!, sent) : kept.get(key);
}
