import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, InputNumber, Select } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, keyed } from '../../api/client.ts';
import { LeaveGuard } from '../../components/leave-guard.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { decimalText } from '../../i18n/dates.ts';
import { emptyLine, faultOf, isWhole, kinds, linesOf, partsOf, sumOf, WHOLE } from './scheme-model.ts';
import type { Line, SchemeList } from './scheme-model.ts';
import { useUnitName } from './use-unit-name.ts';

interface Props {
  list: SchemeList;
  onDone: () => void;
}

/** A further version of a course's scheme, begun from the one in force. */
export function SchemeForm({ list, onDone }: Props) {
  const { t } = useTranslation(['schemes', 'common']);
  const { message } = App.useApp();
  const client = useQueryClient();
  const begin = useMemo(() => linesOf(list.items[0]), [list]);
  const [lines, setLines] = useState(begin);
  const [refusal, setRefusal] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const nameOf = useUnitName();
  const units = list.units.map((unit) => ({ value: unit.id, label: nameOf(unit) }));
  const sum = sumOf(lines);
  const set = (key: number, part: Partial<Line>) =>
    setLines(lines.map((line) => (line.key === key ? { ...line, ...part } : line)));
  const save = async () => {
    setBusy(true);
    setRefusal(null);
    try {
      const { version, offerings } = await answer(
        api.POST('/v1/courses/{id}/schemes', {
          ...keyed({ path: { id: list.course.id } }),
          body: { components: partsOf(lines) },
        }),
      );
      setLines(begin);
      void message.success(t('saved', { version, count: offerings }));
      await client.invalidateQueries({ queryKey: ['schemes', list.course.id] });
      onDone();
    } catch (error) {
      setRefusal(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="panel stack scheme-form">
      <h2>{t('form.title', { version: (list.items[0]?.version ?? 0) + 1 })}</h2>
      <p className="quiet">{t('form.explain')}</p>
      <ol>
        {lines.map((line) => (
          <LineFields
            key={line.key}
            line={line}
            units={units}
            fault={faultOf(line, lines)}
            onChange={(part) => set(line.key, part)}
            onRemove={lines.length > 1 ? () => setLines(lines.filter(({ key }) => key !== line.key)) : null}
          />
        ))}
      </ol>
      <div className="row">
        <Button
          icon={<PlusOutlined aria-hidden="true" />}
          onClick={() => setLines([...lines, emptyLine(Math.max(...lines.map(({ key }) => key)) + 1)])}
        >
          {t('form.add')}
        </Button>
        <strong role="status" style={sum === WHOLE ? undefined : { color: 'var(--refused)' }}>
          {t('form.sum', { sum: decimalText(sum, 2) })}
          {sum < WHOLE && t('form.short', { rest: decimalText(WHOLE - sum, 2) })}
          {sum > WHOLE && t('form.over', { rest: decimalText(sum - WHOLE, 2) })}
        </strong>
      </div>
      <ProblemAlert error={refusal} />
      <div className="row">
        <Button type="primary" loading={busy} disabled={lines === begin || !isWhole(lines)} onClick={() => void save()}>
          {t('form.save')}
        </Button>
        <Button onClick={onDone}>{t('common:cancel')}</Button>
      </div>
      <LeaveGuard active={lines !== begin} words={t('form.leave')} />
    </section>
  );
}

interface LineProps {
  line: Line;
  units: { value: string; label: string }[];
  fault: ReturnType<typeof faultOf>;
  onChange: (part: Partial<Line>) => void;
  onRemove: (() => void) | null;
}

function LineFields({ line, units, fault, onChange, onRemove }: LineProps) {
  const { t } = useTranslation('schemes');
  const wrong = (...codes: (typeof fault)[]) => codes.includes(fault) && { status: 'error' as const };
  const named = (what: string) => `${what} ${line.name}`.trim();
  return (
    <li>
      <Input
        className="name"
        aria-label={t('column.name')}
        placeholder={t('column.name')}
        maxLength={40}
        value={line.name}
        {...wrong('doubled')}
        onChange={({ target }) => onChange({ name: target.value })}
      />
      <Select
        aria-label={named(t('column.kind'))}
        value={line.kind}
        options={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
        onChange={(kind) => onChange({ kind })}
      />
      <InputNumber
        aria-label={named(t('column.weight'))}
        placeholder={t('column.weight')}
        min={0}
        max={100}
        precision={2}
        suffix="%"
        value={line.percent}
        onChange={(percent) => onChange({ percent })}
      />
      <InputNumber
        aria-label={named(t('column.max'))}
        placeholder={t('column.max')}
        min={1}
        max={1000}
        precision={1}
        suffix={t('points')}
        value={line.max}
        {...wrong('maxless')}
        onChange={(max) => onChange({ max })}
      />
      <Select
        className="unit"
        allowClear
        aria-label={named(t('column.unit'))}
        placeholder={units.length > 0 ? t('form.unit') : t('form.noUnits')}
        disabled={units.length === 0}
        options={units}
        value={line.unitId}
        onChange={(unitId?: string) => onChange({ unitId: unitId ?? null })}
      />
      <Button
        type="text"
        icon={<DeleteOutlined />}
        aria-label={named(t('form.remove'))}
        disabled={onRemove === null}
        onClick={() => onRemove?.()}
      />
      {fault === 'doubled' && <span className="fault">{t('fault.doubled', { name: line.name })}</span>}
    </li>
  );
}
