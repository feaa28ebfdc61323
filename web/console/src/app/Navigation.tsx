import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { groups } from './pages';
import classes from './Shell.module.css';

export function Navigation() {
  const { t } = useTranslation();
  const id = useId();
  return (
    <>
      {groups.map((group, index) => (
        <div key={group.label} className={classes.group} role="group" aria-labelledby={`${id}-${index}`}>
          <span className={classes.groupLabel} id={`${id}-${index}`}>{t(group.label)}</span>
          {group.pages.map(({ to, label, icon: Icon }) => (
            <NavLink key={to} to={to} className={classes.link}>
              <Icon size={18} stroke={1.7} aria-hidden="true" />
              {t(label)}
            </NavLink>
          ))}
        </div>
      ))}
    </>
  );
}
