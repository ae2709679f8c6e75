import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import type { components } from '../../api/schema.d.ts';
import { OnePage } from '../../components/one-page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { useText } from '../../components/use-text.ts';
import { dateText, instantText } from '../../i18n/dates.ts';
import { eventWord } from './event-word.ts';
import { CertificateStateTag } from './state-tag.tsx';
import { TypeName } from './type-name.tsx';
import './certificate.css';

const SOON_MS = 2_000;

export function CertificatePage() {
  const { certificateId: id } = useParams({ from: '/frame/certificates/$certificateId' });
  const query = useQuery({
    queryKey: ['certificate', id],
    queryFn: () => answer(api.GET('/v1/certificates/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) =>
      state.data && !state.data.printable && state.data.state !== 'void' ? SOON_MS : false,
  });
  return <OnePage query={query}>{(data) => <Certificate data={data} />}</OnePage>;
}

function Certificate({ data }: { data: components['schemas']['CertificateDetail'] }) {
  const { t } = useTranslation('certificates');
  const say = useText();
  const { id } = data;
  const pdf = `/v1/certificates/${id}/pdf`;
  const facts: [string, React.ReactNode][] = [
    [t('detail.state'), <CertificateStateTag key="state" state={data.state} />],
    [t('detail.issuedOn'), dateText(data.issuedOn)],
    [
      t('detail.student'),
      <Link key="student" to="/students/$studentId" params={{ studentId: data.studentId }}>
        {data.studentName} {data.studentNo}
      </Link>,
    ],
    [t('detail.checkCode'), <code key="code">{data.checkCode}</code>],
    [
      t('detail.verify'),
      <a key="verify" href={data.verificationUrl} target="_blank" rel="noreferrer" className="break">
        {data.verificationUrl}
      </a>,
    ],
    [
      t('detail.signature'),
      data.signature ? `${data.signature.alg} · ${t('detail.signedAt')} ${instantText(data.signature.signedAt)}` : '—',
    ],
    [
      t('detail.kid'),
      data.signature ? (
        <code key="kid" className="break">
          {data.signature.kid}
        </code>
      ) : (
        '—'
      ),
    ],
    [
      t('detail.hash'),
      <code key="hash" className="break">
        {data.payloadHash}
      </code>,
    ],
    [
      t('detail.decision'),
      <Link
        key="decision"
        to="/students/$studentId"
        params={{ studentId: data.studentId }}
        search={{ tab: 'decisions' }}
      >
        {t('detail.openDecision')}
      </Link>,
    ],
  ];
  return (
    <>
      <PageHeader
        title={data.number}
        lede={<TypeName type={data.type} level={data.level} occupation={data.occupation && say(data.occupation)} />}
        actions={
          <Button type="primary" href={data.printable ? pdf : undefined} target="_blank" disabled={!data.printable}>
            {t(data.printable ? 'detail.pdf' : 'detail.pdfWaiting')}
          </Button>
        }
      />
      <div className="certificate-columns">
        <section className="panel">
          <dl className="certificate-facts">
            {facts.map(([title, value]) => (
              <div key={title}>
                <dt>{title}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          <p className="quiet small">{t('detail.verifyNote')}</p>
        </section>
        <section className="panel">
          <h2>{t('detail.events')}</h2>
          <ol className="certificate-events">
            {data.events.map((event) => (
              <li key={`${event.kind} ${event.at}`}>
                <strong>{eventWord(t, event.kind)}</strong> <span className="quiet small">{instantText(event.at)}</span>
                {event.reason && <div>{event.reason}</div>}
              </li>
            ))}
          </ol>
        </section>
      </div>
    </>
  );
}
