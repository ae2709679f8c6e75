import { useTranslation } from 'react-i18next';
import { PageHeader } from '../components/page-header.tsx';

export function HomePage() {
  const { t } = useTranslation('frame');
  return (
    <div className="page">
      <PageHeader title={t('nav.home')} />
    </div>
  );
}
