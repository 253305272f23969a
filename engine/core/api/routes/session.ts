import { z } from 'zod'
import { route } from '#core/api/route.ts'
import { jsonValue } from '#core/graph/flow.ts'

const sessionView = z.object({
  actor: z.object({ id: z.string(), kind: z.enum(['user', 'token']) }),
  tenant: z.string(),
})

export const sessionRoutes = {
  signIn: route({
    method: 'post',
    path: '/session',
    summary:
      'Exchange the one-time sign-in token of the start, or the bearer token, for a session cookie.',
    /** Either token. */
    body: z.strictObject({ token: z.string().min(1).max(500) }),
    responses: { 200: sessionView },
    problems: [429],
    open: true,
  }),
  getSession: route({
    method: 'get',
    path: '/session',
    summary: 'Who the caller is.',
    responses: { 200: sessionView },
    problems: [],
  }),
  signOut: route({
    method: 'delete',
    path: '/session',
    summary: 'Forget the session cookie.',
    responses: { 204: 'empty' },
    problems: [],
    open: true,
  }),
  getOpenApi: route({
    method: 'get',
    path: '/openapi.json',
    summary: 'This description.',
    responses: { 200: z.record(z.string(), jsonValue) },
    problems: [],
    open: true,
  }),
}
