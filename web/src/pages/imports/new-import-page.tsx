import { DownloadOutlined, InboxOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, InputNumber, Radio, Spin, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sendFile } from '../../api/client.ts';
import type { components } from '../../api/schema.d.ts';
import { PageHeader } from '../../components/page-header.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import type { ImportKind } from './kinds.ts';
import { importKinds } from './kinds.ts';
import { ImportSteps } from './steps.tsx';
import { weightsOption, WeightsField } from './weights-field.tsx';
import type { Weight } from './weights-field.tsx';
import { Field } from '../../components/field.tsx';

type Staged = components['schemas']['ImportStaged'];

export function NewImportPage() {
  const { t } = useTranslation('imports');
  const navigate = useNavigate();
  const client = useQueryClient();
  const { kind = 'students' } = useSearch({ from: '/frame/imports/new' });
  const [electives, setElectives] = useState<number | null>(null);
  const [weights, setWeights] = useState<Weight[]>([]);
  const [refusal, setRefusal] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const options = {
    ...(kind === 'plan' && electives !== null && { electiveCredits: Math.round(electives * 10) }),
    ...(kind === 'scores' && weightsOption(weights)),
  };
  const send = async (file: File) => {
    setBusy(true);
    setRefusal(null);
    try {
      const fields = { kind, ...(Object.keys(options).length > 0 && { options: JSON.stringify(options) }) };
      const { batch } = await sendFile<Staged>('/v1/imports', { file, fields });
      await client.invalidateQueries({ queryKey: ['imports'] });
      await navigate({ to: '/imports/$batchId', params: { batchId: batch } });
    } catch (error) {
      setRefusal(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="page" style={{ maxWidth: 900 }}>
      <PageHeader title={t('new.title')} lede={t('lede')} />
      <ImportSteps at={busy || refusal !== null ? 1 : 0} />
      <div className="stack" style={{ gap: 20 }}>
        <section className="panel stack">
          <h2 id="import-kind">{t('new.chooseKind')}</h2>
          <Radio.Group
            value={kind}
            aria-labelledby="import-kind"
            onChange={({ target }) =>
              void navigate({ to: '/imports/new', search: { kind: target.value as ImportKind }, replace: true })
            }
          >
            <div className="stack" style={{ gap: 8 }}>
              {importKinds.map((one) => (
                <Radio key={one} value={one}>
                  <strong>{t(`kind.${one}`)}</strong> <span className="quiet">{t(`about.${one}`)}</span>
                </Radio>
              ))}
            </div>
          </Radio.Group>
          <div className="row">
            <Button icon={<DownloadOutlined />} href={`/v1/import-templates/${kind}`} download>
              {t('new.template')}
            </Button>
            <span className="quiet small">{t('new.templateNote')}</span>
          </div>
          {kind === 'plan' && (
            <Field label={t('new.electiveCredits')}>
              {(id) => <InputNumber id={id} min={0} max={200} step={0.5} value={electives} onChange={setElectives} />}
            </Field>
          )}
          {kind === 'scores' && <WeightsField weights={weights} onChange={setWeights} />}
        </section>
        <section className="panel stack">
          <h2>{t('new.chooseFile')}</h2>
          <Spin spinning={busy} description={t('new.reading')}>
            <Upload.Dragger
              accept=".xlsx,.xls,.csv"
              showUploadList={false}
              beforeUpload={(file) => {
                void send(file);
                return false;
              }}
            >
              <p className="ant-upload-drag-icon">
                <InboxOutlined />
              </p>
              <p>{t('new.drop')}</p>
              <p className="quiet small">{t('new.accepts')}</p>
            </Upload.Dragger>
          </Spin>
          <ProblemAlert error={refusal} />
        </section>
      </div>
    </div>
  );
}
