import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { pino } from 'pino'
import { expect, it, onTestFinished } from 'vitest'
import type { Route } from '#core/api/route.ts'
import { routes } from '#core/api/routes.ts'
import { problem } from '#core/api/views.ts'
import { anonymous } from '#engine/run/authorize.ts'
import { answerError } from '#engine/server/answer-error.ts'
import { createRouter } from '#engine/server/router.ts'
import { createSessions } from '#engine/server/sessions.ts'
import { createEventLog, stubEngine } from '#engine/server/testing/stub-engine.ts'

const refuse = () => {
  throw new Error('a handler was reached')
}

/** The router, with sessions that let everybody in as nobody: what refuses here is `authorize` alone. */
async function openToNobody(): Promise<string> {
  const sessions = createSessions({ token: 'x', cookieName: () => 'x', now: () => 0 })
  const app = express()
  app.use(
    createRouter({
      engine: stubEngine(createEventLog()),
      sessions: { ...sessions, identify: () => ({ actor: anonymous, cookie: false }) },
      models: { list: refuse },
      templates: { list: refuse, get: refuse, folder: refuse },
      sandbox: { messages: refuse, switches: refuse, set: refuse },
      openApi: {},
    }),
  )
  app.use(answerError(pino({ level: 'silent' })))
  const server = createServer(app).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

it('every handler stands behind authorize', async () => {
  const url = await openToNobody()
  for (const route of Object.values<Route>(routes).filter((each) => !each.open)) {
    const path = route.path.replaceAll(/:\w+/g, 'x')
    const answer = await fetch(`${url}${path}`, { method: route.method.toUpperCase() })
    expect(answer.status, `${route.method} ${path}`).toBe(403)
    expect(problem.parse(await answer.json()).code).toBe('FORBIDDEN')
  }
})
