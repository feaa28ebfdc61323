import { Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useId, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './dashboard.module.css';
import { dayName, ticks } from './days';
import type { Day } from './queries';

const height = 240;
const top = 12;
const bottom = 26;
const right = 28;

/** A count for each day. One is pointed at by pointer or arrow keys; all stand in a table for who does not see the curve. */
export function DayChart({ days, label }: { days: Day[]; label: string }) {
  const { t, i18n } = useTranslation();
  const { ref, width } = useElementSize();
  const [at, setAt] = useState<number>();
  const id = useId();
  const number = new Intl.NumberFormat(i18n.language);
  const lines = ticks(Math.max(...days.map((day) => day.count)));
  const highest = lines.at(-1)!;
  const left = 14 + 7.5 * number.format(highest).length;
  const space = Math.max(width - left - right, 1);
  const x = (index: number) => left + (days.length > 1 ? (index / (days.length - 1)) * space : space / 2);
  const y = (count: number) => top + (1 - count / highest) * (height - top - bottom);
  const curve = days.map((day, index) => `${index ? 'L' : 'M'}${x(index).toFixed(1)} ${y(day.count).toFixed(1)}`).join('');
  const every = Math.max(1, Math.ceil((days.length * 62) / space));
  const pointed = at === undefined ? undefined : days[at];
  const said = (day: Day) => t('dashboard.chart.day', { day: dayName(day.date, i18n.language, 'long'), count: day.count });

  const onPointer = (event: PointerEvent<SVGSVGElement>) => {
    const from = event.currentTarget.getBoundingClientRect().left;
    setAt(Math.max(0, Math.min(days.length - 1, Math.round(((event.clientX - from - left) / space) * (days.length - 1)))));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const last = days.length - 1;
    const to = { ArrowLeft: (at ?? last + 1) - 1, ArrowRight: (at ?? last - 1) + 1, Home: 0, End: last }[event.key];
    if (event.key === 'Escape') setAt(undefined);
    if (to === undefined) return;
    event.preventDefault();
    setAt(Math.max(0, Math.min(last, to)));
  };
  return (
    <figure ref={ref} className={classes.figure}>
      <svg
        width="100%"
        height={height}
        role="img"
        aria-label={`${label}. ${t('dashboard.chart.keys')}`}
        aria-describedby={id}
        tabIndex={0}
        className={classes.chart}
        onPointerMove={onPointer}
        onPointerDown={onPointer}
        onPointerLeave={() => setAt(undefined)}
        onBlur={() => setAt(undefined)}
        onKeyDown={onKeyDown}
      >
        {width > 0 && (
          <>
            {lines.map((line) => (
              <g key={line}>
                <line x1={left} x2={left + space} y1={y(line)} y2={y(line)} className={classes.line} />
                <text x={left - 8} y={y(line)} dy="0.35em" textAnchor="end" className={classes.tick}>{number.format(line)}</text>
              </g>
            ))}
            {days.map((day, index) => (days.length - 1 - index) % every === 0 && (
              <text key={day.date} x={x(index)} y={height - 6} textAnchor="middle" className={classes.tick}>{dayName(day.date, i18n.language)}</text>
            ))}
            <path d={`${curve}L${x(days.length - 1)} ${y(0)}L${x(0)} ${y(0)}Z`} className={classes.area} />
            <path d={curve} className={classes.curve} />
            {pointed && (
              <>
                <line x1={x(at!)} x2={x(at!)} y1={top} y2={y(0)} className={classes.pointer} />
                <circle cx={x(at!)} cy={y(pointed.count)} r={4.5} className={classes.dot} />
              </>
            )}
          </>
        )}
      </svg>
      {pointed && (
        <div className={classes.note} style={{ left: Math.max(0, Math.min(x(at!) - 90, width - 180)) }} aria-hidden="true">
          <Text fz="xs" c="dimmed">{dayName(pointed.date, i18n.language, 'long')}</Text>
          <Text fz="sm" fw={600}>{t('dashboard.chart.users', { count: pointed.count })}</Text>
        </div>
      )}
      <div id={id} role="status" className={classes.unseen}>{pointed && said(pointed)}</div>
      <details className={classes.details}>
        <summary>{t('dashboard.chart.table')}</summary>
        <table>
          <caption className={classes.unseen}>{label}</caption>
          <thead><tr><th scope="col">{t('dashboard.chart.date')}</th><th scope="col">{t('dashboard.chart.count')}</th></tr></thead>
          <tbody>
            {days.toReversed().map((day) => (
              <tr key={day.date}><th scope="row">{dayName(day.date, i18n.language, 'long')}</th><td>{number.format(day.count)}</td></tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
