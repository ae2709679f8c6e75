import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema.d.ts';
import { useMay } from '../../api/session.ts';
import { decisionsQuery } from '../../api/students.ts';
import type { Student } from '../../api/students.ts';
import { DecisionPanel } from '../../components/decision-panel.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ReplayDialog } from '../../components/replay-dialog.tsx';
import { TargetName } from '../../components/target-name.tsx';
import { useText } from '../../components/use-text.ts';
import { VerdictTag } from '../../components/verdict-tag.tsx';
import { instantText } from '../../i18n/dates.ts';
import { PartLoading } from './part-loading.tsx';

type Item = components['schemas']['DecisionItem'];

/** Every decision with its rule and revision; each opens its grounds and can be worked out again. */
export function DecisionsTab({ student }: { student: Student }) {
  const { t } = useTranslation('student');
  const [shown, setShown] = useState<string | null>(null);
  const [replayed, setReplayed] = useState<string | null>(null);
  return (
    <PartLoading query={useQuery(decisionsQuery(student.id))}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState words={t('decisions.none')} />
        ) : (
          <>
            <div className="dense-frame">
              <table className="dense">
                <thead>
                  <tr>
                    {(['decidedAt', 'purpose', 'target', 'outcome', 'rule'] as const).map((column) => (
                      <th scope="col" key={column}>
                        {t(`decisions.${column}`)}
                      </th>
                    ))}
                    <td />
                  </tr>
                </thead>
                <tbody>
                  {items.map((item) => (
                    <DecisionRow key={item.id} item={item} student={student} onShow={setShown} onReplay={setReplayed} />
                  ))}
                </tbody>
              </table>
            </div>
            <DecisionPanel id={shown} onClose={() => setShown(null)} />
            <ReplayDialog id={replayed} onClose={() => setReplayed(null)} />
          </>
        )
      }
    </PartLoading>
  );
}

interface RowProps {
  item: Item;
  student: Student;
  onShow: (id: string) => void;
  onReplay: (id: string) => void;
}

function DecisionRow({ item, student, onShow, onReplay }: RowProps) {
  const { t } = useTranslation('student');
  const say = useText();
  const may = useMay();
  const { id, purpose, pathwayId, ruleSet, revision, outcome, title, decidedAt, superseded } = item;
  const pathway = student.pathways.find((one) => one.id === pathwayId);
  return (
    <tr>
      <td className="nowrap">{instantText(decidedAt)}</td>
      <td>{t(`decisions.purposes.${purpose as 'credit'}`, { defaultValue: purpose })}</td>
      <td>{pathway && <TargetName target={pathway} />}</td>
      <td>
        <VerdictTag type={outcome} words={say(title)} />
        {superseded && <div className="quiet small">{t('decisions.superseded')}</div>}
      </td>
      <td className="quiet">{t('decisions.revision', { ruleSet, revision })}</td>
      <td className="nowrap">
        <Button type="link" size="small" onClick={() => onShow(id)}>
          {t('decisions.open')}
        </Button>
        {may('decisions.replay') && (
          <Button type="link" size="small" onClick={() => onReplay(id)}>
            {t('decisions.replay')}
          </Button>
        )}
      </td>
    </tr>
  );
}
