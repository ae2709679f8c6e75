import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Dropdown, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, keyed, keyedAt } from '../../api/client.ts';
import type { components, paths } from '../../api/schema.d.ts';
import { useMay, useSession } from '../../api/session.ts';
import { ActDialog } from '../../components/act-dialog.tsx';
import { useText } from '../../components/use-text.ts';
import type { User } from './users-page.tsx';

type RoleTable = paths['/v1/roles']['get']['responses']['200']['content']['application/json'];
type Role = components['schemas']['Role'];
type ScopeKind = components['schemas']['ScopeKind'];
type Act = 'assign' | 'active' | 'sessions' | 'reset';

const wide: readonly ScopeKind[] = ['deployment', 'college', 'self'];

/** The roles a user holds, with their scope; taken back here by whoever may. */
export function UserRoles({ user, table }: { user: User; table: RoleTable | undefined }) {
  const { t } = useTranslation('admin');
  const { message } = App.useApp();
  const say = useText();
  const may = useMay();
  const client = useQueryClient();
  const [revoking, setRevoking] = useState<User['roles'][number] | null>(null);
  const titleOf = (role: Role) =>
    say(table?.roles.find((one) => one.role === role)?.title ?? { 'zh-CN': role, en: role });
  const scopeOf = (scope: ScopeKind) =>
    say(table?.scopes.find((one) => one.scopeKind === scope)?.title ?? { 'zh-CN': scope, en: scope });
  const revoke = async () => {
    if (!revoking) return;
    await answer(
      api.POST('/v1/users/{userId}/roles/{assignmentId}/revoke', {
        ...keyed({ path: { userId: user.id, assignmentId: revoking.id } }),
      }),
    );
    void message.success(t('users.revoked'));
    await client.invalidateQueries({ queryKey: ['users'] });
  };
  return (
    <>
      {user.roles.map((held) => (
        <div key={held.id} className="row" style={{ gap: 4 }}>
          <span>
            {titleOf(held.role)} <span className="quiet">· {scopeOf(held.scopeKind)}</span>
          </span>
          {may('roles.assign') && (
            <Button type="link" size="small" onClick={() => setRevoking(held)}>
              {t('users.revoke')}
            </Button>
          )}
        </div>
      ))}
      <ActDialog
        open={revoking !== null}
        title={t('users.revokeAsk', { name: user.displayName, role: revoking ? titleOf(revoking.role) : '' })}
        confirm={t('users.revoke')}
        danger
        act={revoke}
        onClose={() => setRevoking(null)}
      />
    </>
  );
}

