import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { FrameworkMark } from './FrameworkMark';
import type { FrameworkId } from './frameworks';
import classes from './Gallery.module.css';

export function FrameworkCard({ id, name }: { id: FrameworkId; name: string }) {
  const { t } = useTranslation();
  return (
    <Link to={`/applications/create/${id}`} className={classes.card} data-framework={id}>
      <FrameworkMark id={id} />
      <span className={classes.cardText}>
        <span className={classes.cardName}>{name}</span>
        <span className={classes.cardLine}>{t(`guides.lines.${id}`)}</span>
      </span>
    </Link>
  );
}
