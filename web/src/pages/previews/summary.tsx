import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { changeKinds } from '../../search/previews.ts';
import type { ChangeKind } from './outcome.tsx';
import type { Preview, Result } from './use-preview.ts';

/** The few numbers an approver starts from; each kind of change narrows the list below to it. */
export function Summary({ preview, result }: { preview: Preview; result: Result }) {
  const { t } = useTranslation('previews');
  const search = useSearch({ from: '/frame/previews/$previewId' });
  const navigate = useNavigate({ from: '/previews/$previewId' });
  const choose = (change: ChangeKind) =>
    void navigate({
      search: (was) => ({ ...was, tab: 'students', change: was.change === change ? undefined : change }),
      replace: true,
    });
  return (
    <dl className="preview-sums">
      <Sum name={t('sum.students')} value={preview.students} />
      <Sum name={t('sum.changed')} value={preview.studentsChanged ?? 0} strong />
      {changeKinds.map((change) => (
        <div key={change} className={`preview-sum sum-${change}`}>
          <dt title={t(`changeExplain.${change}`)}>{t(`change.${change}`)}</dt>
          <dd>
            <button
              type="button"
              className="link-like"
              aria-pressed={search.change === change}
              disabled={(preview.changes?.[change] ?? 0) === 0}
              onClick={() => choose(change)}
            >
              {preview.changes?.[change] ?? 0} <span className="small">{t('count')}</span>
            </button>
          </dd>
        </div>
      ))}
      <Sum name={t('sum.subjects')} value={result.subjects} />
    </dl>
  );
}

function Sum({ name, value, strong = false }: { name: string; value: number; strong?: boolean }) {
  return (
    <div className={strong ? 'preview-sum strong' : 'preview-sum'}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
