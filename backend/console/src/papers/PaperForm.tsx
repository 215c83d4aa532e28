import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { backend } from '../api/backend';
import type { PaperStanding, RobotStanding } from '../api/types';
import { ProblemNote } from '../shell/Problems';
import { Icon } from '../text/Icon';
import { useText } from '../text/Text';
import { today } from '../text/zoned';

interface Props {
  robot: RobotStanding;
  paper: PaperStanding;
  timezone: string;
  onClose: () => void;
  onSaved: () => void;
}

/** Enters a paper or its renewal. */
export function PaperForm({ robot, paper, timezone, onClose, onSaved }: Props) {
  const { t, own } = useText();
  const [number, setNumber] = useState(paper.number ?? '');
  const [day, setDay] = useState(paper.valid_until ?? '');
  const [tried, setTried] = useState(false);
  const save = useMutation({
    mutationFn: () => backend.putPaper(robot.robot_id, paper.kind, number.trim(), day),
    onSuccess: () => {
      onSaved();
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (number.trim() && day) save.mutate();
  };
  const passed = day !== '' && day < today(Date.now(), timezone);
  return (
    <Modal.Root opened onClose={onClose} centered>
      <Modal.Overlay />
      <Modal.Content p="lg" radius="lg">
        <Modal.Title className="asking-title">{own(robot.name)} · {t(`papers.${paper.kind}`)}</Modal.Title>
        <form onSubmit={submit} noValidate>
          <Stack>
            <TextInput
              label={t('papers.form.number')} value={number} maxLength={64} data-autofocus
              onChange={(event) => setNumber(event.currentTarget.value)} error={tried && !number.trim() ? t('papers.form.needed') : null}
            />
            <TextInput
              type="date" label={t('papers.form.day')} description={t('papers.form.day.hint')} value={day} max="9999-12-31"
              onChange={(event) => setDay(event.currentTarget.value)} error={tried && !day ? t('papers.form.needed') : null}
            />
            {passed && <p className="manage-note manage-bad" role="status"><Icon name="incident" size={16} />{t('papers.form.past')}</p>}
            <ProblemNote error={save.error} />
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>{t('cancel')}</Button>
              <Button type="submit" loading={save.isPending}>{t('papers.form.save')}</Button>
            </Group>
          </Stack>
        </form>
      </Modal.Content>
    </Modal.Root>
  );
}
