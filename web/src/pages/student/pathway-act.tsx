import { Link } from '@tanstack/react-router';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, keyed } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import { useIsStudent, useMay } from '../../api/session.ts';
import type { Pathway, Student } from '../../api/students.ts';
import { ActDialog } from '../../components/act-dialog.tsx';
import { useTargetName } from '../../components/target-name.tsx';
import { dateText } from '../../i18n/dates.ts';

type Act = 'apply' | 'audit';

/** The one act that this stage waits for, offered to whoever may do it. */
export function PathwayAct({ student, pathway }: { student: Student; pathway: Pathway }) {
  const { t } = useTranslation('student');
  const { message } = App.useApp();
  const nameOf = useTargetName();
  const may = useMay();
  const own = useIsStudent();
  const [asking, setAsking] = useState(false);
  const { stage, id } = pathway;
  if (stage.name === 'sign_off' && may('certificates.sign_off'))
    return <Link to="/certificates">{t('acts.signOff')}</Link>;
  const act: Act | null = actAt(pathway, may);
  if (act === null) return null;
  const run = async () => {
    if (act === 'apply') await answer(api.POST('/v1/pathways/{id}/apply', keyed({ path: { id } })));
    else await answer(api.POST('/v1/pathways/{id}/audit', keyed({ path: { id } })));
    void message.success(t(act === 'apply' ? 'acts.applied' : 'acts.audited'));
    await queryClient.invalidateQueries({ queryKey: ['student', student.id] });
  };
  const named = { name: student.name, target: nameOf(pathway) };
  return (
    <>
      <Button size="small" type="primary" onClick={() => setAsking(true)}>
        {t(`acts.${act}`)}
      </Button>
      <ActDialog
        open={asking}
        title={own && act === 'apply' ? t('acts.applyOwnTitle', named) : t(`acts.${act}Title`, named)}
        explain={t(`acts.${act}Note`, { date: dateText(student.today) })}
        confirm={t(`acts.${act}`)}
        act={run}
        onClose={() => setAsking(false)}
      />
    </>
  );
}

function actAt({ stage, appliedOn, type }: Pathway, may: ReturnType<typeof useMay>): Act | null {
  if (type === 'skill' && appliedOn === null && stage.name === 'application')
    return may('applications.submit') ? 'apply' : null;
  const forRegistrar =
    stage.name === 'referred' || (stage.name === 'deciding' && stage.waitingOn?.role === 'registrar');
  return forRegistrar && may('decisions.record') ? 'audit' : null;
}
