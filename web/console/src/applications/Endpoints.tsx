import { Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useApi } from '../api/context';
import type { Application } from '../api/types';
import { CopyText } from '../ui/CopyText';
import { Problem } from '../ui/Problem';
import { Section } from '../ui/Section';
import { isDevice, isRedirectedTo } from './oauth';

const members = {
  issuer: 'issuer',
  authorization: 'authorization_endpoint',
  par: 'pushed_authorization_request_endpoint',
  device: 'device_authorization_endpoint',
  token: 'token_endpoint',
  userinfo: 'userinfo_endpoint',
  jwks: 'jwks_uri',
  endSession: 'end_session_endpoint',
  introspection: 'introspection_endpoint',
  revocation: 'revocation_endpoint',
  registration: 'registration_endpoint',
} as const;
type Member = keyof typeof members;

/** What a user has to be there for, and what only a browser or a second device reaches. */
function membersOf(application: Application): Member[] {
  const left = new Set<Member>([
    ...(application.type === 'MachineToMachine' ? (['userinfo', 'endSession'] as const) : []),
    ...(isRedirectedTo(application) ? [] : (['authorization', 'par'] as const)),
    ...(isDevice(application) ? [] : (['device'] as const)),
  ]);
  return (Object.keys(members) as Member[]).filter((member) => !left.has(member));
}

/** What the provider says about itself (OpenID Connect Discovery 1.0). */
function useDiscovery(address: string) {
  return useQuery({
    queryKey: ['discovery', address],
    staleTime: 300_000,
    queryFn: async () => {
      const response = await fetch(address, { credentials: 'omit' });
      if (!response.ok) throw new Error(`${response.status} ${address}`);
      return (await response.json()) as Record<string, unknown>;
    },
  });
}

/** The addresses that a standard library asks for. */
export function Endpoints({ application }: { application: Application }) {
  const { t } = useTranslation();
  const { origin } = useApi();
  const discovery = `${origin}/oidc/.well-known/openid-configuration`;
  const { data, error, refetch } = useDiscovery(discovery);
  const found = membersOf(application).flatMap((member) => {
    const value = data?.[members[member]];
    return typeof value === 'string' ? [[member, value] as const] : [];
  });
  return (
    <Section title={t('applications.credentials.endpoints.title')} text={t('applications.credentials.endpoints.text')}>
      <Stack gap="sm">
        <Endpoint name="endpoint" value={origin} />
        <Endpoint name="discovery" value={discovery} />
        {found.map(([member, value]) => <Endpoint key={member} name={member} value={value} />)}
        {!data && !error && <Skeleton h={320} />}
      </Stack>
      {error && <Problem error={error} retry={() => void refetch()} />}
    </Section>
  );
}

function Endpoint({ name, value }: { name: Member | 'endpoint' | 'discovery'; value: string }) {
  const { t } = useTranslation();
  const label = t(`oauth.endpoints.${name}`);
  return (
    <div>
      <Text fz="sm" fw={550} mb={4}>{label}</Text>
      <CopyText value={value} what={label} block />
    </div>
  );
}
