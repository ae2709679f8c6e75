import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema.d.ts';
import { instantText } from '../../i18n/dates.ts';

export type Health = components['schemas']['SystemHealth'];

interface Check {
  name: string;
  /** Null: nothing to judge. */
  ok: boolean | null;
  lines: string[];
}

const OLD_OUTBOX_MS = 5 * 60_000;

/** The health of the system as lines people read, each well or worth a look. */
export function useChecks(): (health: Health) => Check[] {
  const { t } = useTranslation('admin');
  return ({ at, database, processes, agreement, outbox, cases, signer, disagreements }) => {
    const oldest = outbox.oldestAt === null ? 0 : Date.parse(at) - Date.parse(outbox.oldestAt);
    return [
      {
        name: t('health.database'),
        ok: database.ok,
        lines: [t('health.databaseDetail', { dialect: database.dialect })],
      },
      {
        name: t('health.processes'),
        ok: processes.every(({ late }) => !late),
        lines: processes.map(processLine),
      },
      {
        name: t('health.agreement'),
        ok: agreement === null || (agreement.casesWithoutWorkflow === 0 && agreement.workflowsWithoutCase === 0),
        lines:
          agreement === null
            ? [t('health.agreementNone')]
            : [agreementLine(agreement), t('health.agreementAt', { time: instantText(agreement.at) })],
      },
      {
        name: t('health.outbox'),
        ok: oldest < OLD_OUTBOX_MS,
        lines: [
          t('health.outboxDetail', { count: outbox.unsent }),
          ...(outbox.oldestAt === null ? [] : [t('health.outboxOldest', { time: instantText(outbox.oldestAt) })]),
        ],
      },
      { name: t('health.cases'), ok: true, lines: [t('health.casesDetail', cases)] },
      {
        name: t('health.signer'),
        ok: signer.state === 'up' && signer.alarms === 0,
        lines:
          signer.state === 'up'
            ? [t('health.signerUp', signer), ...(signer.sharedUser ? [t('health.signerShared')] : [])]
            : [t('health.signerDown')],
      },
      {
        name: t('health.disagreements'),
        ok: disagreements === 0,
        lines: [t('health.disagreementsDetail', { count: disagreements })],
      },
      { name: t('health.backups'), ok: null, lines: [t('health.notBuilt')] },
    ];
  };

  function processLine({ process, at: last, ageSeconds }: Health['processes'][number]): string {
    const name = t(`health.process.${process}`);
    if (last === null || ageSeconds === null) return t('health.processNone', { process: name });
    const age = ageSeconds < 120 ? t('health.seconds', { count: ageSeconds }) : instantText(last);
    return t('health.processLine', { process: name, age });
  }

  function agreementLine(found: NonNullable<Health['agreement']>): string {
    const counts = {
      open: found.openCases,
      running: found.runningWorkflows,
      without: found.casesWithoutWorkflow,
      extra: found.workflowsWithoutCase,
      unseen: found.casesUnseen,
    };
    return t('health.agreementDetail', counts);
  }
}
