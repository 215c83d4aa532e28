import { Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { ProblemNote } from '../shell/Problems';
import { useText } from '../text/Text';

interface Props {
  title: string;
  text: string;
  confirm: string;
  onConfirm: (reason: string) => Promise<unknown>;
  onClose: () => void;
}

/** Asks for a reason before something that a person answers for. */
export function Asking({ title, text, confirm, onConfirm, onClose }: Props) {
  const { t } = useText();
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setMissing(!reason.trim());
    if (!reason.trim()) return;
    setBusy(true);
    try {
      await onConfirm(reason.trim());
      onClose();
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };
  return (
    <Modal.Root opened onClose={onClose} centered>
      <Modal.Overlay />
      <Modal.Content p="lg" radius="lg">
        <Modal.Title className="asking-title">{title}</Modal.Title>
        <form onSubmit={(event) => void submit(event)} noValidate>
          <Stack>
            <p className="asking-text">{text}</p>
            <Textarea
              label={t('reason')} description={t('reason.placeholder')} value={reason} autosize minRows={2} maxLength={500}
              onChange={(event) => setReason(event.currentTarget.value)} error={missing ? t('reason.needed') : null} data-autofocus
            />
            <ProblemNote error={error} />
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>{t('cancel')}</Button>
              <Button type="submit" color="red" loading={busy}>{confirm}</Button>
            </Group>
          </Stack>
        </form>
      </Modal.Content>
    </Modal.Root>
  );
}
