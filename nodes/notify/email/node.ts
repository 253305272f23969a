import { z } from 'zod'
import { connection } from '#core/node/connection.ts'
import { defineNode } from '#core/node/define-node.ts'
import { fillLetter } from '../letter.ts'

export const notifyEmail = defineNode({
  type: 'notify.email',
  version: 1,
  title: 'Send e-mail',
  description: 'Writes to a person over SMTP, from a template.',
  area: 'notify',
  icon: 'mail',
  summary: '{subject}',
  config: z.object({
    connection: connection('smtp', 'Mail server').default('email'),
    subject: z
      .string()
      .min(1)
      .max(200)
      .meta({ title: 'Subject', description: '{{name}} takes the input "name"' }),
    text: z.string().min(1).meta({ title: 'Text', 'x-multiline': true }),
  }),
  inputs: {
    to: z.string().meta({ description: 'One e-mail address', 'x-personal': true }),
  },
  openInputs: true,
  outputs: { sent: z.object({ messageId: z.string() }) },
}).effect(
  { uses: ['mail'], timeout: '45s', retry: { attempts: 5, first: '2s', factor: 3, cap: '2m' } },
  async ({ config, inputs, exit, use, signal, idempotencyKey }) => {
    const { messageId } = await use.mail.send({
      connection: config.connection,
      to: inputs.to,
      subject: fillLetter(config.subject, inputs),
      text: fillLetter(config.text, inputs),
      idempotencyKey,
      signal,
    })
    return exit.sent({ messageId })
  },
)
