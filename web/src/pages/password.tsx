import { App, Button, Form, Input } from 'antd';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, keyed } from '../api/client.ts';
import { queryClient } from '../api/query-client.ts';
import { useSession } from '../api/session.ts';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemAlert } from '../components/problem-alert.tsx';

interface Entered {
  current: string;
  password: string;
}

export function PasswordPage() {
  const { t } = useTranslation('signIn');
  const { message } = App.useApp();
  const navigate = useNavigate();
  const { mustChangePassword } = useSession();
  const [refusal, setRefusal] = useState<unknown>(null);
  const change = async (body: Entered) => {
    setRefusal(null);
    try {
      await answer(api.POST('/v1/session/password', { ...keyed(), body }));
      queryClient.clear();
      void message.success(t('change.done'));
      await navigate({ to: '/sign-in' });
    } catch (error) {
      setRefusal(error);
    }
  };
  return (
    <div className="page" style={{ maxWidth: 480 }}>
      <PageHeader title={t('change.title')} lede={mustChangePassword ? t('change.why') : undefined} />
      <Form<Entered> layout="vertical" requiredMark={false} onFinish={(entered) => void change(entered)}>
        <Form.Item name="current" label={t('change.current')} rules={[{ required: true, message: t('needPassword') }]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Form.Item name="password" label={t('change.next')} rules={[{ required: true, message: t('needPassword') }]}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <div className="stack">
          <ProblemAlert error={refusal} />
          <Button type="primary" htmlType="submit">
            {t('change.submit')}
          </Button>
        </div>
      </Form>
    </div>
  );
}
