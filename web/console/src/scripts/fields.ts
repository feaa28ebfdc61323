import type { Customizer, Kind } from './queries';
import { contextSample, starter, tokenSample } from './samples';

export interface Variable {
  name: string;
  value: string;
}

export interface Fields {
  script: string;
  variables: Variable[];
  /** JSON, as it is typed. */
  token: string;
  context: string;
  block: boolean;
}

const pretty = (value: object) => `${JSON.stringify(value, null, 2)}\n`;

export const fieldsOf = (kind: Kind) => (stored: Customizer | null): Fields => ({
  script: stored?.script ?? starter[kind],
  variables: Object.entries(stored?.environmentVariables ?? {}).map(([name, value]) => ({ name, value })),
  token: pretty(stored?.tokenSample ?? tokenSample[kind]),
  context: pretty(stored?.contextSample ?? contextSample[kind]),
  block: stored?.blockIssuanceOnError ?? false,
});

/** Rows without a name are rows that nobody has filled in. */
export const variablesOf = (rows: Variable[]): Record<string, string> => Object.fromEntries(rows.filter(({ name }) => name.trim()).map(({ name, value }) => [name.trim(), value]));

/** An object, or nothing where the text is no JSON object. */
export function objectOf(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

export const customizerOf = (fields: Fields): Customizer => ({
  script: fields.script,
  environmentVariables: variablesOf(fields.variables),
  tokenSample: objectOf(fields.token)!,
  contextSample: objectOf(fields.context)!,
  blockIssuanceOnError: fields.block,
});

/** The name that two rows have. */
export function doubleName(rows: Variable[]): string | undefined {
  const names = rows.map(({ name }) => name.trim()).filter(Boolean);
  return names.find((name, at) => names.indexOf(name) !== at);
}
