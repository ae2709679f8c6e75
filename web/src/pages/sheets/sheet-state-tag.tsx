import { CheckCircleFilled, ClockCircleFilled, EditFilled, InboxOutlined, LockFilled } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema.d.ts';
import '../../components/verdict.css';

const looks = {
  empty: ['undetermined', ClockCircleFilled],
  draft: ['undetermined', EditFilled],
  submitted: ['grant', CheckCircleFilled],
  locked: ['out-of-scope', LockFilled],
  archived: ['out-of-scope', InboxOutlined],
} as const;

export function SheetStateTag({ state }: { state: components['schemas']['SheetState'] }) {
  const { t } = useTranslation('sheets');
  const [tone, Icon] = looks[state];
  return (
    <span className={`tag tag-${tone}`}>
      <Icon aria-hidden="true" />
      {t(`state.${state}`)}
    </span>
  );
}
