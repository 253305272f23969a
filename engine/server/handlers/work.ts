import { commandOf, created, defined, ok, type Handlers } from '#engine/server/handler.ts'
import type { ServerContext } from '#engine/server/context.ts'

/** Shown in the page; anything else is a download, so that an upload never runs as a page of ours. */
const shownInline = new Set(['image/png', 'image/jpeg', 'image/webp', 'application/pdf'])

export const workHandlers = ({ engine }: ServerContext) =>
  ({
    listTasks: ({ tenant, query }) => ok(engine.listTasks(tenant, defined(query))),
    getTask: ({ tenant, params }) => ok(engine.getTask(tenant, params.id)),
    async completeTask(call) {
      const { outcome, value, reason } = call.body
      const task = call.params.id
      await engine.completeTask({ ...commandOf(call, reason), task, outcome, value })
      return ok(engine.getTask(call.tenant, task))
    },
    async sendMessage(call) {
      const { reason, name, key, value, ...rest } = call.body
      const message = { name, key, value, ...defined(rest) }
      const sent = await engine.sendMessage({ ...commandOf(call, reason), ...message })
      return ok({ ...sent, delivered: [...sent.delivered] })
    },
    putBlob: (call) =>
      created(
        engine.putBlob({
          ...commandOf(call),
          bytes: call.bytes,
          name: call.query.name,
          type: call.contentType,
        }),
      ),
    getBlob({ tenant, params }) {
      const hash = params.hash.startsWith('sha256:') ? params.hash : `sha256:${params.hash}`
      const { about, bytes } = engine.getBlob(tenant, hash)
      const inline = shownInline.has(about.type)
      return {
        status: 200,
        body: bytes,
        headers: {
          'content-type': inline ? about.type : 'application/octet-stream',
          'content-disposition': `${inline ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(about.name)}`,
          'content-security-policy': "default-src 'none'; frame-ancestors 'self'",
          'cache-control': 'private, max-age=31536000, immutable',
        },
      }
    },
  }) satisfies Partial<Handlers>
