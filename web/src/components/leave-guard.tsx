import { useBlocker } from '@tanstack/react-router';
import { Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';

interface Props {
  /** Something on this page is held nowhere else yet. */
  active: boolean;
  words: string;
  /** A last try to put it where it belongs; whether something is left all the same. */
  settle?: () => Promise<boolean>;
}

/** Asks before a page is left with what only it holds: by a link, by the back button, by closing or reloading the tab. */
export function LeaveGuard({ active, words, settle }: Props) {
  const { t } = useTranslation();
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: async ({ current, next }) =>
      active && current.pathname !== next.pathname && (settle === undefined || (await settle())),
    enableBeforeUnload: active,
    withResolver: true,
  });
  return (
    <Modal
      open={status === 'blocked'}
      title={t('leave.title')}
      onCancel={() => reset?.()}
      footer={[
        <Button key="leave" danger onClick={() => proceed?.()}>
          {t('leave.go')}
        </Button>,
        <Button key="stay" type="primary" onClick={() => reset?.()}>
          {t('leave.stay')}
        </Button>,
      ]}
    >
      <p>{words}</p>
    </Modal>
  );
}
