import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import type { components } from '../../api/schema.d.ts';

export type Student = components['schemas']['StudentItem'];

/** Finds a student by number, name or initials. What is typed travels in the body, never in an address. */
export function StudentPicker({ onPick }: { onPick: (student: Student | null) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const { data, isFetching } = useQuery({
    queryKey: ['student-picker', text],
    enabled: text.trim().length > 0,
    queryFn: () => answer(api.POST('/v1/students/search', { body: { text: text.trim(), limit: 10 } })),
  });
  const found = data?.items ?? [];
  return (
    <Select<string>
      showSearch={{ filterOption: false, onSearch: setText }}
      allowClear
      loading={isFetching}
      aria-label={t('search')}
      placeholder={t('searchHint')}
      style={{ width: '100%' }}
      options={found.map((student) => ({ value: student.id, label: `${student.name} ${student.studentNo}` }))}
      onChange={(id?: string) => onPick(found.find((student) => student.id === id) ?? null)}
    />
  );
}
