import { MenuOutlined } from '@ant-design/icons';
import { Button, Dropdown, Input } from 'antd';
import type { InputRef } from 'antd';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.ts';
import { queryClient } from '../api/query-client.ts';
import { useSession } from '../api/session.ts';
import { dateText } from '../i18n/dates.ts';
import { changeLanguage, currentLanguage, languages } from '../i18n/index.ts';
import { entriesOf } from './nav-items.ts';
import { ClockButton } from './clock-button.tsx';
import { Jobs } from './jobs.tsx';

export function TopBar({ onMenu }: { onMenu: () => void }) {
  const { t } = useTranslation(['frame', 'common']);
  const { college, term, today } = useSession();
  const language = currentLanguage();
  return (
    <header className="frame-top">
      <Button
        className="frame-menu-button"
        type="text"
        icon={<MenuOutlined />}
        aria-label={t('nav.open')}
        onClick={onMenu}
      />
      <div className="frame-where">
        <span className="college" title={college?.name[language]}>
          {college?.name[language]}
        </span>
        {college?.demo && (
          <span className="frame-tag" title={t('common:exampleNote')}>
            {t('common:example')}
          </span>
        )}
        {today && (
          <span className="quiet date nowrap">{[term?.code, dateText(today)].filter(Boolean).join(' · ')}</span>
        )}
      </div>
      {college?.demo && <ClockButton />}
      <SearchBox />
      <Jobs />
      <LanguageSwitch />
      <AccountMenu />
    </header>
  );
}

/** What is typed here is personal data: it travels in the history state, never in the address. */
function SearchBox() {
  const { t } = useTranslation();
  const session = useSession();
  const navigate = useNavigate();
  const box = useRef<InputRef>(null);
  useEffect(() => {
    const focus = () => box.current?.focus();
    window.addEventListener('dualcert:search', focus);
    return () => window.removeEventListener('dualcert:search', focus);
  }, []);
  if (!entriesOf(session).some(({ key }) => key === 'students')) return null;
  const go = (text: string) => void navigate({ to: '/students', state: (state) => ({ ...state, find: text.trim() }) });
  return (
    <Input.Search
      ref={box}
      className="frame-search"
      allowClear
      aria-label={t('search')}
      placeholder={`${t('search')}（/）`}
      onSearch={go}
    />
  );
}

function LanguageSwitch() {
  const { t } = useTranslation();
  const current = currentLanguage();
  const other = languages.find((language) => language !== current) ?? 'en';
  return (
    <Button type="text" lang={other} onClick={() => void changeLanguage(other)}>
      {t(`languageName.${other}`)}
    </Button>
  );
}

function AccountMenu() {
  const { t } = useTranslation();
  const { user, roles } = useSession();
  const navigate = useNavigate();
  const language = currentLanguage();
  const titles = [...new Set(roles.map((role) => role.title[language]))].join(' · ');
  const signOut = async () => {
    await answer(api.DELETE('/v1/session'));
    queryClient.clear();
    await navigate({ to: '/sign-in' });
  };
  const items = [
    { key: 'who', label: <span className="quiet">{titles}</span>, disabled: true },
    { key: 'password', label: t('changePassword'), onClick: () => void navigate({ to: '/password' }) },
    { key: 'out', label: t('signOut'), onClick: () => void signOut() },
  ];
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button type="text">{user.displayName}</Button>
    </Dropdown>
  );
}
