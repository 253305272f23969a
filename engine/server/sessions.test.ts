import { expect, it } from 'vitest'
import { createSessions } from '#engine/server/sessions.ts'

let now = 0
const open = (token = 'secret') =>
  createSessions({ token, cookieName: () => 'metis_session_1', now: () => now })

it('[R78] trades the one-time token once', () => {
  const sessions = open()
  const cookie = sessions.signIn(sessions.oneTime, 'here').split(';')[0]
  expect(sessions.identify({ cookie })).toEqual({
    actor: { id: 'owner', kind: 'user' },
    cookie: true,
  })
  expect(() => sessions.signIn(sessions.oneTime, 'here')).toThrow(
    expect.objectContaining({ code: 'SIGN_IN_INVALID', status: 401 }),
  )
})

it('keeps the cookie over a restart, until the token changes', () => {
  const cookie = open().signIn('secret', 'here').split(';')[0]
  expect(open().identify({ cookie })).not.toBeNull()
  expect(open('another').identify({ cookie })).toBeNull()
})

it('gives a cookie that no script reads and no other site sends, and that is not the token', () => {
  const cookie = open().signIn('secret', 'here')
  expect(cookie).toContain('HttpOnly; SameSite=Strict')
  expect(cookie).not.toContain('secret')
})

it('[R79] slows down guessing from one address, and only from there, for a minute', () => {
  const sessions = open()
  const guess = () => sessions.signIn('wrong', 'far')
  for (let i = 0; i < 10; i += 1) expect(guess).toThrow(expect.objectContaining({ status: 401 }))
  expect(guess).toThrow(expect.objectContaining({ code: 'SIGN_IN_THROTTLED', retryAfter: 60 }))
  expect(sessions.signIn('secret', 'near')).toContain('metis_session_1=')
  now += 60_000
  expect(sessions.signIn('secret', 'far')).toContain('metis_session_1=')
})

it('knows the bearer, and takes a wrong one for nobody even beside a good cookie', () => {
  const sessions = open()
  const cookie = sessions.signIn('secret', 'here').split(';')[0]
  expect(sessions.identify({ authorization: 'Bearer secret' })?.cookie).toBe(false)
  expect(sessions.identify({ authorization: 'Bearer wrong', cookie })).toBeNull()
  expect(sessions.identify({})).toBeNull()
})
