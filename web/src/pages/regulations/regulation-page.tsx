import { DownloadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Button, Segmented } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import type { components } from '../../api/schema.d.ts';
import { useMay } from '../../api/session.ts';
import { OnePage } from '../../components/one-page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { ScrollFrame } from '../../components/scroll-frame.tsx';
import { useText } from '../../components/use-text.ts';
import { dateText, instantText } from '../../i18n/dates.ts';
import { isNumbered } from '../../i18n/read-articles.ts';
import { MarkArticle } from './mark-article.tsx';
import { articleStates, StateTag } from './state-tag.tsx';

type Regulation = components['schemas']['Regulation'];
type Article = Regulation['articles'][number];

export function RegulationPage() {
  const { t } = useTranslation('regulations');
  const { regulationId } = useParams({ from: '/frame/regulations/$regulationId' });
  const query = useQuery({
    queryKey: ['regulations', regulationId],
    queryFn: () => answer(api.GET('/v1/regulations/{id}', { params: { path: { id: regulationId } } })),
  });
  const download = (
    <Button icon={<DownloadOutlined />} href={`/v1/regulations/${regulationId}/workbook`} download>
      {t('download')}
    </Button>
  );
  return <OnePage query={query}>{(regulation) => <Coverage regulation={regulation} download={download} />}</OnePage>;
}

function Coverage({ regulation, download }: { regulation: Regulation; download: ReactNode }) {
  const { t } = useTranslation('regulations');
  const say = useText();
  const navigate = useNavigate();
  const { state } = useSearch({ from: '/frame/regulations/$regulationId' });
  const { number, issuer, issuedOn, unconfirmed, articles, counts } = regulation;
  const shown = articles.filter((article) => state === undefined || article.state === state);
  const facts = [number, issuer, issuedOn && dateText(issuedOn), unconfirmed ? t('unconfirmed') : null];
  return (
    <>
      <PageHeader title={say(regulation.title)} lede={facts.filter(Boolean).join(' · ')} actions={download} />
      <div className="stack">
        <div>
          <Segmented
            value={state ?? 'all'}
            onChange={(chosen) =>
              void navigate({ to: '.', search: chosen === 'all' ? {} : { state: chosen as Article['state'] } })
            }
            options={[
              { value: 'all', label: t('all', { count: articles.length }) },
              ...articleStates.map((one) => ({ value: one, label: `${t(`state.${one}`)} ${counts[one]}` })),
            ]}
          />
        </div>
        <ScrollFrame>
          <table className="dense">
            <thead>
              <tr>
                <th scope="col" style={{ width: '46%' }}>
                  {t('text')}
                </th>
                <th scope="col">{t('carriedOut')}</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {shown.map((article) => (
                <ArticleRow key={article.article} regulation={regulation.id} article={article} />
              ))}
            </tbody>
          </table>
        </ScrollFrame>
      </div>
    </>
  );
}

function ArticleRow({ regulation, article }: { regulation: string; article: Article }) {
  const { t } = useTranslation('regulations');
  const may = useMay();
  const name = isNumbered(article.article)
    ? t('article', { article: article.article })
    : t('named', { article: article.article });
  return (
    <tr style={{ verticalAlign: 'top' }}>
      <td>
        <strong>{name}</strong>
        <div style={{ whiteSpace: 'pre-line' }}>{article.text}</div>
      </td>
      <td>
        <div className="stack" style={{ gap: 4 }}>
          <div>
            <StateTag state={article.state} />
          </div>
          {article.citations.map((citation) => (
            <CitationLine key={`${citation.ruleSet} ${citation.revision} ${citation.rule}`} citation={citation} />
          ))}
          {article.mark && (
            <div className="quiet">
              {t('manualBecause', {
                reason: article.mark.reason,
                who: [article.mark.by, instantText(article.mark.at)].filter(Boolean).join(' · '),
              })}
            </div>
          )}
          {article.state === 'open' && !article.mark && <div className="quiet">{t('nobody')}</div>}
        </div>
      </td>
      <td>{may('rules.edit') && <MarkArticle regulation={regulation} article={article} name={name} />}</td>
    </tr>
  );
}

function CitationLine({ citation }: { citation: Article['citations'][number] }) {
  const { t } = useTranslation('regulations');
  const say = useText();
  const { ruleSet, revision, standing, rule, title, tests, quotedOtherwise } = citation;
  return (
    <div>
      <Link to="/rules/$ruleSet/$revision" params={{ ruleSet, revision: String(revision) }}>
        {rule} {say(title)}
      </Link>{' '}
      <span className="quiet small">
        {standing === 'in_force' ? t('inForce', { revision }) : t('scheduled', { revision })} ·{' '}
        <span title={tests.join('\n')}>{tests.length > 0 ? t('tests', { count: tests.length }) : t('noTests')}</span>
      </span>
      {quotedOtherwise && <div className="small">⚠ {t('quotedOtherwise')}</div>}
    </div>
  );
}
