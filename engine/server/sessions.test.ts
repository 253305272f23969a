import { expect, it } from 'vitest'
import { createSessions } from '#engine/server/sessions.ts'

let now = 0
const open = (token = 'secret') =>
  createSessions({ token, cookieName: () => 'metis_session_1', now: () => now })

it('[R78] trades the one-time token once', () => {
  const sessions = open()
  const cookie = sessions.signIn(sessions.oneTime, 'here').cookie.split(';')[0]
  expect(sessions.identify({ cookie })).toEqual({
    actor: { id: 'owner', kind: 'user' },
    cookie: true,
  })
  expect(() => sessions.signIn(sessions.oneTime, 'here')).toThrow(
    expect.objectContaining({ code: 'SIGN_IN_INVALID', status: 401 }),
  )
})

it('keeps the cookie over a restart, until the token changes', () => {
  const cookie = open().signIn('secret', 'here').cookie.split(';')[0]
  expect(open().identify({ cookie })).not.toBeNull()
  expect(open('another').identify({ cookie })).toBeNull()
})

it('gives a cookie that no script reads and no other site sends, and that is not the token', () => {
  const { cookie } = open().signIn('secret', 'here')
  expect(cookie).toContain('HttpOnly; SameSite=Strict')
  expect(cookie).not.toContain('secret')
})

it('[R79] slows down guessing from one address, and only from there, for a minute', () => {
  const sessions = open()
  const guess = () => sessions.signIn('wrong', 'far')
  for (let i = 0; i < 10; i += 1) expect(guess).toThrow(expect.objectContaining({ status: 401 }))
  expect(guess).toThrow(expect.objectContaining({ code: 'SIGN_IN_THROTTLED', retryAfter: 60 }))
  expect(sessions.signIn('secret', 'near').cookie).toContain('metis_session_1=')
  now += 60_000
  expect(sessions.signIn('secret', 'far').cookie).toContain('metis_session_1=')
})

it('knows the bearer, and takes a wrong one for nobody even beside a good cookie', () => {
  const sessions = open()
  const cookie = sessions.signIn('secret', 'here').cookie.split(';')[0]
  expect(sessions.identify({ authorization: 'Bearer secret' })?.cookie).toBe(false)
  expect(sessions.identify({ authorization: 'Bearer wrong', cookie })).toBeNull()
  expect(sessions.identify({})).toBeNull()
})

it('[R775] a named token says who calls, and who signed in with it, until it is taken away', () => {
  const withNames = (...named: { name: string; token: string }[]) =>
    createSessions({ token: 'secret', named, cookieName: () => 'metis_session_1', now: () => now })
  const [ada, batch] = [
    { name: 'ada', token: 'token-of-ada' },
    { name: 'batch', token: 'token-of-batch' },
  ]
  const sessions = withNames(ada, batch)
  const called = (token: string, by = sessions) =>
    by.identify({ authorization: `Bearer ${token}` })?.actor
  expect(called('token-of-ada')).toEqual({ id: 'ada', kind: 'token' })
  expect(called('token-of-batch')).toEqual({ id: 'batch', kind: 'token' })
  expect(called('secret')).toEqual({ id: 'token', kind: 'token' })
  expect(called('token-of-bob')).toBeUndefined()

  const signedIn = sessions.signIn('token-of-ada', 'here')
  expect(signedIn.actor).toEqual({ id: 'ada', kind: 'user' })
  const cookie = signedIn.cookie.split(';')[0]
  expect(withNames(batch, ada).identify({ cookie })).toEqual({
    actor: { id: 'ada', kind: 'user' },
    cookie: true,
  })
  const without = withNames(batch)
  expect(without.identify({ cookie })).toBeNull()
  expect(called('token-of-ada', without)).toBeUndefined()
  expect(called('token-of-batch', without)).toEqual({ id: 'batch', kind: 'token' })
})
