import { ApiError } from './errors';

export interface Page<T> {
  items: T[];
  total: number;
}

export type Query = Record<string, string | number | boolean | readonly string[] | undefined | null>;

export interface Connection {
  /** Origin of the tenant managed, such as `http://localhost:3001`. */
  origin: string;
  /** A bearer token for the Management API; `fresh` asks for one that was not used before. */
  token: (fresh?: boolean) => Promise<string>;
  language: () => string;
}

/** Spells a query; an array repeats its key, empty values stay out. */
export function spell(query: Query): string {
  const out = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '') continue;
    if (Array.isArray(value)) value.forEach((each: string) => out.append(key, each));
    else out.append(key, String(value));
  }
  const text = out.toString();
  return text && `?${text}`;
}

/**
 * `search` takes SQL patterns, so what a person types is turned into "contains", and the two
 * wildcards lose their meaning.
 */
export function contains(text: string): string | undefined {
  const trimmed = text.trim();
  return trimmed ? `%${trimmed.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%` : undefined;
}

/** The Management API over fetch: bearer token, JSON, errors as {@link ApiError}. */
export class Api {
  constructor(private readonly connection: Connection) {}

  get origin() {
    return this.connection.origin;
  }

  async get<T>(path: string, query: Query = {}): Promise<T> {
    return (await this.send('GET', path + spell(query))).json() as Promise<T>;
  }

  /** With the tag of this version, which a change may name: then it is refused if another was faster. */
  async tagged<T>(path: string): Promise<{ value: T; tag: string | null }> {
    const response = await this.send('GET', path);
    return { value: (await response.json()) as T, tag: response.headers.get('ETag') };
  }

  /** A paged list; `Total-Number` is the header that counts. */
  async page<T>(path: string, query: Query & { page: number; page_size: number }): Promise<Page<T>> {
    const response = await this.send('GET', path + spell(query));
    const items = (await response.json()) as T[];
    return { items, total: Number(response.headers.get('Total-Number') ?? items.length) };
  }

  post<T>(path: string, body: unknown): Promise<T> {
    return this.write<T>('POST', path, body);
  }

  patch<T>(path: string, body: unknown, tag?: string | null): Promise<T> {
    return this.write<T>('PATCH', path, body, tag ? { 'if-match': tag } : {});
  }

  put<T>(path: string, body: unknown, tag?: string | null): Promise<T> {
    return this.write<T>('PUT', path, body, tag ? { 'if-match': tag } : {});
  }

  /** Sends a file, as forms do. */
  async upload<T>(path: string, file: File): Promise<T> {
    const body = new FormData();
    body.append('file', file);
    return (await this.send('POST', path, body)).json() as Promise<T>;
  }

  async delete(path: string): Promise<void> {
    await this.send('DELETE', path);
  }

  private async write<T>(method: string, path: string, body: unknown, headers: Record<string, string> = {}): Promise<T> {
    const response = await this.send(method, path, body, headers);
    const text = await response.text();
    return (text ? JSON.parse(text) : undefined) as T;
  }

  private async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}, retried = false): Promise<Response> {
    const response = await this.fetch(method, path, { ...headers, authorization: `Bearer ${await this.connection.token(retried)}` }, body);
    if (response.ok) return response;
    // Keys may have been rotated or the session ended elsewhere: one try with a new token, no more.
    if (response.status === 401 && !retried) return this.send(method, path, body, headers, true);
    throw await errorOf(response);
  }

  private async fetch(method: string, path: string, headers: Record<string, string>, body: unknown): Promise<Response> {
    try {
      return await fetch(`${this.connection.origin}/api${path}`, {
        method,
        headers: {
          ...headers,
          'accept-language': this.connection.language(),
          ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
      });
    } catch {
      throw new ApiError(0, 'console.unreachable', '');
    }
  }
}

async function errorOf(response: Response): Promise<ApiError> {
  const requestId = response.headers.get('Logto-Core-Request-Id');
  const text = await response.text();
  try {
    const { code, message, data } = JSON.parse(text) as { code?: string; message?: string; data?: unknown };
    return new ApiError(response.status, code ?? `http.${response.status}`, message ?? '', data, requestId);
  } catch {
    return new ApiError(response.status, `http.${response.status}`, '', undefined, requestId);
  }
}
