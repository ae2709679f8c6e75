import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';

interface Props {
  value: string | undefined;
  onChange: (id: string | undefined) => void;
}

/** Finds a student by number or name; what is typed travels in a body. */
export function StudentSelect({ value, onChange }: Props) {
  const { t } = useTranslation('credits');
  const [typed, setTyped] = useState('');
  const text = useDeferredValue(typed.trim());
  const { data, isFetching } = useQuery({
    queryKey: ['students', 'find', text],
    queryFn: () =>
      text === ''
        ? answer(api.GET('/v1/students', { params: { query: { limit: 20 } } }))
        : answer(api.POST('/v1/students/search', { body: { text, limit: 20 } })),
    placeholderData: (before) => before,
  });
  const options = data?.items.map((student) => ({
    value: student.id,
    label: `${student.name} ${student.studentNo} ${student.class?.name ?? ''}`,
  }));
  return (
    <div className="stack" style={{ gap: 4 }}>
      <span>{t('wizard.student')}</span>
      <Select
        value={value ?? null}
        options={options ?? []}
        loading={isFetching}
        placeholder={t('wizard.findStudent')}
        aria-label={t('wizard.student')}
        showSearch={{ filterOption: false, onSearch: setTyped }}
        onChange={(id: string | null) => onChange(id ?? undefined)}
      />
    </div>
  );
}
