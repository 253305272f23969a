import { z } from 'zod'
import type { Json, JsonObject } from '#core/json.ts'
import type { Route } from '#core/api/route.ts'
import { bureauSwitches, sandboxMessage } from '#core/api/sandbox-views.ts'
import {
  blobView,
  connectionView,
  documentSummary,
  documentView,
  eventView,
  modelView,
  problem,
  runSummary,
  runView,
  stepView,
  taskView,
  templateView,
  validationView,
} from '#core/api/views.ts'
import { decisionResultSchema } from '#core/decision/result-schema.ts'
import { finding } from '#core/graph/finding.ts'
import { jsonValue } from '#core/graph/flow.ts'
import { nodeDescriptor } from '#core/node/descriptor.ts'

/** Schemas that stand in `components` under a name; the rest is written where it is used. */
const named = {
  Blob: blobView,
  BureauSwitches: bureauSwitches,
  Connection: connectionView,
  DecisionResult: decisionResultSchema,
  Document: documentView,
  DocumentSummary: documentSummary,
  Event: eventView,
  Finding: finding,
  Json: jsonValue,
  Model: modelView,
  NodeType: nodeDescriptor,
  Problem: problem,
  Run: runView,
  RunSummary: runSummary,
  SandboxMessage: sandboxMessage,
  Step: stepView,
  Task: taskView,
  Template: templateView,
  Validation: validationView,
}
const metadata = z.registry<{ id: string }>()
for (const [id, schema] of Object.entries(named)) metadata.add(schema, { id })

type Io = 'input' | 'output'

/** Collects named schemas while the routes are described. */
function createDescriber() {
  const components: Record<string, Json> = {}
  const relocate = (text: string) =>
    text.replaceAll(/"#\/\$defs\/([^"]+)"/g, (_, name: string) =>
      JSON.stringify(`#/components/schemas/${name.startsWith('__') ? 'Json' : name}`),
    )
  const describe = (schema: z.ZodType, io: Io): JsonObject => {
    const made = z.toJSONSchema(schema, { metadata, io, unrepresentable: 'any' })
    const {
      $schema: _,
      $defs = {},
      ...rest
    } = JSON.parse(relocate(JSON.stringify(made))) as {
      [key: string]: Json
      $defs?: Record<string, Json>
    }
    // The only unnamed definition is a second copy of any JSON value.
    for (const [name, definition] of Object.entries($defs))
      if (!name.startsWith('__')) components[name] = definition
    return rest
  }
  return { components, describe }
}
type Describe = ReturnType<typeof createDescriber>['describe']

const json = (schema: JsonObject): JsonObject => ({ 'application/json': { schema } })

function parameters(route: Route, describe: Describe): Json[] {
  const places = { path: route.params, query: route.query, header: route.headers }
  return Object.entries(places).flatMap(([place, schema]) =>
    Object.entries(schema?.shape ?? {}).map(([name, field]) => ({
      name,
      in: place,
      // Only an optional field reads `undefined`.
      required: place === 'path' || !z.safeParse(field, undefined).success,
      schema: describe(field as z.ZodType, 'input'),
    })),
  )
}

function requestBody(route: Route, describe: Describe): JsonObject {
  if (route.upload) return { requestBody: { required: true, content: { '*/*': {} } } }
  if (!route.body) return {}
  const required = !route.body.safeParse(undefined).success
  return { requestBody: { required, content: json(describe(route.body, 'input')) } }
}

function responses(route: Route, describe: Describe): JsonObject {
  const problems = [...(route.open ? [] : [401]), 400, 500, ...route.problems]
  const failure = { $ref: '#/components/schemas/Problem' }
  const entries = Object.entries(route.responses).map(([status, body]): [string, Json] => [
    status,
    {
      description: 'Success',
      ...(body === 'empty'
        ? {}
        : { content: body === 'bytes' ? { '*/*': {} } : json(describe(body, 'output')) }),
    },
  ])
  return {
    ...Object.fromEntries(entries),
    ...Object.fromEntries(
      problems.map((status) => [
        String(status),
        {
          description: 'Problem',
          content: { 'application/problem+json': { schema: failure } },
        },
      ]),
    ),
  }
}

/** The OpenAPI 3.1 description of a route table. */
export function createOpenApi(
  routes: Readonly<Record<string, Route>>,
  info: { readonly title: string; readonly version: string },
): JsonObject {
  const { components, describe } = createDescriber()
  describe(problem, 'output')
  const paths: Record<string, Record<string, Json>> = {}
  for (const [operationId, route] of Object.entries(routes)) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}')
    const verbs = (paths[path] ??= {})
    verbs[route.method] = {
      operationId,
      summary: route.summary,
      tags: [route.path.split('/')[1] ?? ''],
      ...(route.open ? { security: [] } : {}),
      parameters: parameters(route, describe),
      ...requestBody(route, describe),
      responses: responses(route, describe),
    }
  }
  return {
    openapi: '3.1.0',
    info: { ...info },
    servers: [{ url: '/api/v1' }],
    security: [{ bearer: [] }, { session: [] }],
    paths,
    components: {
      schemas: components,
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'metis_session_4400',
          description: 'The cookie that POST /session sets; its name ends with the port.',
        },
      },
    },
  }
}
