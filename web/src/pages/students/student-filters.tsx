import { useNavigate } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema.d.ts';
import { studentChoices } from '../../search/students.ts';
import type { StudentsSearch } from '../../search/students.ts';

interface Props {
  filters: StudentsSearch;
  cohorts: readonly components['schemas']['Cohort'][];
}

interface Choice {
  value: string | number;
  label: string;
}

/** Each filter stands in the address, so that back, reload and a copied link restore the list. */
export function StudentFilters({ filters, cohorts }: Props) {
  const { t } = useTranslation(['students', 'verdict', 'common']);
  const navigate = useNavigate({ from: '/students' });
  const set = (change: StudentsSearch) =>
    void navigate({ search: (search) => ({ ...search, ...change }), state: (state) => state, replace: true });
  const years = [...new Set(cohorts.map(({ cohort }) => cohort))];
  const classes = cohorts
    .filter(({ cohort }) => filters.cohort === undefined || cohort === filters.cohort)
    .flatMap((cohort) => cohort.classes);
  const choices: Record<keyof StudentsSearch, Choice[]> = {
    cohort: years.map((cohort) => ({ value: cohort, label: t('cohortName', { cohort }) })),
    class: classes.map(({ id, name }) => ({ value: id, label: name })),
    target: studentChoices.targets.map((value) => ({ value, label: t(`targets.${value}`) })),
    stage: studentChoices.stages.map((value) => ({ value, label: t(`verdict:stage.${value}`) })),
    waiting: studentChoices.waiting.map((value) => ({ value, label: t(`verdict:role.${value}`) })),
    verdict: studentChoices.verdicts.map((value) => ({
      value,
      label: value === 'deny' ? t('verdict:notMet') : t(`verdict:type.${value}`),
    })),
    status: studentChoices.statuses.map((value) => ({ value, label: t(`statuses.${value}`) })),
  };
  const chosen = Object.values(filters).some((value) => value !== undefined);
  return (
    <fieldset className="row plain" aria-label={t('filters')}>
      {(Object.keys(choices) as (keyof StudentsSearch)[]).map((name) => (
        <Select
          key={name}
          allowClear
          aria-label={t(name)}
          placeholder={t(name)}
          style={{ minWidth: 104 }}
          popupMatchSelectWidth={false}
          value={filters[name] ?? null}
          options={choices[name]}
          onChange={(value: string | number | null | undefined) => set({ [name]: value ?? undefined })}
        />
      ))}
      {chosen && (
        <Button type="link" onClick={() => void navigate({ search: {}, state: (state) => state, replace: true })}>
          {t('clearAll')}
        </Button>
      )}
    </fieldset>
  );
}
