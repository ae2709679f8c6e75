import {
  CheckCircleFilled,
  ClockCircleFilled,
  CloseCircleFilled,
  PauseCircleFilled,
  SyncOutlined,
} from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import '../../components/verdict.css';
import type { Operation } from './use-operation.ts';

const looks = {
  waiting: ['undetermined', ClockCircleFilled],
  running: ['undetermined', SyncOutlined],
  paused: ['refer', PauseCircleFilled],
  cancelled: ['out-of-scope', CloseCircleFilled],
  finished: ['grant', CheckCircleFilled],
} as const;

export function OperationState({ state }: Pick<Operation, 'state'>) {
  const { t } = useTranslation('operations');
  const [tone, Icon] = looks[state];
  return (
    <span className={`tag tag-${tone}`}>
      <Icon aria-hidden="true" spin={state === 'running'} />
      {t(`state.${state}`)}
    </span>
  );
}
