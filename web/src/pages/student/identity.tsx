import { EyeOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, keyed } from '../../api/client.ts';
import { useMay } from '../../api/session.ts';
import type { Student } from '../../api/students.ts';
import { ActDialog } from '../../components/act-dialog.tsx';
import { useText } from '../../components/use-text.ts';
import { dateText } from '../../i18n/dates.ts';

export function Identity({ student }: { student: Student }) {
  const { t } = useTranslation(['student', 'students']);
  const say = useText();
  const { studentNo, name, status, cohort, programme, enrolledOn, gender } = student;
  return (
    <header className="identity">
      <h1>{name}</h1>
      <Pair name={t('identity.studentNo')}>{studentNo}</Pair>
      <Pair name={t('identity.class')}>{student.class?.name}</Pair>
      <Pair name={t('identity.programme')}>
        {t('identity.cohort', { cohort })} {say(programme.name)}
      </Pair>
      <span>
        {[t(`students:statuses.${status}`), gender && t(`identity.gender.${gender}`)].filter(Boolean).join(' · ')}
      </span>
      <Pair name={t('identity.enrolledOn')}>{dateText(enrolledOn)}</Pair>
      <IdNumber student={student} />
    </header>
  );
}

function Pair({ name, children }: { name: string; children: ReactNode }) {
  return (
    <span className="pair">
      <span className="quiet">{name}</span>
      {children}
    </span>
  );
}

/** Masked until somebody who may says why; what was shown is forgotten with the page. */
function IdNumber({ student: { id, name, idNumberMasked } }: { student: Student }) {
  const { t } = useTranslation(['student', 'common']);
  const may = useMay();
  const [asking, setAsking] = useState(false);
  const [shown, setShown] = useState<string | null>(null);
  if (idNumberMasked === null) return null;
  const reveal = async (reason: string) => {
    const { idNumber } = await answer(
      api.POST('/v1/students/{id}/reveal', { ...keyed({ path: { id } }), body: { reason } }),
    );
    setShown(idNumber ?? t('identity.noNumber'));
  };
  return (
    <Pair name={t('identity.idNumber')}>
      {shown ?? idNumberMasked}
      {may('students.reveal_identity') && shown === null && (
        <Button type="link" size="small" icon={<EyeOutlined />} onClick={() => setAsking(true)}>
          {t('identity.reveal')}
        </Button>
      )}
      <ActDialog
        open={asking}
        title={t('identity.revealTitle', { name })}
        explain={t('identity.revealWhy')}
        confirm={t('identity.reveal')}
        reasoned
        act={reveal}
        onClose={() => setAsking(false)}
      />
    </Pair>
  );
}
