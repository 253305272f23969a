import { useEffect, useState } from 'react'
import { Button, Center, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core'
import { ApiError } from '../api/http.ts'
import { signIn } from '../api/session.ts'
import { t } from './messages.ts'

/** Takes `?signin=` out of the address, so that it stays in no history and no bookmark. */
function takeToken(): string | null {
  const url = new URL(window.location.href)
  const token = url.searchParams.get('signin')
  if (token === null) return null
  url.searchParams.delete('signin')
  window.history.replaceState(window.history.state, '', url)
  return token
}
const tokenOfAddress = takeToken()
let exchange: Promise<unknown> | undefined

export interface SignInProps {
  readonly onSignedIn: () => void
}

export function SignIn({ onSignedIn }: SignInProps) {
  const [token, setToken] = useState('')
  const [error, setError] = useState<string | null>(null)
  const [working, setWorking] = useState(tokenOfAddress !== null)

  const enter = (answer: Promise<unknown>): void => {
    setWorking(true)
    setError(null)
    answer.then(onSignedIn, (cause: unknown) => {
      setWorking(false)
      const refused = cause instanceof ApiError && cause.status !== 0
      setError(refused ? t('signInWrong') : t('unreachable'))
    })
  }
  useEffect(() => {
    if (tokenOfAddress === null) return
    exchange ??= signIn(tokenOfAddress)
    enter(exchange)
    // The address is exchanged once, when the page opens.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [])

  return (
    <Center mih="100vh" p="md">
      <Paper
        component="form"
        withBorder
        p={32}
        w={400}
        radius="md"
        onSubmit={(event: { preventDefault: () => void }) => {
          event.preventDefault()
          if (token.trim() !== '') enter(signIn(token.trim()))
        }}
      >
        <Stack gap="sm">
          <Title order={1} size={20}>
            {t('signInTitle')}
          </Title>
          <Text c="dimmed">{working ? t('signInWorking') : t('signInText')}</Text>
          <PasswordInput
            label={t('signInToken')}
            value={token}
            onChange={(event) => setToken(event.currentTarget.value)}
            error={error}
            disabled={working}
            data-autofocus
            autoFocus
            autoComplete="off"
          />
          <Button type="submit" size="sm" loading={working} disabled={token.trim() === ''}>
            {t('signInAction')}
          </Button>
        </Stack>
      </Paper>
    </Center>
  )
}

/** Whether the page was opened with a one-time token. */
export const openedWithToken = tokenOfAddress !== null
