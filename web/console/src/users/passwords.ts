const kinds = ['abcdefghijkmnpqrstuvwxyz', 'ABCDEFGHJKLMNPQRSTUVWXYZ', '23456789', '!#%*+-=?@_'];

/** An index below `size`, without the bias of a remainder. */
function below(size: number): number {
  const limit = 256 - (256 % size);
  for (;;) {
    const [byte] = crypto.getRandomValues(new Uint8Array(1));
    if (byte! < limit) return byte! % size;
  }
}

const pick = (signs: string) => signs[below(signs.length)]!;

/** 16 signs of four kinds, none of which is mistaken for another when read aloud or copied by hand. */
export function generatePassword(): string {
  const all = kinds.join('');
  const signs = [...kinds.map(pick), ...Array.from({ length: 12 }, () => pick(all))];
  for (let at = signs.length - 1; at > 0; at--) {
    const other = below(at + 1);
    [signs[at], signs[other]] = [signs[other]!, signs[at]!];
  }
  return signs.join('');
}
