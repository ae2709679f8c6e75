import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { App, Button, Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, keyed } from '../../api/client.ts';
import { usePages } from '../../api/use-pages.ts';
import { ActDialog } from '../../components/act-dialog.tsx';
import { Listing } from '../../components/listing.tsx';
import { TargetName, useTargetName } from '../../components/target-name.tsx';
import { VerdictTag } from '../../components/verdict-tag.tsx';
import { dayOfInstant } from '../../i18n/dates.ts';
import { readReady } from './ready.ts';
import type { Ready } from './ready.ts';

type Dialog = { act: 'sign' | 'refuse'; of: Ready } | { act: 'many' } | null;

/** Pathways whose public notice is over. Who is barred is told by the act itself, with the bar. */
export function ReadyList() {
  const { t } = useTranslation('certificates');
  const { message } = App.useApp();
  const nameOf = useTargetName();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [dialog, setDialog] = useState<Dialog>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const list = usePages(['students', 'ready'], readReady);
  const rows = list.items;
  const choose = (ids: readonly string[], on: boolean) => {
    const next = new Set(chosen);
    for (const id of ids) on ? next.add(id) : next.delete(id);
    setChosen(next);
  };
  const signOne = async ({ pathway }: Ready, answerGiven: 'approved' | 'refused', reason: string) => {
    await answer(
      api.POST('/v1/pathways/{id}/sign-off', {
        ...keyed({ path: { id: pathway.id } }),
        body: { answer: answerGiven, ...(reason && { reason }) },
      }),
    );
    choose([pathway.id], false);
    void message.success(t(answerGiven === 'approved' ? 'ready.signed' : 'ready.refused'));
    await client.invalidateQueries();
  };
  const signMany = async () => {
    const { operation, total } = await answer(
      api.POST('/v1/operations', { ...keyed(), body: { kind: 'sign_off', pathwayIds: [...chosen] } }),
    );
    void message.success(t('ready.started', { count: total }));
    await navigate({ to: '/operations/$operationId', params: { operationId: operation } });
  };
  const of = dialog && dialog.act !== 'many' ? dialog.of : null;
  const names = of ? { name: of.name, target: nameOf(of.pathway) } : { name: '', target: '' };
  return (
    <div className="stack">
      <div className="row">
        <Button type="primary" disabled={chosen.size === 0} onClick={() => setDialog({ act: 'many' })}>
          {t('ready.signMany', { count: chosen.size })}
        </Button>
        <span className="quiet small">{t('ready.barredRule')}</span>
      </div>
      <Listing query={list} empty={t('ready.empty')}>
        <table className="dense">
          <thead>
            <tr>
              <th scope="col" style={{ width: 32 }}>
                <Checkbox
                  aria-label={t('ready.selectAll')}
                  checked={rows.length > 0 && rows.every(({ pathway }) => chosen.has(pathway.id))}
                  indeterminate={chosen.size > 0 && rows.some(({ pathway }) => !chosen.has(pathway.id))}
                  onChange={({ target }) =>
                    choose(
                      rows.map(({ pathway }) => pathway.id),
                      target.checked,
                    )
                  }
                />
              </th>
              {(['student', 'class', 'target', 'verdict', 'since', 'act'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`ready.column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.pathway.id}>
                <td>
                  <Checkbox
                    aria-label={t('ready.select', { name: row.name })}
                    checked={chosen.has(row.pathway.id)}
                    onChange={({ target }) => choose([row.pathway.id], target.checked)}
                  />
                </td>
                <td className="nowrap">
                  <Link to="/students/$studentId" params={{ studentId: row.studentId }}>
                    {row.name}
                  </Link>{' '}
                  <span className="quiet small">{row.studentNo}</span>
                </td>
                <td className="nowrap">{row.class}</td>
                <td>
                  <TargetName target={row.pathway} />
                </td>
                <td>{row.pathway.verdict && <VerdictTag type={row.pathway.verdict} />}</td>
                <td className="nowrap">{row.pathway.since ? dayOfInstant(row.pathway.since) : '—'}</td>
                <td className="nowrap">
                  <Button size="small" type="link" onClick={() => setDialog({ act: 'sign', of: row })}>
                    {t('ready.signOne')}
                  </Button>
                  <Button size="small" type="text" danger onClick={() => setDialog({ act: 'refuse', of: row })}>
                    {t('ready.refuseOne')}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Listing>
      <ActDialog
        open={dialog?.act === 'sign'}
        title={t('ready.signAsk', names)}
        explain={t('ready.signExplain')}
        confirm={t('ready.signOne')}
        act={() => (of ? signOne(of, 'approved', '') : Promise.resolve())}
        onClose={() => setDialog(null)}
      />
      <ActDialog
        open={dialog?.act === 'refuse'}
        title={t('ready.refuseAsk', names)}
        explain={t('ready.refuseExplain')}
        confirm={t('ready.refuseOne')}
        danger
        reasoned
        act={(reason) => (of ? signOne(of, 'refused', reason) : Promise.resolve())}
        onClose={() => setDialog(null)}
      />
      <ActDialog
        open={dialog?.act === 'many'}
        title={t('ready.signManyAsk', { count: chosen.size })}
        explain={t('ready.signManyExplain')}
        confirm={t('ready.signMany', { count: chosen.size })}
        act={signMany}
        onClose={() => setDialog(null)}
      />
    </div>
  );
}
