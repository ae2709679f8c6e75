import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, keyed } from '../../api/client.ts';
import { ActDialog } from '../../components/act-dialog.tsx';
import { lessonsOf } from './lessons.ts';

/** 开课: the office opens the sheets of a term and says who teaches what. */
export function OpenTerm() {
  const { t } = useTranslation('sheets');
  const { message } = App.useApp();
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const [termId, setTermId] = useState<string | null>(null);
  const [chosen, setChosen] = useState<Record<string, string>>({});
  const { data: college } = useQuery({
    queryKey: ['college'],
    queryFn: () => answer(api.GET('/v1/college')),
    enabled: open,
  });
  const { data: teachers } = useQuery({
    queryKey: ['teachers'],
    queryFn: () => answer(api.GET('/v1/teachers')),
    enabled: open,
  });
  const { data: lessons } = useQuery({
    queryKey: ['lessons', termId, college?.today],
    queryFn: () => lessonsOf(term, terms),
    enabled: open && college !== undefined,
  });
  const terms = college?.terms.flatMap((one) => (one ? [one] : [])) ?? [];
  const term = terms.find(({ id }) => id === (termId ?? college?.term?.id)) ?? null;
  const people = (teachers?.items ?? []).flatMap((one) => (one ? [{ value: one.id, label: one.name }] : []));
  const act = async () => {
    if (!term) return;
    const { sheets } = await answer(
      api.POST('/v1/terms/{id}/open', { ...keyed({ path: { id: term.id } }), body: { teachers: chosen } }),
    );
    void message.success(t('opened', { count: sheets }));
    await client.invalidateQueries();
  };
  const missing = (lessons ?? []).some(({ code }) => chosen[code] === undefined);
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        {t('open.act')}
      </Button>
      <ActDialog
        open={open}
        title={t('open.title')}
        explain={t('open.explain')}
        confirm={t('open.act')}
        disabled={!term || missing || lessons?.length === 0}
        act={act}
        onClose={() => setOpen(false)}
      >
        <Select
          aria-label={t('filter.term')}
          value={term?.id ?? null}
          onChange={setTermId}
          options={terms
            .filter(({ endsOn }) => endsOn >= (college?.today ?? ''))
            .map(({ id, code }) => ({ value: id, label: code }))}
        />
        {teachers?.items.length === 0 && <p className="quiet">{t('open.noTeachers')}</p>}
        {lessons?.length === 0 && <p className="quiet">{t('open.nothing')}</p>}
        {lessons && lessons.length > 0 && (
          <>
            <Select
              aria-label={t('open.everyone')}
              placeholder={t('open.everyone')}
              value={null}
              options={people}
              onChange={(id: string) => setChosen(Object.fromEntries(lessons.map(({ code }) => [code, id])))}
            />
            <div
              style={{
                display: 'grid',
                gridTemplateColumns: '1fr 160px',
                gap: 8,
                alignItems: 'center',
                maxHeight: 320,
                overflow: 'auto',
              }}
            >
              {lessons.map(({ code, name }) => (
                <Lesson
                  key={code}
                  {...{ code, name, people }}
                  teacher={chosen[code]}
                  onChoose={(id) => setChosen({ ...chosen, [code]: id })}
                />
              ))}
            </div>
          </>
        )}
      </ActDialog>
    </>
  );
}

interface LessonProps {
  code: string;
  name: string;
  people: { value: string; label: string }[];
  teacher: string | undefined;
  onChoose: (id: string) => void;
}

function Lesson({ code, name, people, teacher, onChoose }: LessonProps) {
  const { t } = useTranslation('sheets');
  return (
    <>
      <span>
        {name} <span className="quiet small">{code}</span>
      </span>
      <Select
        aria-label={`${t('column.teacher')} ${name}`}
        placeholder={t('column.teacher')}
        value={teacher ?? null}
        options={people}
        onChange={onChoose}
      />
    </>
  );
}
