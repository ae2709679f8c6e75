import { useNavigate, useSearch } from '@tanstack/react-router';
import { Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { useIsStudent, useMay } from '../../api/session.ts';
import { PageHeader } from '../../components/page-header.tsx';
import { CertificateList } from './certificate-list.tsx';
import { ReadyList } from './ready-list.tsx';

export function CertificatesPage() {
  const { t } = useTranslation('certificates');
  const may = useMay();
  const own = useIsStudent();
  const search = useSearch({ from: '/frame/certificates' });
  const navigate = useNavigate({ from: '/certificates' });
  const maySign = may('certificates.sign_off');
  const tab = search.tab ?? (maySign ? 'ready' : 'issued');
  const items = [
    ...(maySign ? [{ key: 'ready', label: t('tab.ready'), children: <ReadyList /> }] : []),
    { key: 'issued', label: t('tab.issued'), children: <CertificateList /> },
  ];
  return (
    <div className="page">
      <PageHeader title={t(own ? 'own.title' : 'title')} lede={t(own ? 'own.lede' : 'lede')} />
      <Tabs
        activeKey={tab}
        items={items}
        destroyOnHidden
        onChange={(key) => void navigate({ search: { tab: key === 'ready' ? 'ready' : 'issued' } })}
      />
    </div>
  );
}
