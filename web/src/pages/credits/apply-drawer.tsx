import { useQuery } from '@tanstack/react-query';
import { App, Button, Drawer, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, keyed } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import { useSession } from '../../api/session.ts';
import { coursesQuery, outcomesQuery } from '../../api/students.ts';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { dateText } from '../../i18n/dates.ts';
import { Preview } from './preview.tsx';
import { StudentSelect } from './student-select.tsx';

interface Props {
  open: boolean;
  studentId: string | undefined;
  onClose: () => void;
}

interface Chosen {
  student: string | undefined;
  outcome: string | undefined;
  courses: string[];
}

/** See the answer before applying: what is tried is exactly what is then submitted. */
export function ApplyDrawer({ open, studentId, onClose }: Props) {
  const { t } = useTranslation('credits');
  const { today } = useSession();
  const { message } = App.useApp();
  const [chosen, setChosen] = useState<Chosen>({ student: studentId, outcome: undefined, courses: [] });
  const [refusal, setRefusal] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const { student, outcome, courses } = chosen;
  const ready = student !== undefined && outcome !== undefined && courses.length > 0;
  const submit = async () => {
    if (!ready) return;
    setBusy(true);
    setRefusal(null);
    try {
      const answered = await answer(
        api.POST('/v1/credit-applications', { ...keyed(), body: { outcomeId: outcome, courseIds: courses } }),
      );
      const granted = answered.courses.filter(({ credits }) => credits > 0).length;
      void message.success(t('wizard.done', { count: answered.courses.length, granted }));
      await queryClient.invalidateQueries();
      setChosen({ student: studentId, outcome: undefined, courses: [] });
      onClose();
    } catch (error) {
      setRefusal(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Drawer open={open} onClose={onClose} size={620} title={t('wizard.title')} destroyOnHidden>
      <div className="stack" style={{ gap: 16 }}>
        {studentId === undefined && (
          <StudentSelect
            value={student}
            onChange={(id) => setChosen({ student: id, outcome: undefined, courses: [] })}
          />
        )}
        {student !== undefined && (
          <OutcomeSelect student={student} value={outcome} onChange={(id) => setChosen({ ...chosen, outcome: id })} />
        )}
        {student !== undefined && (
          <CourseSelect student={student} value={courses} onChange={(ids) => setChosen({ ...chosen, courses: ids })} />
        )}
        {ready ? (
          <Preview student={student} outcome={outcome} courses={courses} />
        ) : (
          <p className="quiet">{t('wizard.needAll')}</p>
        )}
        {ready && <p className="quiet small">{t('wizard.previewNote', { date: dateText(today ?? '') })}</p>}
        <ProblemAlert error={refusal} />
        {ready && (
          <div className="stack" style={{ gap: 6 }}>
            <div>
              <Button type="primary" loading={busy} onClick={() => void submit()}>
                {t('wizard.submit', { count: courses.length })}
              </Button>
            </div>
            <span className="quiet small">{t('wizard.submitNote')}</span>
          </div>
        )}
      </div>
    </Drawer>
  );
}

interface SelectProps<T> {
  student: string;
  value: T;
  onChange: (value: T) => void;
}

function OutcomeSelect({ student, value, onChange }: SelectProps<string | undefined>) {
  const { t } = useTranslation(['credits', 'student']);
  const { data, error } = useQuery(outcomesQuery(student));
  if (error) return <ProblemAlert error={error} />;
  if (data?.items.length === 0) return <p>{t('wizard.noOutcome')}</p>;
  const options = data?.items.map(({ id, name, kind, spentOn, number }) => ({
    value: id,
    disabled: spentOn !== null,
    label: [name, t(`student:outcomes.kinds.${kind}`), number, spentOn && t('wizard.spentAlready')]
      .filter(Boolean)
      .join(' · '),
  }));
  return (
    <div className="stack" style={{ gap: 4 }}>
      <span>{t('wizard.outcome')}</span>
      <Select
        value={value ?? null}
        options={options ?? []}
        loading={!data}
        onChange={(id: string | null) => onChange(id ?? undefined)}
        aria-label={t('wizard.outcome')}
      />
    </div>
  );
}

function CourseSelect({ student, value, onChange }: SelectProps<string[]>) {
  const { t } = useTranslation(['credits', 'student']);
  const { data, error } = useQuery(coursesQuery(student));
  if (error) return <ProblemAlert error={error} />;
  const options = data?.items.map(({ course, passed, converted, termNo }) => ({
    value: course.id,
    disabled: passed === true || converted !== null,
    label: `${course.code} ${course.name}（${t('student:courses.term', { term: termNo })}）`,
  }));
  return (
    <div className="stack" style={{ gap: 4 }}>
      <span>{t('wizard.courses')}</span>
      <Select
        mode="multiple"
        value={value}
        options={options ?? []}
        loading={!data}
        onChange={onChange}
        aria-label={t('wizard.courses')}
        showSearch={{ optionFilterProp: 'label' }}
      />
      <span className="quiet small">{t('wizard.coursesHint')}</span>
    </div>
  );
}
