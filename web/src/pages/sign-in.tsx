import { Button, Form, Input } from 'antd';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.ts';
import { queryClient } from '../api/query-client.ts';
import { sessionQuery } from '../api/session.ts';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { Mark } from '../frame/mark.tsx';
import { changeLanguage, currentLanguage, languages } from '../i18n/index.ts';

interface Entered {
  loginName: string;
  password: string;
}

export function SignInPage() {
  const { t } = useTranslation(['signIn', 'common']);
  const navigate = useNavigate();
  const [refusal, setRefusal] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const signIn = async (body: Entered) => {
    setBusy(true);
    setRefusal(null);
    try {
      const session = await answer(api.POST('/v1/session', { body }));
      queryClient.clear();
      queryClient.setQueryData(sessionQuery.queryKey, session);
      await navigate({ to: session?.mustChangePassword ? '/password' : '/' });
    } catch (error) {
      setRefusal(error);
    } finally {
      setBusy(false);
    }
  };
  const other = languages.find((language) => language !== currentLanguage()) ?? 'en';
  return (
    <main style={{ minHeight: '100%', display: 'grid', placeItems: 'center', padding: 16 }}>
      <div className="panel" style={{ width: '100%', maxWidth: 380, padding: 32 }}>
        <div className="row" style={{ marginBottom: 20 }}>
          <Mark size={36} />
          <div>
            <h1>{t('common:product')}</h1>
            <span className="quiet small">{t('common:productLong')}</span>
          </div>
        </div>
        <Form<Entered> layout="vertical" requiredMark={false} onFinish={(entered) => void signIn(entered)}>
          <Form.Item name="loginName" label={t('loginName')} rules={[{ required: true, message: t('needLoginName') }]}>
            <Input autoComplete="username" autoFocus />
          </Form.Item>
          <Form.Item name="password" label={t('password')} rules={[{ required: true, message: t('needPassword') }]}>
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          <div className="stack">
            <ProblemAlert error={refusal} />
            <Button type="primary" htmlType="submit" block loading={busy}>
              {t('submit')}
            </Button>
            <span className="quiet small">{t('demoHint')}</span>
            <Button type="link" size="small" lang={other} onClick={() => void changeLanguage(other)}>
              {t(`common:languageName.${other}`)}
            </Button>
          </div>
        </Form>
      </div>
    </main>
  );
}
