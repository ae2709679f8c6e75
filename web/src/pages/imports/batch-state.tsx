import { CheckCircleFilled, ClockCircleFilled, MinusCircleFilled } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import '../../components/verdict.css';
import type { Batch } from './kinds.ts';

const looks = {
  previewed: ['undetermined', ClockCircleFilled],
  committed: ['grant', CheckCircleFilled],
  undone: ['out-of-scope', MinusCircleFilled],
} as const;

export function BatchState({ state }: Pick<Batch, 'state'>) {
  const { t } = useTranslation('imports');
  const [tone, Icon] = looks[state];
  return (
    <span className={`tag tag-${tone}`}>
      <Icon aria-hidden="true" />
      {t(`state.${state}`)}
    </span>
  );
}
