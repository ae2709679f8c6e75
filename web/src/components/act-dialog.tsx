import { Input, Modal } from 'antd';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from './problem-alert.tsx';
import { Field } from './field.tsx';

interface Props {
  open: boolean;
  title: string;
  /** What follows from the act. */
  explain?: ReactNode;
  confirm: string;
  danger?: boolean;
  /** Asks for a reason and does not go on without one. */
  reasoned?: boolean;
  disabled?: boolean;
  children?: ReactNode;
  /** A refusal stays in the dialog with all it says; the dialog closes when the act is done. */
  act: (reason: string) => Promise<unknown>;
  onClose: () => void;
}

/** An act that names the thing, tells what follows and, where it must, asks why. */
export function ActDialog({
  open,
  title,
  explain,
  confirm,
  danger = false,
  reasoned = false,
  disabled = false,
  children,
  act,
  onClose,
}: Props) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const [refusal, setRefusal] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const close = () => {
    setReason('');
    setRefusal(null);
    onClose();
  };
  const go = async () => {
    setBusy(true);
    setRefusal(null);
    try {
      await act(reason.trim());
      close();
    } catch (error) {
      setRefusal(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open={open}
      title={title}
      onCancel={close}
      onOk={() => void go()}
      okText={confirm}
      cancelText={t('cancel')}
      confirmLoading={busy}
      okButtonProps={{ danger, disabled: disabled || (reasoned && reason.trim() === '') }}
      destroyOnHidden
    >
      <div className="stack">
        {explain && <p className="quiet">{explain}</p>}
        {children}
        {reasoned && (
          <Field label={t('reason')}>
            {(id) => (
              <Input.TextArea
                id={id}
                value={reason}
                onChange={({ target }) => setReason(target.value)}
                rows={3}
                maxLength={500}
                placeholder={t('reasonRequired')}
              />
            )}
          </Field>
        )}
        <ProblemAlert error={refusal} />
      </div>
    </Modal>
  );
}
