import { z } from 'zod'
import { bureauSwitches, sandboxMessage } from '#core/api/sandbox-views.ts'
import { idParams, listQuery } from '#core/api/routes/documents.ts'
import { route } from '#core/api/route.ts'
import { connectionView, modelView, page, templateView } from '#core/api/views.ts'
import { jsonSchema, jsonValue } from '#core/graph/flow.ts'
import { nodeDescriptor } from '#core/node/descriptor.ts'

const connectionBody = connectionView.omit({ source: true, health: true }).extend({
  settings: connectionView.shape.settings.default({}),
  secret: connectionView.shape.secret.default(null),
})

/** What flows are made of: node types, connections, models, templates, the sandbox. */
export const catalogueRoutes = {
  listNodeTypes: route({
    method: 'get',
    path: '/node-types',
    summary: 'Every installed node type, custom ones included.',
    responses: { 200: page(nodeDescriptor) },
    problems: [],
  }),
  listConnections: route({
    method: 'get',
    path: '/connections',
    summary: 'Connections to other systems; no secret is ever returned.',
    responses: { 200: page(connectionView) },
    problems: [],
  }),
  putConnection: route({
    method: 'put',
    path: '/connections',
    summary: 'Create or replace a connection by its name.',
    body: connectionBody,
    responses: { 200: connectionView },
    problems: [422],
  }),
  putNamedConnection: route({
    method: 'put',
    path: '/connections/:name',
    summary: 'The same, with the name in the address.',
    params: z.object({ name: z.string().min(1) }),
    body: connectionBody.omit({ name: true }),
    responses: { 200: connectionView },
    problems: [422],
  }),
  putSecret: route({
    method: 'put',
    path: '/secrets/:name',
    summary: 'Set a secret. Write-only.',
    params: z.object({
      name: z.string().regex(/^[A-Za-z][\w.-]{0,99}$/, 'use letters, digits, _ . -'),
    }),
    body: z.strictObject({ value: z.string().max(64_000) }),
    responses: { 204: 'empty' },
    problems: [422],
  }),
  listModels: route({
    method: 'get',
    path: '/models',
    summary: 'Models with their cards.',
    responses: { 200: page(modelView) },
    problems: [],
  }),
  listTemplates: route({
    method: 'get',
    path: '/templates',
    summary: 'Templates to start from.',
    responses: { 200: page(templateView) },
    problems: [],
  }),
  getTemplate: route({
    method: 'get',
    path: '/templates/:id',
    summary: 'A template with its flow, decisions and cases.',
    params: idParams,
    responses: { 200: templateView },
    problems: [404],
  }),
  installTemplate: route({
    method: 'post',
    path: '/templates/:id/install',
    summary:
      'Create the flow and decisions of a template and publish them; what exists already is kept.',
    params: idParams,
    responses: {
      200: z.object({
        flow: z.string(),
        decisions: z.array(z.string()),
        /** Ids of the documents that did not exist before. */
        created: z.array(z.string()),
      }),
    },
    problems: [404, 422],
  }),
  templateCaseInput: route({
    method: 'post',
    path: '/templates/:id/cases/:case/input',
    summary: 'The input of a case with its files uploaded: ready to start a run with.',
    params: idParams.extend({ case: z.string().min(1) }),
    responses: { 200: z.object({ input: jsonValue }) },
    problems: [404],
  }),
  listSandboxMessages: route({
    method: 'get',
    path: '/sandbox/messages',
    summary: 'E-mails and SMS that the sandbox got, newest first.',
    query: listQuery,
    responses: { 200: page(sandboxMessage) },
    problems: [404],
  }),
  getBureauSwitches: route({
    method: 'get',
    path: '/sandbox/bureau',
    summary: 'How the sandbox bureau answers.',
    responses: { 200: bureauSwitches },
    problems: [404],
  }),
  putBureauSwitches: route({
    method: 'put',
    path: '/sandbox/bureau',
    summary: 'Set how the sandbox bureau answers from now on.',
    body: bureauSwitches.partial(),
    responses: { 200: bureauSwitches },
    problems: [404],
  }),
  getSchema: route({
    method: 'get',
    path: '/schemas/:name',
    summary: 'The JSON Schema of a document: `flow.json` or `decision.json`.',
    params: z.object({ name: z.enum(['flow.json', 'decision.json']) }),
    responses: { 200: jsonSchema },
    problems: [],
    open: true,
  }),
}
