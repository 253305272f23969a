import { isObject } from '#core/json.ts'
import { MetisError, TerminalError } from '#core/errors.ts'
import { uploadFiles } from '#engine/adapters/templates/upload-files.ts'
import { commandOf, ok, type Handlers } from '#engine/server/handler.ts'
import { pageOf } from '#engine/server/page-of.ts'
import type { Command } from '#core/ports.ts'
import type { DocumentStore } from '#engine/run/engine.ts'
import type { ServerContext } from '#engine/server/context.ts'

const exists = (store: DocumentStore, tenant: string, id: string): boolean => {
  try {
    store.get(tenant, id)
    return true
  } catch (error) {
    if (error instanceof MetisError && error.code === 'NOT_FOUND') return false
    throw error
  }
}

const idOf = (document: unknown): string =>
  isObject(document) && typeof document['id'] === 'string' ? document['id'] : ''

/** Saves and publishes a document unless one of its id exists; returns its id and whether it is new. */
function install(store: DocumentStore, command: Command, document: unknown) {
  const id = idOf(document)
  if (exists(store, command.tenant, id)) return { id, created: false }
  store.save({ ...command, document })
  store.publish({ ...command, id })
  return { id, created: true }
}

export const templateHandlers = ({ engine, templates }: ServerContext) =>
  ({
    listTemplates: () => ok(pageOf(templates.list())),
    getTemplate: ({ params }) => ok(templates.get(params.id)),
    installTemplate(call) {
      const template = templates.get(call.params.id)
      const command = commandOf(call)
      const decisions = template.decisions.map((each) => install(engine.decisions, command, each))
      const flow = install(engine.flows, command, template.flow)
      return ok({
        flow: flow.id,
        decisions: decisions.map(({ id }) => id),
        created: [...decisions, flow].filter((each) => each.created).map(({ id }) => id),
      })
    },
    async templateCaseInput(call) {
      const template = templates.get(call.params.id)
      const found = template.cases.find(({ id }) => id === call.params.case)
      if (!found) throw new TerminalError('NOT_FOUND', { what: 'case', id: call.params.case })
      const folder = templates.folder(call.params.id)
      const put = (bytes: Uint8Array, about: { name: string; type: string }) =>
        engine.putBlob({ ...commandOf(call), bytes, ...about })
      return ok({ input: await uploadFiles(found.input, { folder, confined: true, put }) })
    },
  }) satisfies Partial<Handlers>
