import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { App, Checkbox, DatePicker, Drawer, Input, Button } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, keyed } from '../../api/client.ts';
import { Field } from '../../components/field.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { readArticles } from '../../i18n/read-articles.ts';

const NOTHING = {
  zh: '',
  en: '',
  number: '',
  issuer: '',
  pasted: '',
  confirmed: false,
  issuedOn: null as Dayjs | null,
};

/** Files a regulation from pasted text; what was recognised is shown before it is filed. */
export function FileRegulation({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation('regulations');
  const { message } = App.useApp();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [form, setForm] = useState(NOTHING);
  const [refusal, setRefusal] = useState<unknown>(null);
  const articles = readArticles(form.pasted);
  const set = (patch: Partial<typeof NOTHING>) => setForm({ ...form, ...patch });
  const ready = [form.zh, form.issuer].every((text) => text.trim() !== '') && articles.length > 0;

  const submit = async () => {
    setRefusal(null);
    const body = {
      title: { 'zh-CN': form.zh.trim(), en: form.en.trim() || form.zh.trim() },
      issuer: form.issuer.trim(),
      unconfirmed: !form.confirmed,
      articles,
      ...(form.number.trim() === '' ? {} : { number: form.number.trim() }),
      ...(form.issuedOn === null ? {} : { issuedOn: form.issuedOn.format('YYYY-MM-DD') }),
    };
    try {
      const { regulation } = await answer(api.POST('/v1/regulations', { ...keyed(), body }));
      await queries.invalidateQueries({ queryKey: ['regulations'] });
      void message.success(t('filed', { count: articles.length }));
      setForm(NOTHING);
      onClose();
      await navigate({ to: '/regulations/$regulationId', params: { regulationId: regulation } });
    } catch (error) {
      setRefusal(error);
    }
  };

  return (
    <Drawer
      open={open}
      onClose={onClose}
      title={t('file')}
      size="large"
      footer={
        <Button type="primary" disabled={!ready} onClick={() => void submit()}>
          {t('form.submit', { count: articles.length })}
        </Button>
      }
    >
      <div className="stack">
        {(['zh', 'en', 'number', 'issuer'] as const).map((name) => (
          <Field key={name} label={t(`form.${name}`)}>
            {(id) => (
              <Input
                id={id}
                maxLength={120}
                value={form[name]}
                onChange={({ target }) => set({ [name]: target.value })}
              />
            )}
          </Field>
        ))}
        <Field label={t('form.issuedOn')}>
          {(id) => (
            <DatePicker
              id={id}
              value={form.issuedOn}
              onChange={(issuedOn) => set({ issuedOn: issuedOn as Dayjs | null })}
            />
          )}
        </Field>
        <Checkbox checked={form.confirmed} onChange={({ target }) => set({ confirmed: target.checked })}>
          {t('form.confirmed')}
        </Checkbox>
        <Field label={t('form.articles')}>
          {(id) => (
            <Input.TextArea
              id={id}
              rows={10}
              value={form.pasted}
              onChange={({ target }) => set({ pasted: target.value })}
            />
          )}
        </Field>
        <p className="quiet small">{t('form.articlesHelp')}</p>
        <p role="status">
          {articles.length === 0
            ? t('form.none')
            : t('form.read', { count: articles.length, names: articles.map(({ article }) => article).join(' · ') })}
        </p>
        <ProblemAlert error={refusal} />
      </div>
    </Drawer>
  );
}