export function UserActs({ user, table }: { user: User; table: RoleTable | undefined }) {
  const { t } = useTranslation('admin');
  const { message } = App.useApp();
  const may = useMay();
  const client = useQueryClient();
  const [act, setAct] = useState<Act | null>(null);
  const [password, setPassword] = useState('');
  const path = { path: { id: user.id } };
  const name = { name: user.displayName };
  const done = async (words: string) => {
    void message.success(words);
    await client.invalidateQueries({ queryKey: ['users'] });
  };
  const toggle = async () => {
    await answer(api.PATCH('/v1/users/{id}', { ...keyedAt(user.version, path), body: { active: !user.active } }));
    await done(t('users.changed'));
  };
  const endSessions = async () => {
    const { ended } = await answer(api.POST('/v1/users/{id}/revoke-sessions', keyed(path)));
    await done(t('users.signedOut', { count: ended }));
  };
  const reset = async () => {
    await answer(api.POST('/v1/users/{id}/reset-password', { ...keyed(path), body: { password } }));
    setPassword('');
    await done(t('users.resetDone'));
  };
  const items = [
    ...(may('roles.assign') ? [{ key: 'assign' as const, label: t('users.assign') }] : []),
    ...(may('users.manage')
      ? [
          { key: 'reset' as const, label: t('users.reset') },
          { key: 'active' as const, label: t(user.active ? 'users.deactivate' : 'users.activate') },
        ]
      : []),
    ...(may('users.revoke_sessions') ? [{ key: 'sessions' as const, label: t('users.signOut') }] : []),
  ];
  if (items.length === 0) return null;
  const toggleWords = t(user.active ? 'users.deactivate' : 'users.activate');
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{ items, onClick: ({ key }) => setAct(items.find((item) => item.key === key)?.key ?? null) }}
      >
        <Button size="small" aria-label={`${t('users.column.act')} ${user.displayName}`}>
          {t('users.column.act')}
        </Button>
      </Dropdown>
      <AssignRole open={act === 'assign'} user={user} table={table} onDone={done} onClose={() => setAct(null)} />
      <ActDialog
        open={act === 'active'}
        title={t(user.active ? 'users.deactivateAsk' : 'users.activateAsk', name)}
        explain={user.active && t('users.deactivateExplain')}
        confirm={toggleWords}
        danger={user.active}
        act={toggle}
        onClose={() => setAct(null)}
      />
      <ActDialog
        open={act === 'sessions'}
        title={t('users.signOutAsk', name)}
        confirm={t('users.signOut')}
        danger
        act={endSessions}
        onClose={() => setAct(null)}
      />
      <ActDialog
        open={act === 'reset'}
        title={t('users.resetAsk', name)}
        confirm={t('users.reset')}
        disabled={password.length < 8}
        act={reset}
        onClose={() => setAct(null)}
      >
        <Input.Password
          aria-label={t('users.password')}
          placeholder={t('users.password')}
          autoComplete="new-password"
          value={password}
          onChange={({ target }) => setPassword(target.value)}
        />
      </ActDialog>
    </>
  );
}

interface AssignProps {
  open: boolean;
  user: User;
  table: RoleTable | undefined;
  onDone: (words: string) => Promise<void>;
  onClose: () => void;
}

function AssignRole({ open, user, table, onDone, onClose }: AssignProps) {
  const { t } = useTranslation('admin');
  const say = useText();
  const may = useMay();
  const { college } = useSession();
  const [role, setRole] = useState<Role>('teacher');
  const [scope, setScope] = useState<ScopeKind>('self');
  const [scopeId, setScopeId] = useState('');
  const { data: cohorts } = useQuery({
    queryKey: ['cohorts', ''],
    queryFn: () => answer(api.GET('/v1/cohorts')),
    enabled: open && may('students.read'),
  });
  const classes = cohorts?.items.flatMap((one) => one.classes) ?? [];
  const needsId = !wide.includes(scope);
  const assign = async () => {
    const body = {
      role,
      scopeKind: scope,
      ...(scope !== 'deployment' && college && { collegeId: college.id }),
      ...(needsId && { scopeId: scopeId.trim() }),
    };
    await answer(api.POST('/v1/users/{userId}/roles', { ...keyed({ path: { userId: user.id } }), body }));
    await onDone(t('users.assigned'));
  };
  return (
    <ActDialog
      open={open}
      title={t('users.assignAsk', { name: user.displayName })}
      confirm={t('users.assign')}
      disabled={needsId && scopeId.trim() === ''}
      act={assign}
      onClose={onClose}
    >
      <Select
        aria-label={t('users.role')}
        value={role}
        onChange={setRole}
        options={table?.roles.map((one) => ({ value: one.role, label: say(one.title) })) ?? []}
      />
      <Select
        aria-label={t('users.scope')}
        value={scope}
        onChange={setScope}
        options={table?.scopes.map((one) => ({ value: one.scopeKind, label: say(one.title) })) ?? []}
      />
      {needsId &&
        (scope === 'class' && classes.length > 0 ? (
          <Select
            aria-label={t('users.classOf')}
            placeholder={t('users.classOf')}
            value={scopeId || null}
            onChange={setScopeId}
            options={classes.map((one) => ({ value: one.id, label: one.name }))}
          />
        ) : (
          <Input
            aria-label={t('users.scopeOf')}
            placeholder={t('users.scopeOf')}
            value={scopeId}
            onChange={({ target }) => setScopeId(target.value)}
          />
        ))}
    </ActDialog>
  );
}
