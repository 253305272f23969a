import { translator } from '../ui/messages.ts'

/** Words of the connections page. */
const connectionMessages = {
  connections: 'Connections',
  subtitle: 'Other systems that nodes reach, each under one name',
  add: 'Add connection',
  listLabel: 'Connections',
  name: 'Name',
  nameHint: 'Nodes refer to it by this name. It cannot be changed later.',
  nameBad: 'Use a–z, 0–9 and -, a letter first.',
  nameTaken: 'There is already a connection of this name.',
  kind: 'Kind',
  kind_bureau: 'Credit bureau',
  kind_smtp: 'Mail server (SMTP)',
  kind_sms: 'SMS gateway',
  kind_http: 'HTTP service',
  address: 'Address',
  addressHint_http: 'Origin and base path, for example https://api.example.com/v1',
  addressHint_smtp: 'smtp://host:port or smtps://host:port',
  addressBad_http: 'Write an address that begins with https:// or http://.',
  addressBad_smtp: 'Write an address that begins with smtp:// or smtps://.',
  credential: 'Credential',
  credentialSet: 'Set',
  credentialNone: 'None',
  secretNew: 'Secret',
  secretReplace: 'New secret',
  secretHint:
    'Write-only: it is kept encrypted and never shown again. It goes to this address alone.',
  secretKeep: 'Leave empty to keep the one that is set.',
  auth: 'How the secret is sent',
  auth_bearer: 'Bearer token',
  auth_basic: 'User and password',
  auth_header: 'In a header of its own',
  user: 'User',
  header: 'Header',
  from: 'Sender',
  fromHint: 'The address that mails come from',
  source: 'Source',
  source_sandbox: 'Sandbox',
  source_configured: 'Configured',
  sandboxNote:
    'This is the built-in stand-in. Saving here replaces it with your own system: from then on runs reach real people and paid services.',
  edit: 'Edit {name}',
  newTitle: 'New connection',
  save: 'Save',
  replace: 'Replace the sandbox',
  saved: 'Connection saved',
  emptyTitle: 'No connection yet',
  emptyText:
    'A connection is a bureau, a mail server, an SMS gateway or any HTTP service, with its address and credential.',
} as const

export const t = translator(connectionMessages)
