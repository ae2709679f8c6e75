import { ArrowRightOutlined } from '@ant-design/icons';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import type { components } from '../../api/schema.d.ts';
import { usePages } from '../../api/use-pages.ts';
import { ChoiceFilter } from '../../components/choice-filter.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Listing } from '../../components/listing.tsx';
import { useText } from '../../components/use-text.ts';
import { changeKinds } from '../../search/previews.ts';
import { ChangeTag, OutcomeTag, useTargetWords } from './outcome.tsx';
import { StudentDrawer } from './student-drawer.tsx';
import { StudentName } from './student-name.tsx';
import { TurnedList } from './turned.tsx';
import type { Preview, Result } from './use-preview.ts';

type Change = components['schemas']['PreviewChange'];
type Filters = { [K in 'change' | 'rule' | 'programme' | 'class' | 'target' | 'from' | 'to']?: string | undefined };

const MOST_TURNED = 1;
const PAGE = 50;

/** Whom it changes, verdict by verdict. */
export function StudentList({ preview, result }: { preview: Preview; result: Result }) {
  const { t } = useTranslation('previews');
  const { tab: _tab, student, ...filters } = useSearch({ from: '/frame/previews/$previewId' });
  const navigate = useNavigate({ from: '/previews/$previewId' });
  const query = useChanges(preview.id, filters);
  const open = (id: string | undefined) => void navigate({ search: (was) => ({ ...was, student: id }), replace: true });
  if ((preview.studentsChanged ?? 0) === 0)
    return <EmptyState words={t(result.subjects === 0 ? 'noneScope' : 'noneChanged')} />;
  const masked = query.items.some((one) => one.student.studentNo === null);
  const total = query.data?.pages[0]?.total;
  return (
    <div className="stack">
      <FilterRow filters={filters} result={result} />
      <p className="quiet small">
        {total !== undefined && t('showing', { total })} {masked && t('anonymousExplain')}
      </p>
      <Listing query={query} empty={t('noMatch')}>
        <ChangeTable items={query.items} onOpen={open} />
      </Listing>
      <StudentDrawer preview={preview} studentId={student ?? null} onClose={() => open(undefined)} />
    </div>
  );
}

function useChanges(id: string, filters: Filters) {
  const set = Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined));
  return usePages<Change, number>(['preview-changes', id, set], async (after) => {
    const query = { limit: PAGE, ...set, ...(after !== undefined && { after }) };
    return answer(api.GET('/v1/previews/{id}/changes', { params: { path: { id }, query } }));
  });
}

function FilterRow({ filters, result }: { filters: Filters; result: Result }) {
  const { t } = useTranslation('previews');
  const say = useText();
  const words = useTargetWords();
  const navigate = useNavigate({ from: '/previews/$previewId' });
  const set = (patch: Filters) =>
    void navigate({ search: (was) => ({ ...was, ...patch }) as typeof was, replace: true });
  const places = (list: Result['classes']) => list.map(({ id, name }) => ({ value: id, label: say(name) }));
  const none = { change: undefined, rule: undefined, programme: undefined, class: undefined, target: undefined };
  const active = Object.values(filters).some((value) => value !== undefined);
  return (
    <div className="row preview-filters">
      <ChoiceFilter
        label={t('filter.change')}
        value={changeKinds.find((kind) => kind === filters.change)}
        options={changeKinds.map((kind) => ({ value: kind, label: t(`change.${kind}`) }))}
        onChange={(change) => set({ change })}
      />
      <ChoiceFilter
        label={t('filter.target')}
        value={filters.target}
        options={result.targets.map(({ target }) => ({ value: target, label: words(target) }))}
        onChange={(target) => set({ target })}
      />
      <ChoiceFilter
        label={t('filter.rule')}
        width={220}
        value={filters.rule}
        options={result.rules.map(({ key, title }) => ({ value: key, label: say(title) }))}
        onChange={(rule) => set({ rule })}
      />
      <ChoiceFilter
        label={t('filter.programme')}
        width={200}
        value={filters.programme}
        options={places(result.programmes)}
        onChange={(programme) => set({ programme })}
      />
      <ChoiceFilter
        label={t('filter.class')}
        value={filters.class}
        options={places(result.classes)}
        onChange={(chosen) => set({ class: chosen })}
      />
      {active && (
        <Button type="link" onClick={() => set({ ...none, from: undefined, to: undefined })}>
          {t('clear')}
        </Button>
      )}
    </div>
  );
}

function ChangeTable({ items, onOpen }: { items: readonly Change[]; onOpen: (student: string) => void }) {
  const { t } = useTranslation('previews');
  const words = useTargetWords();
  return (
    <table className="dense">
      <thead>
        <tr>
          {(['student', 'class', 'target', 'change', 'outcome', 'turned'] as const).map((column) => (
            <th scope="col" key={column}>
              {t(`column.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((one) => (
          <tr key={one.ordinal}>
            <th scope="row" className="nowrap">
              <button type="button" className="link-like" onClick={() => onOpen(one.student.id)}>
                <StudentName student={one.student} />
              </button>
            </th>
            <td className="nowrap">{one.student.class.name}</td>
            <td className="nowrap">
              {words(one.target)}
              {one.course && <span className="quiet"> · {one.course.name}</span>}
              {one.purpose === 'eligibility' && <span className="quiet"> · {t('purpose.eligibility')}</span>}
            </td>
            <td>
              <ChangeTag change={one.change} />
            </td>
            <td>
              <div className="preview-outcomes">
                <OutcomeTag type={one.before.type} title={one.before.title} />
                <span>
                  <ArrowRightOutlined aria-label="→" className="quiet" />{' '}
                  <OutcomeTag type={one.after.type} title={one.after.title} />
                </span>
              </div>
            </td>
            <td className="preview-turned-cell">
              <TurnedList turned={one.turned} most={MOST_TURNED} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
