import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import { usePages } from '../../api/use-pages.ts';
import { Listing } from '../../components/listing.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { instantText } from '../../i18n/dates.ts';
import { admin } from '../../i18n/zh-CN/admin.ts';
import { useRoleTitle } from './use-role-title.ts';

const fields = ['kind', 'object', 'actor'] as const;
const kinds = Object.keys(admin.log.kinds) as (keyof typeof admin.log.kinds)[];
type Filters = Partial<Record<(typeof fields)[number], string>>;

export function LogPage() {
  const { t } = useTranslation('admin');
  const roleTitle = useRoleTitle();
  const search = useSearch({ from: '/frame/log' });
  const navigate = useNavigate({ from: '/log' });
  /** A kind this console has no words for keeps its code. */
  const kindWord = (kind: string) => {
    const known = kinds.find((one) => one === kind);
    return known ? t(`log.kinds.${known}`) : kind;
  };
  const offered = search.kind && !kinds.some((kind) => kind === search.kind) ? [...kinds, search.kind] : kinds;
  const [head, setHead] = useState<{ size: number; root: string } | null>(null);
  const filters = Object.fromEntries(
    fields.flatMap((field) => (search[field] ? [[field, search[field]]] : [])),
  ) as Filters;
  const list = usePages(['log', filters], async (before?: number) => {
    const page = await answer(
      api.GET('/v1/audit-leaves', {
        params: { query: { ...filters, limit: 100, ...(before !== undefined && { before }) } },
      }),
    );
    setHead(page.head);
    return page;
  });
  return (
    <div className="page">
      <PageHeader title={t('log.title')} lede={t('log.lede')} />
      <Form<Filters>
        layout="inline"
        initialValues={filters}
        key={JSON.stringify(filters)}
        style={{ marginBottom: 12, rowGap: 8 }}
        onFinish={(given) =>
          void navigate({
            search: Object.fromEntries(
              fields.flatMap((field) => (given[field]?.trim() ? [[field, given[field]?.trim()]] : [])),
            ),
          })
        }
      >
        {fields.map((field) => (
          <Form.Item key={field} name={field} label={t(`log.filter.${field}`)}>
            {field === 'kind' ? (
              <Select
                allowClear
                showSearch={{ optionFilterProp: 'label' }}
                style={{ width: 220 }}
                options={offered.map((kind) => ({ value: kind, label: kindWord(kind) }))}
              />
            ) : (
              <Input allowClear style={{ width: 170 }} />
            )}
          </Form.Item>
        ))}
        <Button htmlType="submit">{t('log.filter.apply')}</Button>
      </Form>
      <Listing query={list} empty={t('log.empty')}>
        <table className="dense">
          <thead>
            <tr>
              {(['seq', 'at', 'actor', 'role', 'kind', 'object', 'hash'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`log.column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {list.items.map((leaf) => (
              <tr key={leaf.seq}>
                <td>{leaf.seq}</td>
                <td className="nowrap">{instantText(leaf.at)}</td>
                <td className="nowrap">{leaf.actor.name ?? leaf.actor.id}</td>
                <td className="nowrap">{roleTitle(leaf.role)}</td>
                <td title={leaf.kind}>{kindWord(leaf.kind)}</td>
                <td>
                  {leaf.object.type} <code className="small">{leaf.object.id}</code>
                </td>
                <td>
                  <code className="small" title={leaf.hash}>
                    {leaf.hash.slice(0, 19)}…
                  </code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Listing>
      {head && (
        <p className="quiet small" style={{ marginTop: 8, overflowWrap: 'anywhere' }}>
          {t('log.head', head)}
        </p>
      )}
    </div>
  );
}
