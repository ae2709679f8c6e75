import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Alert, App, Button, Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, keyed } from '../../api/client.ts';
import { usePages } from '../../api/use-pages.ts';
import { ActDialog } from '../../components/act-dialog.tsx';
import { Listing } from '../../components/listing.tsx';
import { TargetName, useTargetName } from '../../components/target-name.tsx';
import { VerdictTag } from '../../components/verdict-tag.tsx';
import { dayOfInstant } from '../../i18n/dates.ts';
import { BarredOfficers, OwnBar } from './barred.tsx';
import { choosable, ownBar, readReady } from './ready.ts';
import type { Ready } from './ready.ts';

type Dialog = { act: 'sign' | 'refuse'; of: Ready } | { act: 'many' } | null;

/** Pathways whose public notice is over, each with who must stand back from it and why. */
export function ReadyList() {
  const { t } = useTranslation('certificates');
  const { message } = App.useApp();
  const nameOf = useTargetName();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [dialog, setDialog] = useState<Dialog>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const list = usePages(['sign-offs', 'ready'], readReady);
  const rows = list.items;
  const free = choosable(rows);
  const unsignable = rows.filter((row) => row.free === 0).length;
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
      {unsignable > 0 && <Alert type="warning" showIcon title={t('ready.appoint', { count: unsignable })} />}
      <Listing query={list} empty={t('ready.empty')}>
        <table className="dense">
          <thead>
            <tr>
              <th scope="col" style={{ width: 32 }}>
                <Checkbox
                  aria-label={t('ready.selectAll')}
                  disabled={free.length === 0}
                  checked={free.length > 0 && free.every((id) => chosen.has(id))}
                  indeterminate={chosen.size > 0 && free.some((id) => !chosen.has(id))}
                  onChange={({ target }) => choose(free, target.checked)}
                />
              </th>
              {(['student', 'class', 'target', 'verdict', 'since', 'barred', 'act'] as const).map((column) => (
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
                    disabled={ownBar(row) !== null}
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
                <td className="nowrap">{row.class.name}</td>
                <td>
                  <TargetName target={row.pathway} />
                </td>
                <td>{row.verdict && <VerdictTag type={row.verdict} />}</td>
                <td className="nowrap">{row.since ? dayOfInstant(row.since) : '—'}</td>
                <td className="small" style={{ minWidth: 160 }}>
                  <BarredOfficers row={row} />
                </td>
                <td className="nowrap">
                  {ownBar(row) ? (
                    <OwnBar row={row} />
                  ) : (
                    <>
                      <Button size="small" type="link" onClick={() => setDialog({ act: 'sign', of: row })}>
                        {t('ready.signOne')}
                      </Button>
                      <Button size="small" type="text" danger onClick={() => setDialog({ act: 'refuse', of: row })}>
                        {t('ready.refuseOne')}
                      </Button>
                    </>
                  )}
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
      >
        {of && <Standing row={of} />}
      </ActDialog>
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
      >
        {rows.length > free.length && <p>{t('ready.leftOut', { count: rows.length - free.length })}</p>}
      </ActDialog>
    </div>
  );
}

/** Who else must stand back from the case, before it is signed. */
function Standing({ row }: { row: Ready }) {
  const { t } = useTranslation('certificates');
  return (
    <div>
      <h3>{t('ready.column.barred')}</h3>
      <BarredOfficers row={row} />
    </div>
  );
}
