import { Outlet } from '@tanstack/react-router';
import { Link, useNavigate } from '@tanstack/react-router';
import { Drawer, Modal } from 'antd';
import { Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../api/session.ts';
import { Mark } from './mark.tsx';
import { entriesOf } from './nav-items.ts';
import { Nav } from './nav.tsx';
import { listenForShortcuts } from './shortcuts.ts';
import { TopBar } from './top-bar.tsx';
import './frame.css';

export function Frame() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [menu, setMenu] = useState(false);
  const [help, setHelp] = useState(false);
  const session = useSession();
  useEffect(
    () =>
      listenForShortcuts({
        go: (to) => void navigate({ to }),
        help: () => setHelp(true),
        knows: (place) => entriesOf(session).some(({ to }) => to === place),
      }),
    [navigate, session],
  );
  return (
    <div className="frame">
      <a className="skip" href="#content">
        {t('skipToContent')}
      </a>
      <section className="frame-corner" aria-label={t('product')}>
        <Link to="/" className="frame-brand">
          <Mark />
          {t('product')}
        </Link>
      </section>
      <TopBar onMenu={() => setMenu(true)} />
      <Nav />
      <main className="frame-main" id="content" tabIndex={-1}>
        <Suspense fallback={<div className="page quiet">{t('loading')}</div>}>
          <Outlet />
        </Suspense>
      </main>
      <Drawer
        open={menu}
        placement="left"
        size={240}
        onClose={() => setMenu(false)}
        title={t('product')}
        styles={{ body: { padding: 0 } }}
      >
        <Nav onGo={() => setMenu(false)} />
      </Drawer>
      <Modal open={help} title={t('shortcuts')} footer={null} onCancel={() => setHelp(false)}>
        <dl className="row" style={{ display: 'grid', gridTemplateColumns: 'auto 1fr' }}>
          {(['search', 'home', 'students', 'sheets', 'help'] as const).map((what) => (
            <ShortcutLine key={what} keys={shortcutKeys[what]} words={t(`shortcutKeys.${what}`)} />
          ))}
        </dl>
      </Modal>
    </div>
  );
}

const shortcutKeys = { search: '/', home: 'g h', students: 'g s', sheets: 'g g', help: '?' } as const;

function ShortcutLine({ keys, words }: { keys: string; words: string }) {
  return (
    <>
      <dt>
        <kbd>{keys}</kbd>
      </dt>
      <dd>{words}</dd>
    </>
  );
}
