import { Fragment } from 'react';
import classes from './ui.module.css';

/** Instructions, one a line; what stands between ** is the name of something on the other side's screen. */
export function Lines({ text }: { text: string }) {
  const lines = text.split('\n');
  if (lines.length === 1) return <p className={classes.line}><Emphasised text={text} /></p>;
  return <ol className={classes.lines}>{lines.map((line) => <li key={line}><Emphasised text={line} /></li>)}</ol>;
}

export function Emphasised({ text }: { text: string }) {
  return text.split('**').map((part, index) => (index % 2 === 1 ? <strong key={index}>{part}</strong> : <Fragment key={index}>{part}</Fragment>));
}
