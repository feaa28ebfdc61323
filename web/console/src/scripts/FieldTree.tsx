import type { Kind } from './queries';
import { fieldsOf, type Field } from './samples';
import classes from './scripts.module.css';

/** The shape of what the script is called with. */
export function FieldTree({ kind }: { kind: Kind }) {
  return <Fields fields={fieldsOf[kind]} depth={0} />;
}

function Fields({ fields, depth }: { fields: Field[]; depth: number }) {
  return (
    <ul className={classes.fields}>
      {fields.map((field) => (
        <li key={field.name}>
          {field.fields && field.fields.length > 0
            ? (
              <details open={depth === 0}>
                <summary>{field.name} <span className={classes.type}>{field.type}</span></summary>
                <Fields fields={field.fields} depth={depth + 1} />
              </details>
            )
            : <>{field.name} <span className={classes.type}>{field.type}</span></>}
        </li>
      ))}
    </ul>
  );
}
