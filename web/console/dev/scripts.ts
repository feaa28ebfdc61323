/** The scripts of the mock: stored as they come, and tried by the runtime of the mock itself. */
type Row = Record<string, any>;

export interface World {
  ifMatch: string | undefined;
  tag: (value: string) => void;
  refuse: (status: number, code: string, message: string, data?: unknown) => unknown;
}

const keys: Record<string, string> = { 'access-token': 'jwt.accessToken', 'client-credentials': 'jwt.clientCredentials' };
const stored = new Map<string, { row: Row; version: number }>();

async function test(sent: Row, world: World): Promise<unknown> {
  let denied: string | undefined;
  const api = {
    fetch,
    denyAccess: (message = 'Access denied') => {
      denied = message;
      throw new Error(message);
    },
  };
  try {
    const run = new Function('argument', `${sent.script}\n;return getCustomJwtClaims(argument);`);
    return (await run({ token: sent.token, context: sent.context, environmentVariables: sent.environmentVariables, api })) ?? {};
  } catch (error) {
    const { name, message, stack } = error as Error;
    if (denied !== undefined) return world.refuse(403, 'jwt_customizer.general', 'No.', { message: denied, error: { code: 'AccessDenied', message: denied } });
    const at = /<anonymous>:(\d+):(\d+)/.exec(stack ?? '');
    // The engine of the mock puts two lines before the script.
    return world.refuse(422, 'jwt_customizer.general', 'No.', { message: `${name}: ${message}`, error: { name, message, line: at ? Number(at[1]) - 2 : 1, column: at ? Number(at[2]) : null } });
  }
}

export function answerScripts(method: string, kind: string | undefined, sent: Row, world: World): unknown {
  if (kind === 'test') return test(sent, world);
  if (!kind) return [...stored].map(([each, { row }]) => ({ key: keys[each], value: row }));
  const found = stored.get(kind);
  const tag = () => `W/"${stored.get(kind)?.version ?? 0}"`;
  if (method === 'PUT') {
    if (found && world.ifMatch && world.ifMatch !== tag()) return world.refuse(412, 'entity.changed_meanwhile', 'Changed elsewhere.');
    stored.set(kind, { row: sent, version: (found?.version ?? 0) + 1 });
  }
  if (method === 'DELETE') return stored.delete(kind), {};
  world.tag(tag());
  return stored.get(kind)?.row ?? world.refuse(404, 'entity.not_exists', 'There is none.');
}
