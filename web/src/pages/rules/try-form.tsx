import { useQuery } from '@tanstack/react-query';
import { Button, DatePicker, Form, Input, InputNumber, Radio, Select } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import type { paths } from '../../api/schema.d.ts';
import { useMay } from '../../api/session.ts';
import { StudentPicker } from './student-picker.tsx';
import type { Student } from './student-picker.tsx';

export type Asked = NonNullable<
  paths['/v1/equivalences/evaluate']['post']['requestBody']
>['content']['application/json'];

const kinds = [
  'skill_certificate',
  'x_certificate',
  'occupational_qualification',
  'contest_award',
  'prior_course',
] as const;
const levels = {
  skill_certificate: ['five', 'four', 'three', 'two', 'one'],
  x_certificate: ['junior', 'intermediate', 'senior'],
  occupational_qualification: ['five', 'four', 'three', 'two', 'one'],
  contest_award: [],
  prior_course: [],
} as const;

interface Entered {
  purpose: 'credit' | 'title';
  kind: (typeof kinds)[number];
  name: string;
  occupationCode?: string;
  level?: string;
  contestTier?: 'school' | 'city' | 'province' | 'national';
  contestPrize?: 'third' | 'second' | 'first';
  issuedOn?: Dayjs | null;
  expiresOn?: Dayjs | null;
  verified: 'yes' | 'no' | 'unknown';
  score?: number | null;
  credits?: number | null;
  workMonthsAfter?: number | null;
  date?: Dayjs | null;
  courseIds?: string[];
}

const dateOf = (date: Dayjs | null | undefined): string | null => date?.format('YYYY-MM-DD') ?? null;
const tenths = (value: number | null | undefined): number | null =>
  value === null || value === undefined ? null : Math.round(value * 10);
const known = { yes: true, no: false, unknown: null } as const;

function askedOf(entered: Entered, student: Student | null): Asked {
  const date = dateOf(entered.date);
  return {
    purpose: entered.purpose,
    ...(date && { date }),
    ...(entered.purpose === 'credit' && student && { studentId: student.id }),
    ...(entered.purpose === 'credit' &&
      entered.courseIds &&
      entered.courseIds.length > 0 && { courseIds: entered.courseIds }),
    outcome: {
      kind: entered.kind,
      name: entered.name,
      occupationCode: entered.occupationCode?.trim() || null,
      level: entered.level ?? null,
      contestTier: entered.contestTier ?? null,
      contestPrize: entered.contestPrize ?? null,
      issuedOn: dateOf(entered.issuedOn),
      expiresOn: dateOf(entered.expiresOn),
      verified: known[entered.verified],
      score: tenths(entered.score),
      credits: tenths(entered.credits),
      workMonthsAfter: entered.workMonthsAfter ?? null,
    },
  };
}

export function TryForm({ busy, onAsk }: { busy: boolean; onAsk: (asked: Asked) => void }) {
  const { t } = useTranslation('rules');
  const may = useMay();
  const [form] = Form.useForm<Entered>();
  const [student, setStudent] = useState<Student | null>(null);
  const purpose = Form.useWatch('purpose', form) ?? 'title';
  const kind = Form.useWatch('kind', form) ?? 'skill_certificate';
  const forCredit = purpose === 'credit';
  const date = <DatePicker style={{ width: '100%' }} />;
  return (
    <Form<Entered>
      form={form}
      className="panel"
      layout="vertical"
      requiredMark={false}
      initialValues={{ purpose: 'title', kind: 'skill_certificate', verified: 'yes' }}
      onFinish={(entered) => onAsk(askedOf(entered, student))}
    >
      <Form.Item name="purpose" label={t('try.purpose')}>
        <Radio.Group
          options={[
            { value: 'title', label: t('purpose.title') },
            ...(may('students.read') ? [{ value: 'credit', label: t('purpose.credit') }] : []),
          ]}
        />
      </Form.Item>
      {forCredit && (
        <>
          <Form.Item label={t('try.student')} htmlFor="try-student">
            <StudentPicker onPick={setStudent} />
          </Form.Item>
          <CoursesField planId={student?.planId} />
        </>
      )}
      <Form.Item name="kind" label={t('try.kind')}>
        <Select
          options={kinds.map((value) => ({ value, label: t(`try.kinds.${value}`) }))}
          onChange={() => form.setFieldValue('level', undefined)}
        />
      </Form.Item>
      <Form.Item name="name" label={t('try.name')} rules={[{ required: true, message: t('try.nameNeeded') }]}>
        <Input placeholder={t('try.nameHint')} />
      </Form.Item>
      {(kind === 'skill_certificate' || kind === 'occupational_qualification') && (
        <Form.Item name="occupationCode" label={t('try.occupationCode')}>
          <Input placeholder="6-31-01-03" />
        </Form.Item>
      )}
      {levels[kind].length > 0 && (
        <Form.Item name="level" label={t('try.level')}>
          <Select allowClear options={levels[kind].map((value) => ({ value, label: t(`try.levels.${value}`) }))} />
        </Form.Item>
      )}
      {kind === 'contest_award' && (
        <>
          <Form.Item name="contestTier" label={t('try.tier')}>
            <Select
              allowClear
              options={(['national', 'province', 'city', 'school'] as const).map((value) => ({
                value,
                label: t(`try.tiers.${value}`),
              }))}
            />
          </Form.Item>
          <Form.Item name="contestPrize" label={t('try.prize')}>
            <Select
              allowClear
              options={(['first', 'second', 'third'] as const).map((value) => ({
                value,
                label: t(`try.prizes.${value}`),
              }))}
            />
          </Form.Item>
        </>
      )}
      {kind === 'prior_course' && (
        <>
          <Form.Item name="score" label={t('try.score')}>
            <InputNumber min={0} max={100} step={0.1} style={{ width: '100%' }} />
          </Form.Item>
          <Form.Item name="credits" label={t('try.credits')}>
            <InputNumber min={0} max={50} step={0.5} style={{ width: '100%' }} />
          </Form.Item>
        </>
      )}
      <Form.Item name="issuedOn" label={t('try.issuedOn')}>
        {date}
      </Form.Item>
      <Form.Item name="expiresOn" label={t('try.expiresOn')}>
        {date}
      </Form.Item>
      <Form.Item name="verified" label={t('try.verified')}>
        <Radio.Group
          options={(['yes', 'no', 'unknown'] as const).map((value) => ({ value, label: t(`try.known.${value}`) }))}
        />
      </Form.Item>
      {!forCredit && (
        <Form.Item name="workMonthsAfter" label={t('try.workMonthsAfter')}>
          <InputNumber min={0} max={720} style={{ width: '100%' }} />
        </Form.Item>
      )}
      <Form.Item name="date" label={t('try.date')}>
        {date}
      </Form.Item>
      <Button type="primary" htmlType="submit" block loading={busy} disabled={forCredit && !student}>
        {t('try.submit')}
      </Button>
    </Form>
  );
}

function CoursesField({ planId }: { planId: string | undefined }) {
  const { t } = useTranslation('rules');
  const { data } = useQuery({
    queryKey: ['plan', planId],
    enabled: planId !== undefined,
    queryFn: () => answer(api.GET('/v1/plans/{id}', { params: { path: { id: planId ?? '' } } })),
  });
  return (
    <Form.Item name="courseIds" label={t('try.courses')}>
      <Select
        mode="multiple"
        allowClear
        placeholder={t('try.coursesHint')}
        optionFilterProp="label"
        options={data?.courses.map((course) => ({ value: course.id, label: `${course.name} ${course.code}` })) ?? []}
      />
    </Form.Item>
  );
}
