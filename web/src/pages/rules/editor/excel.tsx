import { App, Button, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Refused, sendFile } from '../../../api/client.ts';
import type { components } from '../../../api/schema.d.ts';
import { ActDialog } from '../../../components/act-dialog.tsx';
import { useText } from '../../../components/use-text.ts';
import { listText } from '../../../i18n/list.ts';
import type { RuleDocument } from '../../../rules-editor/document.ts';
import { Changes } from './changes.tsx';
import type { DraftHandle } from './use-draft.ts';

type Read = components['schemas']['RuleTableRead'];

/** The table to Excel, and back into the draft: first what would change, then, if wanted, the change; undone like any other. */
export function ExcelButtons({ draftId, handle }: { draftId: string; handle: DraftHandle }) {
  const { t } = useTranslation(['ruleEditor', 'common']);
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const [read, setRead] = useState<Read | null>(null);
  const table = `/v1/rule-drafts/${draftId}/table`;
  const attempt = async (act: () => Promise<void>) => {
    setBusy(true);
    try {
      // the file is compared with what the server has
      await handle.flush();
      await act();
    } catch (error) {
      const faults = error instanceof Refused ? error.errors.map(({ title }) => title).filter(Boolean) : [];
      void message.error([error instanceof Refused ? error.title : t('common:unreachable'), ...faults].join(' '));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button onClick={() => void attempt(async () => window.location.assign(table))}>{t('exportTable')}</Button>
      <Upload
        accept=".xlsx,.xls"
        showUploadList={false}
        beforeUpload={(file) => {
          void attempt(async () => setRead(await sendFile<Read>(table, { file, fields: {} })));
          return false;
        }}
      >
        <Button loading={busy}>{t('importTable')}</Button>
      </Upload>
      <ActDialog
        open={read !== null}
        title={t('importTable')}
        confirm={t('importUse')}
        disabled={!read?.document || read.unchanged}
        act={async () => {
          if (read?.document) handle.edit(() => read.document as RuleDocument);
        }}
        onClose={() => setRead(null)}
      >
        {read && <ReadBack read={read} />}
      </ActDialog>
    </>
  );
}

function ReadBack({ read }: { read: Read }) {
  const { t } = useTranslation('ruleEditor');
  const say = useText();
  if (read.unchanged) return <p>{t('importSame')}</p>;
  return (
    <div className="stack" style={{ maxHeight: '50vh', overflow: 'auto' }}>
      <p>
        {t('importRows', { added: read.added.length, removed: read.removed.length, changed: read.changed.length })}{' '}
        <span className="quiet small">{listText([...read.added, ...read.changed].slice(0, 12))}</span>
      </p>
      {read.faults.length > 0 && (
        <ul className="finding-list">
          {read.faults.slice(0, 50).map(({ pointer, code, text, detail }) => (
            <li key={`${pointer} ${code} ${String(detail?.cell ?? detail?.header)}`} className="finding finding-error">
              {text ? say(text) : code}
            </li>
          ))}
        </ul>
      )}
      {read.difference && <Changes difference={read.difference} />}
    </div>
  );
}
