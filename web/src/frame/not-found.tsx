import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

export function NotFound() {
  const { t } = useTranslation();
  return (
    <div className="page stack">
      <h1>{t('notFound')}</h1>
      <Link to="/">{t('backHome')}</Link>
    </div>
  );
}
