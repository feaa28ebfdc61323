import { Fragment } from 'react';

/** A key or a path that has no room in one line goes on behind a dot or with a slash, not in the middle of a word. */
export function Pieces({ of }: { of: string }) {
  return of.split(/(?<=\.)|(?=\/)/).map((piece, index) => <Fragment key={index}>{index > 0 && <wbr />}{piece}</Fragment>);
}
