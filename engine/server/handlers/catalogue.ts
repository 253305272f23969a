import { z } from 'zod'
import type { JsonSchema } from '#core/json.ts'
import { decisionSchema } from '#core/graph/decision.ts'
import { flowSchema } from '#core/graph/flow.ts'
import { commandOf, empty, ok, type Handlers } from '#engine/server/handler.ts'
import { pageOf } from '#engine/server/page-of.ts'
import type { ServerContext } from '#engine/server/context.ts'

const documentSchemas = { 'flow.json': flowSchema, 'decision.json': decisionSchema }
// Zod types a JSON Schema more loosely than the plain data that it is.
const schemaOf = (name: keyof typeof documentSchemas): JsonSchema =>
  z.toJSONSchema(documentSchemas[name], { io: 'input' }) as JsonSchema

export const catalogueHandlers = ({ engine, models }: ServerContext) =>
  ({
    listNodeTypes: () => ok(pageOf(engine.nodeTypes())),
    listConnections: ({ tenant }) => ok(pageOf(engine.listConnections(tenant))),
    putConnection: (call) =>
      ok(engine.putConnection({ ...commandOf(call), connection: call.body })),
    putNamedConnection: (call) =>
      ok(
        engine.putConnection({
          ...commandOf(call),
          connection: { ...call.body, name: call.params.name },
        }),
      ),
    putSecret(call) {
      engine.putSecret({ ...commandOf(call), name: call.params.name, value: call.body.value })
      return empty
    },
    listModels: () => ok(pageOf(models.list())),
    getSchema: ({ params }) => ok(schemaOf(params.name)),
  }) satisfies Partial<Handlers>
