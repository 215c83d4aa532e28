import { Button, Paper, PasswordInput, Stack, Text as Line, TextInput, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useText } from '../text/Text';
import { LanguageSwitch } from './LanguageSwitch';
import { ProblemNote } from './Problems';
import { useLogIn } from './session';

export function LogIn() {
  const { t } = useText();
  const logIn = useLogIn();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    logIn.mutate({ username, password });
  };
  return (
    <main className="login">
      <Paper component="form" onSubmit={submit} shadow="sm" p="xl" radius="lg" withBorder className="login-card">
        <Stack>
          <div className="login-head">
            <img src="/favicon.svg" alt="" width={44} height={44} />
            <Title order={1} size="h3">{t('title')}</Title>
            <LanguageSwitch />
          </div>
          <TextInput
            label={t('login.username')} name="username" autoComplete="username" required withAsterisk={false}
            value={username} onChange={(event) => setUsername(event.currentTarget.value)} size="md" autoFocus
          />
          <PasswordInput
            label={t('login.password')} name="password" autoComplete="current-password" required withAsterisk={false}
            value={password} onChange={(event) => setPassword(event.currentTarget.value)} size="md"
            visibilityToggleButtonProps={{ 'aria-label': t('login.show') }}
          />
          <ProblemNote error={logIn.error} />
          <Button type="submit" size="md" loading={logIn.isPending}>{t('login.submit')}</Button>
          <Line size="sm" c="gray.7">{t('login.hint')}</Line>
        </Stack>
      </Paper>
    </main>
  );
}
