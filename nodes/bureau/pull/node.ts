import { z } from 'zod'
import { TerminalError } from '#core/errors.ts'
import { connection } from '#core/node/connection.ts'
import { defineNode } from '#core/node/define-node.ts'
import { bureauAnswer, bureauReport } from './bureau-report.ts'

export const bureauPull = defineNode({
  type: 'bureau.pull',
  version: 1,
  title: 'Pull bureau report',
  description: 'Asks a credit bureau for the report of a person.',
  area: 'bureau',
  icon: 'report-money',
  summary: '{product} from {connection}',
  config: z.object({
    connection: connection('bureau').default('bureau'),
    product: z
      .enum(['consumer', 'commercial'])
      .default('consumer')
      .meta({ title: 'Product', description: 'Which report to ask for' }),
  }),
  inputs: {
    applicant: z
      .looseObject({
        pan: z.string().meta({ title: 'PAN' }),
        name: z.string().optional().meta({ title: 'Name' }),
        dateOfBirth: z.string().optional().meta({ title: 'Date of birth', format: 'date' }),
      })
      .meta({ description: 'Who the report is about', 'x-personal': true }),
  },
  outputs: {
    hit: bureauReport.extend({ reportId: z.string() }).meta({ 'x-personal': true }),
    noHit: z.object({ reportId: z.string() }),
  },
}).effect(
  {
    uses: ['http'],
    timeout: '8s',
    retry: { attempts: 4, first: '250ms', factor: 2, cap: '10s' },
    // A person's report is paid for once a month, for each product: the config belongs to the key.
    cache: { ttl: '30d', key: ({ inputs }) => inputs.applicant.pan },
  },
  async ({ inputs, config, exit, use, signal, idempotencyKey }) => {
    const { pan, name, dateOfBirth } = inputs.applicant
    const response = await use.http.request({
      connection: config.connection,
      path: '/reports',
      method: 'POST',
      // Only what identifies the person leaves, not the whole application.
      json: {
        product: config.product,
        applicant: {
          pan,
          ...(name === undefined ? {} : { name }),
          ...(dateOfBirth === undefined ? {} : { dateOfBirth }),
        },
      },
      idempotencyKey,
      signal,
    })
    if (response.status !== 200)
      throw new TerminalError('BUREAU_REFUSED', {
        connection: config.connection,
        status: response.status,
      })
    const answer = bureauAnswer.safeParse(response.json())
    if (!answer.success)
      throw new TerminalError('BUREAU_ANSWER_INVALID', {
        connection: config.connection,
        field: answer.error.issues[0]?.path.join('.') || 'the answer',
      })
    const { reportId } = answer.data
    return answer.data.hit
      ? exit.hit({ ...answer.data.report, reportId })
      : exit.noHit({ reportId })
  },
)
