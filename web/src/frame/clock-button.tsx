import { FastForwardOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { App, Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, keyed } from '../api/client.ts';
import { queryClient } from '../api/query-client.ts';
import { useMay } from '../api/session.ts';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { dateText } from '../i18n/dates.ts';

type Step = { to: 'next_term'; reason: string } | { to: 'days'; days: number; reason: string };

/** Moves the example college's clock; every page follows, since what they show is worked out. */
export function ClockButton() {
  const { t } = useTranslation('frame');
  const may = useMay();
  const { message } = App.useApp();
  const [open, setOpen] = useState(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const { data: college } = useQuery({
    queryKey: ['college'],
    queryFn: () => answer(api.GET('/v1/college')),
    enabled: open,
  });
  if (!may('clock.move')) return null;
  // the register goes to the first term that starts later than today
  const next = college?.terms.find((term) => term && term.startsOn > college.today);
  const move = async (body: Step) => {
    setBusy(true);
    setRefusal(null);
    try {
      const { today } = await answer(api.POST('/v1/college/clock', { ...keyed(), body }));
      setOpen(false);
      await queryClient.invalidateQueries();
      void message.success(t('clock.done', { date: dateText(today) }));
    } catch (error) {
      setRefusal(error);
    } finally {
      setBusy(false);
    }
  };
  const reason = t('clock.reason');
  return (
    <>
      <Button
        type="text"
        icon={<FastForwardOutlined />}
        aria-label={t('clock.button')}
        title={t('clock.button')}
        onClick={() => setOpen(true)}
      >
        <span className="frame-wide">{t('clock.button')}</span>
      </Button>
      <Modal
        open={open}
        title={t('clock.title')}
        onCancel={() => setOpen(false)}
        footer={[
          <Button key="days" loading={busy} onClick={() => void move({ to: 'days', days: 7, reason })}>
            {t('clock.days')}
          </Button>,
          <Button key="term" loading={busy} onClick={() => void move({ to: 'next_term', reason })}>
            {next ? t('clock.nextTermTo', { date: dateText(next.startsOn) }) : t('clock.nextTerm')}
          </Button>,
        ]}
      >
        <p>{t('clock.explain')}</p>
        <ProblemAlert error={refusal} />
      </Modal>
    </>
  );
}
