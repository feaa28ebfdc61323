import { useTranslation } from 'react-i18next';
import { Gallery } from '../guides/Gallery';
import { PageHead } from '../ui/PageHead';

export function FrameworksPage() {
  const { t } = useTranslation();
  return (
    <>
      <PageHead title={t('start.frameworks.title')} text={t('start.frameworks.text')} />
      <Gallery />
    </>
  );
}
