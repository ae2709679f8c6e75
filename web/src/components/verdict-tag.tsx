import {
  CheckCircleFilled,
  ClockCircleFilled,
  CloseCircleFilled,
  MinusCircleFilled,
  UserOutlined,
} from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { components } from '../api/schema.d.ts';
import './verdict.css';

export type VerdictType = components['schemas']['VerdictType'];

const icons = {
  grant: CheckCircleFilled,
  deny: CloseCircleFilled,
  refer: UserOutlined,
  undetermined: ClockCircleFilled,
  'out-of-scope': MinusCircleFilled,
};

/** A verdict with icon, word and colour; `words` says what is granted, denied or referred more exactly than the kind does. */
export function VerdictTag({ type, words }: { type: VerdictType; words?: string }) {
  const { t } = useTranslation('verdict');
  const Icon = icons[type];
  const open = type === 'undetermined' || type === 'out-of-scope';
  return (
    <span className={`tag tag-${type}`}>
      <Icon aria-hidden="true" />
      {(open ? undefined : words) ?? t(`type.${type}`)}
    </span>
  );
}

/** The icon alone, where the row says the rest; its word stands in the tooltip and for screen readers. */
export function VerdictIcon({ type, words }: { type: VerdictType; words?: string | undefined }) {
  const { t } = useTranslation('verdict');
  const Icon = icons[type];
  return (
    <span className={`verdict-icon verdict-icon-${type}`} title={words ?? t(`type.${type}`)}>
      <Icon aria-hidden="true" />
      <span className="visually-hidden">{words ?? t(`type.${type}`)}</span>
    </span>
  );
}
