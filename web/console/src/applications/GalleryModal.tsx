import { Anchor, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { Gallery } from '../guides/Gallery';
import { useTitle } from '../ui/useTitle';

export function GalleryModal() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  useTitle(t('applications.gallery.title'));
  return (
    <Modal opened onClose={() => navigate('/applications')} size={1040} title={t('applications.gallery.title')} closeButtonProps={{ 'aria-label': t('ui.close') }} styles={{ content: { background: 'var(--page)' }, header: { background: 'var(--page)' } }}>
      <Stack gap="md">
        <Text c="dimmed">
          {t('applications.gallery.text')}{' '}
          <Anchor component={Link} to="/applications/create/none" underline="always">{t('applications.gallery.without')}</Anchor>
        </Text>
        <Gallery />
      </Stack>
    </Modal>
  );
}
