import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import type { components } from '../../api/schema.d.ts';
import { useMay } from '../../api/session.ts';
import { usePages } from '../../api/use-pages.ts';
import { ChoiceFilter } from '../../components/choice-filter.tsx';
import { Listing } from '../../components/listing.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { useText } from '../../components/use-text.ts';
import { instantText } from '../../i18n/dates.ts';
import { CreateUser } from './create-user.tsx';
import { UserActs, UserRoles } from './user-acts.tsx';

export type User = components['schemas']['User'];

export function UsersPage() {
  const { t } = useTranslation('admin');
  const say = useText();
  const may = useMay();
  const { role } = useSearch({ from: '/frame/users' });
  const navigate = useNavigate({ from: '/users' });
  const [find, setFind] = useState('');
  const [creating, setCreating] = useState(false);
  const { data: table } = useQuery({
    queryKey: ['roles'],
    queryFn: () => answer(api.GET('/v1/roles')),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const chosen = table?.roles.find((one) => one.role === role)?.role;
  const list = usePages(['users', chosen, find], (cursor?: string) => {
    const page = { limit: 100, ...(cursor && { cursor }) };
    if (find) return answer(api.POST('/v1/users/search', { body: { ...page, text: find } }));
    return answer(api.GET('/v1/users', { params: { query: { ...page, ...(chosen && { role: chosen }) } } }));
  });
  return (
    <div className="page">
      <PageHeader
        title={t('users.title')}
        lede={t('users.lede')}
        actions={
          may('users.manage') && (
            <Button type="primary" onClick={() => setCreating(true)}>
              {t('users.create')}
            </Button>
          )
        }
      />
      <div className="row" style={{ marginBottom: 12 }}>
        <Input.Search
          aria-label={t('users.find')}
          placeholder={t('users.find')}
          allowClear
          style={{ width: 240 }}
          onSearch={(text) => setFind(text.trim())}
        />
        <ChoiceFilter
          label={t('users.filter.role')}
          value={chosen}
          options={table?.roles.map((one) => ({ value: one.role, label: say(one.title) })) ?? []}
          onChange={(value) => void navigate({ search: (was) => ({ ...was, role: value }) })}
          width={200}
        />
      </div>
      <Listing query={list} empty={t('users.empty')}>
        <table className="dense">
          <thead>
            <tr>
              {(['login', 'name', 'roles', 'active', 'lastSignIn', 'act'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`users.column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {list.items.map((user) => (
              <tr key={user.id}>
                <td className="nowrap">{user.loginName}</td>
                <td className="nowrap">{user.displayName}</td>
                <td>
                  <UserRoles user={user} table={table} />
                </td>
                <td>{t(user.active ? 'users.active' : 'users.inactive')}</td>
                <td className="nowrap">{user.lastSignInAt ? instantText(user.lastSignInAt) : t('users.never')}</td>
                <td className="nowrap">
                  <UserActs user={user} table={table} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Listing>
      {table && (
        <details style={{ marginTop: 20 }}>
          <summary>{t('users.may')}</summary>
          <dl>
            {table.roles.map((one) => (
              <div key={one.role} style={{ margin: '8px 0' }}>
                <dt>
                  <strong>{say(one.title)}</strong>
                </dt>
                <dd className="quiet">
                  {one.permissions
                    .map((name) =>
                      say(
                        table.permissions.find(({ permission }) => permission === name)?.title ?? {
                          'zh-CN': name,
                          en: name,
                        },
                      ),
                    )
                    .join(' · ')}
                </dd>
              </div>
            ))}
          </dl>
        </details>
      )}
      <CreateUser open={creating} onClose={() => setCreating(false)} />
    </div>
  );
}
