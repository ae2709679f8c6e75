import { useTranslation } from 'react-i18next';
import { dateText } from '../../i18n/dates.ts';
import type { Preview, Result } from './use-preview.ts';

/** Why the numbers can be relied on: the second opinion, the exact difference, the hashes approval is bound to. */
export function Proof({ preview, result }: { preview: Preview; result: Result }) {
  const { t } = useTranslation('previews');
  const { oracle, crossCheck, seed, engines, appliedOn } = result;
  const hashes = {
    result: preview.hash,
    draft: preview.draftHash,
    base: preview.baseHash,
    book: result.bookHash,
    snapshot: result.snapshotHash,
    changes: result.changesHash,
  } as const;
  return (
    <div className="stack">
      <section className="panel">
        <h3>{t('proof.oracle')}</h3>
        <p>
          {t('proof.oracleCounts', oracle)}
          {t('proof.colon')}
          <Agreement disagreed={oracle.disagreed} />
        </p>
        {oracle.moved > 0 && <p className="quiet">{t('proof.moved', { count: oracle.moved })}</p>}
        <p className="quiet small">
          {t('proof.seed')} {seed} · {t('proof.engines')} {engines.reference} · {engines.compiled}
        </p>
      </section>
      <section className="panel">
        <h3>{t('proof.cross')}</h3>
        {crossCheck === null ? (
          <p className="quiet">{t('proof.crossNone')}</p>
        ) : (
          <p>
            {t('proof.crossCounts', { checked: crossCheck.checked })}
            {t('proof.colon')}
            <Agreement disagreed={crossCheck.disagreed} />
            {crossCheck.undecided > 0 && ` ${t('proof.crossUndecided', { count: crossCheck.undecided })}`}
          </p>
        )}
      </section>
      <section className="panel">
        <h3>{t('proof.hashes')}</h3>
        <dl className="preview-hashes">
          {(Object.keys(hashes) as (keyof typeof hashes)[]).map((name) => (
            <div key={name}>
              <dt>{t(`proof.hash.${name}`)}</dt>
              <dd>
                <code>{hashes[name] ?? t('proof.none')}</code>
              </dd>
            </div>
          ))}
        </dl>
        <p className="quiet small">{t('proof.appliedOn', { date: dateText(appliedOn) })}</p>
      </section>
    </div>
  );
}

function Agreement({ disagreed }: { disagreed: number }) {
  const { t } = useTranslation('previews');
  const words = disagreed === 0 ? t('proof.agreed') : t('proof.disagreed', { count: disagreed });
  return <strong style={{ color: disagreed === 0 ? 'var(--granted)' : 'var(--refused)' }}>{words}</strong>;
}
