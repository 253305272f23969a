import { z } from 'zod'
import { connection } from '#core/node/connection.ts'
import { defineNode } from '#core/node/define-node.ts'
import { fillLetter } from '../letter.ts'

export const notifySms = defineNode({
  type: 'notify.sms',
  version: 1,
  title: 'Send SMS',
  description: 'Sends a short message to a telephone, from a template.',
  area: 'notify',
  icon: 'device-mobile-message',
  summary: '{text}',
  config: z.object({
    connection: connection('sms', 'SMS gateway').default('sms'),
    text: z.string().min(1).max(1000).meta({
      title: 'Text',
      description: '{{name}} takes the input "name"; more than 160 letters cost several messages',
      'x-multiline': true,
    }),
  }),
  inputs: {
    to: z.string().meta({ description: 'One telephone number', 'x-personal': true }),
  },
  openInputs: true,
  outputs: { sent: z.object({ messageId: z.string() }) },
}).effect(
  { uses: ['sms'], timeout: '20s', retry: { attempts: 5, first: '1s', factor: 3, cap: '1m' } },
  async ({ config, inputs, exit, use, signal, idempotencyKey }) => {
    const { messageId } = await use.sms.send({
      connection: config.connection,
      to: inputs.to,
      text: fillLetter(config.text, inputs),
      idempotencyKey,
      signal,
    })
    return exit.sent({ messageId })
  },
)
