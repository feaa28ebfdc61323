import { useComputedColorScheme } from '@mantine/core';

/** The mark of a provider; its name always stands beside it. */
export function ProviderLogo({ logo, dark, size = 24 }: { logo: string; dark: string; size?: number }) {
  const scheme = useComputedColorScheme();
  return <img src={scheme === 'dark' ? dark || logo : logo} alt="" width={size} height={size} style={{ flexShrink: 0, objectFit: 'contain' }} />;
}
