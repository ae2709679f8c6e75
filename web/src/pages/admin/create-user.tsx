import { useQueryClient } from '@tanstack/react-query';
import { App, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, keyed } from '../../api/client.ts';
import { ActDialog } from '../../components/act-dialog.tsx';
import { Field } from '../../components/field.tsx';

const nothing = { loginName: '', displayName: '', password: '' };

export function CreateUser({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation('admin');
  const { message } = App.useApp();
  const client = useQueryClient();
  const [entered, setEntered] = useState(nothing);
  const create = async () => {
    await answer(
      api.POST('/v1/users', {
        ...keyed(),
        body: { ...entered, loginName: entered.loginName.trim(), displayName: entered.displayName.trim() },
      }),
    );
    setEntered(nothing);
    void message.success(t('users.created'));
    await client.invalidateQueries({ queryKey: ['users'] });
  };
  const missing = Object.values(entered).some((value) => value.trim() === '');
  return (
    <ActDialog
      open={open}
      title={t('users.create')}
      explain={t('users.createExplain')}
      confirm={t('users.create')}
      disabled={missing}
      act={create}
      onClose={onClose}
    >
      <Field label={t('users.login')}>
        {(id) => (
          <Input
            id={id}
            value={entered.loginName}
            autoComplete="off"
            onChange={({ target }) => setEntered({ ...entered, loginName: target.value })}
          />
        )}
      </Field>
      <Field label={t('users.displayName')}>
        {(id) => (
          <Input
            id={id}
            value={entered.displayName}
            autoComplete="off"
            onChange={({ target }) => setEntered({ ...entered, displayName: target.value })}
          />
        )}
      </Field>
      <Field label={t('users.password')}>
        {(id) => (
          <Input.Password
            id={id}
            value={entered.password}
            autoComplete="new-password"
            onChange={({ target }) => setEntered({ ...entered, password: target.value })}
          />
        )}
      </Field>
    </ActDialog>
  );
}
