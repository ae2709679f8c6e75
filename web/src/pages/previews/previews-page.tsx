import { Link, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import type { components } from '../../api/schema.d.ts';
import { usePages } from '../../api/use-pages.ts';
import { Listing } from '../../components/listing.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { useText } from '../../components/use-text.ts';
import { instantText } from '../../i18n/dates.ts';

type Head = components['schemas']['PreviewHead'];

/** Previews of the college, newest first. */
export function PreviewsPage() {
  const { t } = useTranslation('previews');
  const { ruleSet } = useSearch({ from: '/frame/previews' });
  const query = usePages<Head, string>(['previews', ruleSet], async (cursor) =>
    answer(
      api.GET('/v1/previews', {
        params: { query: { limit: 50, ...(ruleSet && { ruleSet }), ...(cursor && { cursor }) } },
      }),
    ),
  );
  return (
    <div className="page">
      <PageHeader title={t('title')} lede={t('listLede')} />
      <Listing query={query} empty={t('empty')}>
        <table className="dense">
          <thead>
            <tr>
              <th scope="col">{t('column.rule')}</th>
              <th scope="col">{t('column.state')}</th>
              <th scope="col" className="num">
                {t('column.students')}
              </th>
              <th scope="col" className="num">
                {t('column.changed')}
              </th>
              <th scope="col">{t('column.by')}</th>
              <th scope="col">{t('column.startedAt')}</th>
            </tr>
          </thead>
          <tbody>
            {query.items.map((one) => (
              <PreviewRow key={one.id} preview={one} />
            ))}
          </tbody>
        </table>
      </Listing>
    </div>
  );
}

function PreviewRow({ preview }: { preview: Head }) {
  const { t } = useTranslation('previews');
  const say = useText();
  const { id, title, revision, state, standing, students, studentsChanged, createdBy, knownAt } = preview;
  return (
    <tr>
      <th scope="row">
        <Link to="/previews/$previewId" params={{ previewId: id }} search={{}}>
          {say(title)}
        </Link>{' '}
        <span className="quiet">{revision ? t('revision', { revision: revision.number }) : t('draft')}</span>
      </th>
      <td>
        {t(`state.${state}`)}
        {standing && standing !== 'holds' && <span className="quiet"> · {t(`standing.${standing}`)}</span>}
      </td>
      <td className="num">{students}</td>
      <td className="num">{studentsChanged ?? '—'}</td>
      <td>{createdBy.name ?? createdBy.id}</td>
      <td className="nowrap">{instantText(knownAt)}</td>
    </tr>
  );
}
