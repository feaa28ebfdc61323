import type { FieldValues } from 'react-hook-form';
import type { Application } from '../api/types';
import { useEditing, type Editing } from '../ui/useEditing';
import { useApplicationChanges, type ApplicationPatch } from './queries';

export interface ApplicationEditingOptions<F> {
  fieldsOf: (application: Application) => F;
  patchOf: (fields: F, application: Application) => ApplicationPatch;
  labelOf: (field: keyof F) => string;
  /** Where the form calls a member of the wire by another name. */
  fieldOf?: (member: string) => string;
}

/** `oidcClientMetadata.redirectUris.0` of an answer is the field `redirectUris` of a form. */
const memberOf = (path: string) => {
  const [first, second] = path.split('.');
  return /Metadata$/.test(first ?? '') && second ? second : (first ?? path);
};

/** The form of some settings of an application, saved under the version that was read. */
export function useApplicationEditing<F extends FieldValues>(application: Application, options: ApplicationEditingOptions<F>): Editing<F> {
  const changes = useApplicationChanges();
  return useEditing<Application, F>({
    saved: application,
    fieldsOf: options.fieldsOf,
    fieldOf: (path) => options.fieldOf?.(memberOf(path)) ?? memberOf(path),
    labelOf: options.labelOf,
    update: (fields) => changes.update(application.id, options.patchOf(fields, application), application.tag),
    reload: () => changes.reload(application.id),
  });
}
