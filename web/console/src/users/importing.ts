/** A user of a file: a JSON object, whatever is in it; the server looks closer. */
export type Imported = Record<string, unknown>;

export interface ImportOutcome {
  index: number;
  status: 'created' | 'failed';
  error?: { code: string; message: string; details?: string };
}

const mostUsers = 500;
const mostBytes = 800_000;

/** A line of a file that is no JSON. */
export class UnreadableLine extends SyntaxError {
  constructor(readonly line: number, readonly reason: string) {
    super(`${line}: ${reason}`);
  }
}

/** What the parser counts is its own text, which is one line of the file. */
const reasonOf = (error: unknown) => (error as Error).message.replace(/ \(line \d+ column \d+\)$/, '');

/** @throws SyntaxError, an UnreadableLine where the line is known */
export function readUsers(text: string): Imported[] {
  if (text.trimStart().startsWith('[')) return JSON.parse(text) as Imported[];
  return text.split(/\r?\n/).flatMap((line, index) => {
    if (!line.trim()) return [];
    try {
      return [JSON.parse(line) as Imported];
    } catch (error) {
      throw new UnreadableLine(index + 1, reasonOf(error));
    }
  });
}

/** In the order of the file, each small enough for one call. */
export function batches(users: readonly Imported[]): Imported[][] {
  const all: Imported[][] = [];
  let bytes = mostBytes;
  for (const user of users) {
    const size = new Blob([JSON.stringify(user)]).size + 1;
    const last = all.at(-1);
    if (!last || last.length === mostUsers || bytes + size > mostBytes) {
      all.push([user]);
      bytes = size;
    } else {
      last.push(user);
      bytes += size;
    }
  }
  return all;
}
