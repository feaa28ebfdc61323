import { Avatar, useComputedColorScheme } from '@mantine/core';
import type { Organization } from '../api/types';

/** Its own logo, or its initials; the name always stands beside it. */
export function OrganizationLogo({ organization, size = 32 }: { organization: Pick<Organization, 'name' | 'branding'>; size?: number }) {
  const scheme = useComputedColorScheme();
  const { logoUrl, darkLogoUrl } = organization.branding;
  const logo = scheme === 'dark' ? darkLogoUrl || logoUrl : logoUrl;
  return (
    <Avatar
      src={logo || null}
      name={organization.name}
      alt=""
      radius="md"
      color="verdigris"
      size={size}
      imageProps={{ referrerPolicy: 'no-referrer', style: { objectFit: 'contain' } }}
      aria-hidden="true"
    />
  );
}
