import { Anchor, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useApi } from '../api/context';
import { ApiError } from '../api/errors';
import type { Application, LogPayload, User } from '../api/types';
import { callName } from '../users/queries';
import type { en } from '../words/en';

export type EventKey = keyof typeof en.audit.events;

/** What an event is called; a key this console does not know stays as it is. */
export function useEventName() {
  const { i18n } = useTranslation();
  return (key: string): string => {
    const events = i18n.getResource(i18n.language, 'words', 'audit.events') as Record<string, string> | undefined;
    return events?.[key] ?? events?.[key.split('.').slice(0, -1).join('.')] ?? key;
  };
}

/** Names are looked up once and kept: a list has few users and applications. What was deleted keeps its id. */
function useName<T>(room: 'users' | 'applications', id: string | undefined, nameOf: (found: T) => string) {
  const api = useApi();
  return useQuery({
    queryKey: ['names', room, id],
    enabled: !!id,
    staleTime: 60_000,
    queryFn: async () => {
      try {
        return nameOf(await api.get<T>(`/${room}/${encodeURIComponent(id!)}`));
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) return null;
        throw error;
      }
    },
  });
}

/** Until the name is known its place is kept: an id that turns into a name a moment later is read as another thing. */
function Name({ room, id, name, waiting }: { room: string; id: string | undefined; name: string | null | undefined; waiting: boolean }) {
  const { t } = useTranslation();
  if (!id) return <Text inherit c="dimmed">{t('ui.none')}</Text>;
  if (waiting) return <Skeleton h={14} my={4} w="70%" />;
  if (!name) return <Text ff="monospace" fz={12.5} c="dimmed">{id}</Text>;
  return <Anchor component={Link} to={`/${room}/${id}`} inherit c="inherit">{name}</Anchor>;
}

/** The console is an application of the admin tenant, and so are those who use it: neither is found in this one. */
const adminConsole = 'admin-console';

export function UserName({ of: { userId, applicationId } }: { of: LogPayload }) {
  const { t } = useTranslation();
  const administrator = applicationId === adminConsole;
  const { data, isLoading } = useName<User>('users', administrator ? undefined : userId, callName);
  if (administrator && userId) return <Text span inherit title={userId}>{t('audit.administrator')}</Text>;
  return <Name room="users" id={userId} name={data} waiting={isLoading} />;
}

export function ApplicationName({ of: { applicationId } }: { of: { applicationId?: string } }) {
  const { t } = useTranslation();
  const { data, isLoading } = useName<Application>('applications', applicationId === adminConsole ? undefined : applicationId, (application) => application.name);
  if (applicationId === adminConsole) return <Text span inherit>{t('audit.adminConsole')}</Text>;
  return <Name room="applications" id={applicationId} name={data} waiting={isLoading} />;
}
