import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import type { components } from '../../api/schema.d.ts';
import { useMay } from '../../api/session.ts';
import { usePages } from '../../api/use-pages.ts';
import { ChoiceFilter } from '../../components/choice-filter.tsx';
import { Listing } from '../../components/listing.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { dateText } from '../../i18n/dates.ts';
import { sheetFilters } from '../../search/work.ts';
import { OpenTerm } from './open-term.tsx';
import { SheetStateTag } from './sheet-state-tag.tsx';
import { isNarrowed, sheetQuery } from './sheet-query.ts';
import './sheet-list.css';

type Item = components['schemas']['ScoreSheetItem'];

export function SheetsPage() {
  const { t } = useTranslation('sheets');
  const may = useMay();
  const search = useSearch({ from: '/frame/score-sheets' });
  const navigate = useNavigate({ from: '/score-sheets' });
  const mine = search.mine ?? may('score_sheets.edit');
  const { data: college } = useQuery({ queryKey: ['college'], queryFn: () => answer(api.GET('/v1/college')) });
  const { data: cohorts } = useQuery({
    queryKey: ['cohorts', ''],
    queryFn: () => answer(api.GET('/v1/cohorts')),
    enabled: may('students.read'),
  });
  const { data: courses } = useQuery({ queryKey: ['courses'], queryFn: () => answer(api.GET('/v1/courses')) });
  const filters = sheetQuery(search, mine);
  const list = usePages(['sheets', filters], (cursor?: string) =>
    answer(api.GET('/v1/score-sheets', { params: { query: { ...filters, limit: 100, ...(cursor && { cursor }) } } })),
  );
  return (
    <div className="page">
      <PageHeader title={t('title')} lede={t('lede')} actions={may('score_sheets.accept') && <OpenTerm />} />
      <div className="row" style={{ marginBottom: 12 }}>
        <ChoiceFilter
          label={t('filter.state')}
          all={t('filter.current')}
          value={search.state}
          options={sheetFilters
            .filter((value) => value !== 'current')
            .map((value) => ({ value, label: t(`filter.${value}`) }))}
          onChange={(state) => void navigate({ search: (was) => ({ ...was, state }) })}
        />
        <ChoiceFilter
          label={t('filter.term')}
          value={search.term}
          options={college?.terms.flatMap((term) => (term ? [{ value: term.id, label: term.code }] : [])) ?? []}
          onChange={(term) => void navigate({ search: (was) => ({ ...was, term }) })}
        />
        <ChoiceFilter
          label={t('filter.class')}
          value={search.class}
          options={
            cohorts?.items.flatMap(({ classes }) => classes).map(({ id, name }) => ({ value: id, label: name })) ?? []
          }
          onChange={(value) => void navigate({ search: (was) => ({ ...was, class: value }) })}
        />
        <ChoiceFilter
          label={t('filter.course')}
          value={search.course}
          width={200}
          options={courses?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []}
          onChange={(course) => void navigate({ search: (was) => ({ ...was, course }) })}
        />
        {may('score_sheets.edit') && (
          <Checkbox
            checked={mine}
            onChange={({ target }) => void navigate({ search: (was) => ({ ...was, mine: target.checked }) })}
          >
            {t('filter.mine')}
          </Checkbox>
        )}
      </div>
      <Listing query={list} empty={t(isNarrowed(search) ? 'emptyFiltered' : 'empty')}>
        <table className="dense fits sheet-list">
          <thead>
            <tr>
              {(['course', 'class', 'term', 'state', 'missing', 'due', 'teacher'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {list.items.map((sheet) => (
              <tr key={sheet.id}>
                <td className="course">
                  <Link to="/score-sheets/$sheetId" params={{ sheetId: sheet.id }}>
                    {sheet.course.name}
                  </Link>
                  {sheet.attempt > 1 && (
                    <div className="quiet small">{t('attempt.later', { count: sheet.attempt })}</div>
                  )}
                </td>
                <td className="nowrap quiet-narrow">{sheet.class?.name}</td>
                <td className="nowrap quiet-narrow">{sheet.term.code}</td>
                <td className="nowrap">
                  <SheetStateTag state={sheet.state} />{' '}
                  {sheet.unlockAsked && <span className="tag tag-refer">{t('event.unlock_requested')}</span>}
                </td>
                <td className="nowrap">
                  <Missing sheet={sheet} />
                </td>
                <td className="nowrap">
                  <span className="narrow-only quiet">{t('column.due')} </span>
                  {dateText(sheet.dueOn)}{' '}
                  {sheet.overdue && <strong style={{ color: 'var(--refused)' }}>{t('overdue')}</strong>}
                </td>
                <td className="nowrap">{sheet.teacher?.name ?? <span className="quiet">{t('noTeacher')}</span>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Listing>
    </div>
  );
}

function Missing({ sheet }: { sheet: Item }) {
  const { t } = useTranslation('sheets');
  if (sheet.state !== 'empty' && sheet.state !== 'draft')
    return <span className="quiet">{t('students', { count: sheet.students })}</span>;
  const left = sheet.students - sheet.entered;
  return <span>{left > 0 ? t('missing', { count: left }) : t('complete')}</span>;
}
