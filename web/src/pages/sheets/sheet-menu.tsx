import { DownOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../api/session.ts';
import { menuActs } from './sheet-model.ts';
import type { Sheet } from './sheet-model.ts';

export type MenuAct = 'correct' | 'unlock' | 'resit' | 'archive';

/** Acts on a sheet that are not what it waits for. */
export function SheetMenu({ sheet, onAct }: { sheet: Sheet; onAct: (act: MenuAct) => void }) {
  const { t } = useTranslation(['sheets', 'common']);
  const may = useMay();
  const words = {
    correct: t('correct'),
    unlock: t('unlock'),
    resit: t('resit.act'),
    archive: t('archive.act'),
  };
  const links = {
    print: (
      <a href={`/v1/score-sheets/${sheet.id}/print`} target="_blank" rel="noreferrer">
        {t('print')}
      </a>
    ),
    scheme: (
      <Link to="/courses/$courseId/schemes" params={{ courseId: sheet.course.id }}>
        {t('scheme')}
      </Link>
    ),
  };
  const items = menuActs(sheet, may).map((key) =>
    key === 'print' || key === 'scheme'
      ? { key, label: links[key] }
      : { key, label: words[key], onClick: () => onAct(key) },
  );
  if (items.length === 0) return null;
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button>
        {t('common:more')} <DownOutlined aria-hidden="true" />
      </Button>
    </Dropdown>
  );
}
