/** A refusal of the Management API, or of the way to it (`status` 0). */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly data: unknown;
  /** What an operator needs to find this answer in the server's log. */
  readonly requestId: string | null;

  constructor(status: number, code: string, message: string, data?: unknown, requestId: string | null = null) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.data = data;
    this.requestId = requestId;
  }
}

interface Issue {
  path?: (string | number)[];
  message?: string;
}

/** Codes that are about one field, where the answer itself does not name it. */
const fieldOfCode: Record<string, string> = {
  'user.username_already_in_use': 'username',
  'user.email_already_in_use': 'primaryEmail',
  'user.phone_already_in_use': 'primaryPhone',
  'user.invalid_email': 'primaryEmail',
  'user.invalid_phone': 'primaryPhone',
  'user.password_policy_violation': 'password',
  'password.rejected': 'password',
  'application.secret_name_exists': 'name',
  'role.name_in_use': 'name',
  'scope.name_exists': 'name',
  'scope.name_with_space': 'name',
  'resource.resource_identifier_in_use': 'indicator',
  'single_sign_on.duplicate_connector_name': 'connectorName',
  'single_sign_on.forbidden_domains': 'domains',
  'single_sign_on.duplicated_domains': 'domains',
};

/** The fields an error is about, with what to say at each; empty if it is about none. */
export function fieldErrors(error: unknown): { path: string; message: string }[] {
  if (!(error instanceof ApiError)) return [];
  const named = fieldOfCode[error.code];
  if (named) return [{ path: named, message: error.message }];
  if (error.code.startsWith('sign_in_experiences.')) {
    const aboutSignUp = /sign_up|connector|passwordless/.test(error.code);
    return [{ path: aboutSignUp ? 'signUp' : 'signIn', message: error.message }];
  }
  const issues = (error.data as { issues?: unknown } | undefined)?.issues;
  if (!Array.isArray(issues)) return [];
  return (issues as Issue[])
    .filter((issue) => Array.isArray(issue.path) && issue.path.length > 0)
    .map((issue) => ({ path: issue.path!.join('.'), message: issue.message ?? error.message }));
}
