import { CheckCircleFilled, ClockCircleFilled, CloseCircleFilled, MinusCircleFilled } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema.d.ts';
import '../../components/verdict.css';

type State = components['schemas']['CertificateState'];

const looks = {
  allocated: ['undetermined', ClockCircleFilled],
  signed: ['undetermined', ClockCircleFilled],
  issued: ['grant', CheckCircleFilled],
  suspended: ['refer', MinusCircleFilled],
  revoked: ['deny', CloseCircleFilled],
  superseded: ['out-of-scope', MinusCircleFilled],
  void: ['out-of-scope', CloseCircleFilled],
} as const satisfies Record<State, unknown>;

export function CertificateStateTag({ state }: { state: State }) {
  const { t } = useTranslation('certificates');
  const [tone, Icon] = looks[state];
  return (
    <span className={`tag tag-${tone}`}>
      <Icon aria-hidden="true" />
      {t(`state.${state}`)}
    </span>
  );
}
