import { Router, type Request as HttpRequest, type Response } from 'express'
import type { z } from 'zod'
import type { Finding } from '#core/graph/finding.ts'
import type { Route } from '#core/api/route.ts'
import { routes } from '#core/api/routes.ts'
import { anonymous, authorize } from '#engine/run/authorize.ts'
import { checkOrigin } from '#engine/server/origin.ts'
import { createHandlers } from '#engine/server/handlers.ts'
import { readBody, readJson } from '#engine/server/read-body.ts'
import { RequestError } from '#engine/server/request-error.ts'
import type { Call, Handler } from '#engine/server/handler.ts'
import type { ServerContext } from '#engine/server/context.ts'

const tenant = 'default'
const noBytes = new Uint8Array()

/** @throws RequestError REQUEST_INVALID, 400 for the address and headers, 422 for the body */
function check(schema: z.ZodType | undefined, value: unknown, at: string): unknown {
  if (!schema) return undefined
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const findings = parsed.error.issues.map((issue): Finding => {
    const path = `/${issue.path.map(String).join('/')}`
    const params = { path: `${at}${path === '/' ? '' : path}`, detail: issue.message }
    return { code: 'REQUEST_FIELD', severity: 'error', params, place: { path } }
  })
  const first = findings[0]?.params
  const detail = `${first?.['path']}: ${first?.['detail']}`
  const status = at === 'body' ? 422 : 400
  throw new RequestError('REQUEST_INVALID', status, { params: { detail }, findings })
}

const mount =
  (name: string, route: Route, handler: Handler<Route>, { sessions, engine }: ServerContext) =>
  async (request: HttpRequest, response: Response): Promise<void> => {
    const who = sessions.identify(request.headers)
    if (!who && !route.open) throw new RequestError('UNAUTHENTICATED', 401)
    if (who?.cookie || (route.open && route.method !== 'get'))
      checkOrigin(request.method, request.headers)
    const actor = who?.actor ?? anonymous
    if (!route.open) authorize(actor, 'read', { tenant, kind: 'route', id: name })
    const params = check(route.params, request.params, 'path')
    const query = check(route.query, request.query, 'query')
    const headers = check(route.headers, request.headers, 'headers')
    const bytes = route.upload ? await readBody(request, route.upload.limit) : noBytes
    const body = check(
      route.body,
      route.body ? await readJson(request, route.bodyLimit) : undefined,
      'body',
    )
    const reply = await handler({
      params,
      query,
      headers,
      body,
      tenant,
      actor,
      bytes,
      contentType: request.headers['content-type']?.split(';')[0] ?? 'application/octet-stream',
      remote: request.socket.remoteAddress ?? '',
      // The checks above produced exactly what the route's schemas describe.
    } as Call<Route>)
    await engine.synced()
    response.status(reply.status).set(reply.headers ?? {})
    if (reply.body === null) response.end()
    else if (reply.body instanceof Uint8Array) response.end(reply.body)
    else response.json(reply.body)
  }

/** Every route of the table, checked, authorised and answered. */
export function createRouter(context: ServerContext): Router {
  const router = Router()
  const handlers = createHandlers(context)
  for (const [name, route] of Object.entries(routes)) {
    // The table pairs each route with the handler of its own type; a loop over all forgets which.
    const handler = handlers[name as keyof typeof handlers] as unknown as Handler<Route>
    router[route.method](route.path, mount(name, route, handler, context))
  }
  router.use((request) => {
    const params = { method: request.method, path: request.baseUrl + request.path }
    throw new RequestError('ENDPOINT_UNKNOWN', 404, { params })
  })
  return router
}
