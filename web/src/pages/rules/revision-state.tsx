import { CheckCircleFilled, ClockCircleFilled, MinusCircleFilled, PauseCircleFilled } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema.d.ts';
import '../../components/verdict.css';

type Head = Pick<components['schemas']['RuleRevisionItem'], 'state' | 'inForce'>;

const looks = {
  frozen: ['undetermined', ClockCircleFilled],
  published: ['out-of-scope', MinusCircleFilled],
  suspended: ['refer', PauseCircleFilled],
  withdrawn: ['out-of-scope', MinusCircleFilled],
} as const;

export function RevisionState({ state, inForce }: Head) {
  const { t } = useTranslation('rules');
  const [tone, Icon] = inForce && state === 'published' ? (['grant', CheckCircleFilled] as const) : looks[state];
  return (
    <span className={`tag tag-${tone}`}>
      <Icon aria-hidden="true" />
      {inForce && state === 'published' ? t('inForce') : t(`state.${state}`)}
    </span>
  );
}
